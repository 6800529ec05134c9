import { basename, dirname, join, resolve } from 'node:path'
import { repeatedWords } from '../../core/interop/libraries/repeated-words.ts'
import { isSectionFile } from '../../core/interop/libraries/section-file-traits.ts'
import { NO_MERGED_PLAYLISTS, WRITTEN_LIBRARIES } from '../../core/interop/libraries/written-library-traits.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { DiskEffects } from '../../platform/store/disk-effects.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { makeFolder, requireFreePaths, writeFiles } from '../kit/write-files.ts'
import { collectExport, exportName } from './collect-export.ts'
import { exportSectionFiles } from './export-section-files.ts'
import { exportToSerato } from './export-to-serato.ts'
import type { ProgramExportOptions, ProgramExportReport } from './program-export.ts'
import { type ExportedFile, manifestOf, manifestPath, targetOf } from './write-export.ts'
import { writeInThread } from './write-in-thread.ts'

/**
 * Writes sections as cues, grids and playlists for another DJ program: never over a file, never into one that is there.
 * @throws EXPORT_EXISTS, TRACK_NOT_FOUND, FORMAT_UNKNOWN, FOREIGN_LIBRARY_NOT_FOUND, IMPORT_MALFORMED, STORAGE_FULL, EXPORT_NOT_WRITTEN, AUDIO_UNREADABLE
 */
export const exportToProgram = async (
  workspace: Workspace,
  options: ProgramExportOptions,
  job: JobOptions = {},
  effects?: DiskEffects,
): Promise<ProgramExportReport> => {
  if (options.format === 'serato') return exportToSerato(workspace, options, job, effects)
  if (options.inPlace)
    throw new UserError('FORMAT_UNKNOWN', `Only Serato's cues lie in the audio files, not those of ${options.format}.`)
  if (isSectionFile(options.format))
    return exportSectionFiles(workspace, { ...options, format: options.format }, job, effects)
  const format = WRITTEN_LIBRARIES[options.format]
  const { path: target } = targetOf(options.output, exportName(workspace.store, options), format)
  requireFreePaths([target, manifestPath(target)])
  const { library, leftOut, skipped } = await collectExport(workspace, options, job)
  const { tracks } = library
  const folder = dirname(target)
  const writing = {
    format: options.format,
    fileName: basename(target),
    folder: options.relative ? folder.replaceAll('\\', '/') : null,
    into: options.into === null ? null : { path: resolve(options.into), mode: options.mode },
  }
  const { files: written, merged } = await writeInThread(workspace, library, writing, job)
  const files: readonly ExportedFile[] = written.map(({ name, ...file }) => ({ path: join(folder, name), ...file }))
  const manifest = manifestOf(options.format, target, files)
  if (options.dryRun) requireFreePaths(files.map(({ path }) => path))
  else {
    makeFolder(folder)
    writeFiles([...files, manifest], effects)
  }
  const cues =
    merged === null ? tracks.flatMap((track) => track.cues) : merged.changes.changes.flatMap(({ added }) => added)
  const keptOut = merged?.changes.changes.reduce((sum, change) => sum + change.leftOut, 0) ?? 0
  return {
    format: options.format,
    dryRun: options.dryRun,
    tracks: tracks.length,
    cues: cues.filter(({ endSeconds }) => endSeconds === null).length,
    loops: cues.filter(({ endSeconds }) => endSeconds !== null).length,
    playlists: merged === null ? library.playlists.length : 0,
    leftOut: leftOut + keptOut,
    skipped,
    files: files.map(({ path }) => path),
    backups: [],
    manifest: manifest.path,
    changes: merged === null ? null : merged.changes,
    steps: format.steps,
    traps: [
      ...(merged === null || merged.repeated.length === 0 ? [] : [repeatedWords(merged.repeated)]),
      ...(options.into !== null && options.playlists ? [NO_MERGED_PLAYLISTS] : []),
      ...format.traps,
    ],
  }
}
