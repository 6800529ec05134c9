import { mkdirSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import type { ExportedPlaylist, ExportedTrack } from '../../core/interop/libraries/exported-library.ts'
import type { WantedMark } from '../../core/interop/libraries/serato/plan-serato-marks.ts'
import { crateFileName, formatCrate } from '../../core/interop/libraries/serato/serato-crates.ts'
import type { SkipReason } from '../../core/interop/libraries/skip-reasons.ts'
import { writtenAnchors } from '../../core/interop/libraries/written-anchors.ts'
import { WRITTEN_LIBRARIES } from '../../core/interop/libraries/written-library-traits.ts'
import { UserError } from '../../core/support/user-error.ts'
import { identifyFile } from '../../platform/decoding/identity.ts'
import { diskEffects } from '../../platform/store/disk-effects.ts'
import { planSeratoCues, type SeratoCuesWritten, writeSeratoCues } from '../../platform/tagging/write-serato-cues.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { collectExport, type SkippedTrack } from './collect-export.ts'
import type { ProgramExportOptions, ProgramExportReport } from './program-export.ts'
import { requireFreePaths } from './write-export.ts'

/** As many as four bytes keep of a time. */
const DECIMALS = { bpm: 4, seconds: 6 } as const
const MANIFEST = 'Algiers.manifest.json'
const CRATES = join('_Serato_', 'Subcrates')

/** Serato has no memory cues: what has no pad takes one that is free. */
const wantedOf = ({ cues }: ExportedTrack): readonly WantedMark[] =>
  cues.toSorted((a, b) => (a.pad ?? Number.MAX_SAFE_INTEGER) - (b.pad ?? Number.MAX_SAFE_INTEGER))

/** Two tracks may have files of one name. */
const targetsOf = (tracks: readonly ExportedTrack[], folder: string): ReadonlyMap<ExportedTrack, string> => {
  const used = new Set<string>()
  return new Map(
    tracks.map((track) => {
      const extension = extname(track.path)
      const stem = basename(track.path, extension)
      let name = stem + extension
      for (let number = 2; used.has(name.toLowerCase()); number++) name = `${stem} ${number}${extension}`
      used.add(name.toLowerCase())
      return [track, join(folder, name)]
    }),
  )
}

/** Crates count from the root of the drive, whose name or letter is not in them. */
const fromDrive = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .replace(/^\/Volumes\/[^/]+/, '')

type Copied = { readonly track: ExportedTrack; readonly path: string; readonly written: SeratoCuesWritten }
type Crate = { readonly path: string; readonly bytes: Uint8Array }

const cratesOf = (
  playlists: readonly ExportedPlaylist[],
  copies: ReadonlyMap<number, string>,
  folder: string,
): readonly Crate[] =>
  playlists.map(({ name, folders, trackIds }) => ({
    path: join(folder, CRATES, crateFileName(folders, name)),
    bytes: formatCrate(trackIds.flatMap((id) => copies.get(id) ?? []).map(fromDrive)),
  }))

/** Written last: where it is, all is. */
const writeManifest = async (path: string, files: readonly string[]): Promise<void> => {
  const listed = []
  for (const file of files) {
    const { sizeBytes, fileDigest } = await identifyFile(file)
    listed.push({ name: basename(file), bytes: sizeBytes, sha256: fileDigest })
  }
  const manifest = { schema: 'algiers.export/1', algiers: packageManifest.version, format: 'serato', files: listed }
  diskEffects.writeDurably(path, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
}

/** Why a track has no copy; null where the export has to end. */
const reasonOf = (error: unknown): SkipReason | null => {
  if (!(error instanceof UserError)) return null
  if (error.code === 'TAGS_NOT_WRITABLE') return 'tags not writable'
  return error.code === 'AUDIO_NOT_FOUND' || error.code === 'AUDIO_UNREADABLE' ? 'missing' : null
}

/**
 * Copies each track into a folder, with its sections as Serato's cues and loops beside those that it has, and crates of the copies.
 * @throws EXPORT_EXISTS, FORMAT_UNKNOWN, TRACK_NOT_FOUND
 */
export const exportToSerato = async (
  workspace: Workspace,
  options: ProgramExportOptions,
  job: JobOptions,
): Promise<ProgramExportReport> => {
  if (options.into !== null) throw new UserError('FORMAT_UNKNOWN', 'Serato tags are not added to a file of a library.')
  const folder = resolve(options.output)
  const manifest = join(folder, MANIFEST)
  const { library, leftOut, skipped } = await collectExport(workspace, options, job)
  const targets = targetsOf(library.tracks, folder)
  requireFreePaths([manifest, ...targets.values()])
  if (!options.dryRun) mkdirSync(folder, { recursive: true })
  const copied: Copied[] = []
  const refused: SkippedTrack[] = []
  for (const [track, target] of targets) {
    job.signal?.throwIfAborted()
    const asked = { source: track.path, wanted: wantedOf(track), mode: options.mode }
    const anchors = track.grid && writtenAnchors(track.grid, track.durationSeconds, DECIMALS)
    const copying = options.dryRun
      ? planSeratoCues(asked)
      : writeSeratoCues({ ...asked, target, grid: anchors && { anchors }, backup: null })
    const written = await copying.catch((error: unknown) => {
      const reason = reasonOf(error)
      if (reason === null) throw error
      refused.push({ trackId: track.id, title: track.title, reason })
      return null
    })
    if (written !== null) copied.push({ track, path: target, written })
  }
  const crates = cratesOf(library.playlists, new Map(copied.map(({ track, path }) => [track.id, path])), folder)
  requireFreePaths(crates.map(({ path }) => path))
  const files = [...copied.map(({ path }) => path), ...crates.map(({ path }) => path)]
  if (!options.dryRun) {
    if (crates.length > 0) mkdirSync(join(folder, CRATES), { recursive: true })
    for (const { path, bytes } of crates) diskEffects.writeDurably(path, bytes)
    await writeManifest(manifest, files)
  }
  const marks = copied.flatMap(({ track, written }) =>
    wantedOf(track).filter((mark) => !written.skipped.includes(mark)),
  )
  const { steps, traps } = WRITTEN_LIBRARIES.serato
  return {
    format: 'serato',
    dryRun: options.dryRun,
    tracks: copied.length,
    cues: marks.filter(({ endSeconds }) => endSeconds === null).length,
    loops: marks.filter(({ endSeconds }) => endSeconds !== null).length,
    playlists: crates.length,
    leftOut: leftOut + copied.reduce((sum, { written }) => sum + written.skipped.length, 0),
    skipped: [...skipped, ...refused],
    files,
    manifest,
    changes: null,
    steps,
    traps,
  }
}
