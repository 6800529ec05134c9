import type { JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, stageFraction } from '../jobs/job-progress.ts'
import { requireTracks } from '../kit/track-reference.ts'
import { exportToProgram } from './export-to-program.ts'
import type { ProgramExportOptions, ProgramExportReport } from './program-export.ts'

/** Writes sections as cues for another DJ program; a file that is half written is never seen, so nothing is to be resumed. */
export const exportJob: JobDefinition<'export', ProgramExportOptions, ProgramExportReport> = {
  kind: 'export',
  lane: 'reading',
  firstStatus: 'running',
  isResumed: false,
  prepare: ({ store }, { trackIds }) => {
    if (trackIds !== null) requireTracks(store, trackIds)
    return null
  },
  run: (workspace, options, context) =>
    exportToProgram(workspace, options, {
      signal: context.signal,
      onProgress: reportItems(context, stageFraction, 'classifying'),
    }),
}
