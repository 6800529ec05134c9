import type { JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, stageFraction } from '../jobs/job-progress.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { JobProgress } from '../kit/workspace.ts'
import { exportToProgram } from './export-to-program.ts'
import type { ProgramExportOptions, ProgramExportReport } from './program-export.ts'

/** Sections that nobody has read come first; only audio files are so many or so large that writing is told, too. */
const fractionOf =
  ({ format }: ProgramExportOptions) =>
  (progress: JobProgress): number => {
    if (format !== 'serato') return stageFraction(progress)
    return (stageFraction(progress) + Number(progress.stage === 'writing')) / 2
  }

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
      onProgress: reportItems(context, fractionOf(options), options.format === 'serato' ? 'writing' : 'classifying'),
    }),
}
