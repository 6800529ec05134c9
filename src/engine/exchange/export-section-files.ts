import { dirname, join } from 'node:path'
import { formatLabelDocument } from '../../core/interop/label-document.ts'
import { traitsOfFormat } from '../../core/interop/label-format-traits.ts'
import { DEFAULT_CUE_PLAN } from '../../core/interop/libraries/plan-cues.ts'
import { labelFormatOf, type SectionFileName } from '../../core/interop/libraries/section-file-traits.ts'
import { WRITTEN_LIBRARIES } from '../../core/interop/libraries/written-library-traits.ts'
import { trackTitle } from '../../core/library/track.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { DiskEffects } from '../../platform/store/disk-effects.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { makeFolder, requireFreePaths, writeFiles } from '../kit/write-files.ts'
import { collectExport, exportName, type SkippedTrack } from './collect-export.ts'
import { foundSections } from './exported-tracks.ts'
import { distinctNames, type Exported, labelledTrack } from './labelled-tracks.ts'
import { PACKED_AT_ONCE, packInTurns, piecesOf } from './pack-in-turns.ts'
import type { ProgramExportOptions, ProgramExportReport } from './program-export.ts'
import { type ExportedFile, manifestOf, manifestPath, targetOf } from './write-export.ts'

type SectionFileOptions = ProgramExportOptions & { readonly format: SectionFileName }

/** All tracks in one file, which a thread writes. */
const oneFile = async (
  { store, pool }: Workspace,
  exported: readonly Exported[],
  { format, path, signal }: { readonly format: SectionFileName; readonly path: string } & JobOptions,
): Promise<readonly ExportedFile[]> => {
  const { packed } = await packInTurns(store, piecesOf(exported), { signal })
  const bytes = await pool.run('formatLabels', { format: labelFormatOf(format), pieces: packed, names: null })
  return [{ path, bytes }]
}

/** A file for each track; the output must be a folder where there are several. @throws FORMAT_UNKNOWN */
const fileEach = async (
  { store }: Workspace,
  exported: readonly Exported[],
  {
    format,
    target,
    isFolder,
    signal,
  }: { readonly format: SectionFileName; readonly target: string; readonly isFolder: boolean } & JobOptions,
): Promise<readonly ExportedFile[]> => {
  const labelFormat = labelFormatOf(format)
  if (!isFolder && exported.length > 1)
    throw new UserError(
      'FORMAT_UNKNOWN',
      `${WRITTEN_LIBRARIES[format].title} holds one track per file: choose a folder, or one track.`,
    )
  const names = distinctNames(exported, labelFormat)
  const files: ExportedFile[] = []
  for (const [at, one] of exported.entries()) {
    const text = formatLabelDocument({ format: labelFormat, tracks: [labelledTrack(store, one)] })
    const path = isFolder ? join(dirname(target), names[at]!) : target
    files.push({ path, bytes: new TextEncoder().encode(text) })
    if (at % PACKED_AT_ONCE === 0) await giveWay()
    signal?.throwIfAborted()
  }
  return files
}

/**
 * Writes sections as such, with their beginnings and ends: what shapes cues does not count, but for the kinds.
 * @throws EXPORT_EXISTS, FORMAT_UNKNOWN, TRACK_NOT_FOUND, STORAGE_FULL, EXPORT_NOT_WRITTEN
 */
export const exportSectionFiles = async (
  workspace: Workspace,
  options: SectionFileOptions,
  job: JobOptions,
  effects?: DiskEffects,
): Promise<ProgramExportReport> => {
  const { store } = workspace
  const { format, dryRun } = options
  const { title, steps, traps, ...traits } = WRITTEN_LIBRARIES[format]
  if (options.into !== null) throw new UserError('FORMAT_UNKNOWN', `${title} cannot be added to a file.`)
  const { path: target, isFolder } = targetOf(options.output, exportName(store, options), traits)
  const { holdsMany } = traitsOfFormat(labelFormatOf(format))
  const manifest = manifestPath(target)
  requireFreePaths(holdsMany ? [target, manifest] : [manifest])
  const plan = options.plan ?? DEFAULT_CUE_PLAN
  const collected = await collectExport(workspace, { ...options, plan, playlists: false }, job)
  const exported: Exported[] = []
  const skipped: SkippedTrack[] = [...collected.skipped]
  for (const [at, { id }] of collected.library.tracks.entries()) {
    if (at % PACKED_AT_ONCE === 0) await giveWay()
    const track = store.tracks.get(id)
    if (track === null) continue
    const labels = foundSections(store, track, collected.version).filter(({ kind }) => plan.kinds.includes(kind))
    if (labels.length > 0) exported.push({ track, labels })
    else skipped.push({ trackId: id, title: trackTitle(track), reason: 'no sections', detail: null })
  }
  const files = holdsMany
    ? await oneFile(workspace, exported, { format, path: target, ...job })
    : await fileEach(workspace, exported, { format, target, isFolder, ...job })
  if (dryRun) requireFreePaths(files.map(({ path }) => path))
  else {
    makeFolder(dirname(target))
    writeFiles([...files, manifestOf(format, target, files)], effects)
  }
  return {
    format,
    dryRun,
    tracks: exported.length,
    cues: exported.reduce((sum, { labels }) => sum + labels.length, 0),
    loops: 0,
    playlists: 0,
    leftOut: 0,
    skipped,
    files: files.map(({ path }) => path),
    backups: [],
    manifest,
    changes: null,
    steps,
    traps,
  }
}
