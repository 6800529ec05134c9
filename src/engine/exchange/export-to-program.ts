import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { ExportedLibrary } from '../../core/interop/libraries/exported-library.ts'
import type { LibraryMerge, MergeMode } from '../../core/interop/libraries/merge-cues.ts'
import type { CuePlan } from '../../core/interop/libraries/plan-cues.ts'
import { mergeRekordboxXml } from '../../core/interop/libraries/rekordbox/merge-rekordbox-xml.ts'
import type { SkipReason } from '../../core/interop/libraries/skip-reasons.ts'
import { mergeTraktorNml } from '../../core/interop/libraries/traktor/merge-traktor-nml.ts'
import {
  WRITTEN_LIBRARIES,
  type WrittenLibrary,
  type WrittenLibraryName,
} from '../../core/interop/libraries/written-libraries.ts'
import { trackTitle } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { DiskEffects } from '../../platform/store/disk-effects.ts'
import type { Store } from '../../platform/store/store.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { readLibrary } from '../reading/read-library.ts'
import { storedSections } from '../reading/track-sections.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { type ExportedOne, exportedPlaylists, exportedTrack } from './exported-tracks.ts'
import { type FileToWrite, formatManifest, manifestPath, requireFreePaths, writeFiles } from './write-export.ts'

export type ProgramExportOptions = {
  readonly format: WrittenLibraryName
  /** A file that is not there yet, or a folder. */
  readonly output: string
  /** How sections become cues; no cues where null. */
  readonly plan: CuePlan | null
  readonly grid: boolean
  readonly key: boolean
  readonly playlists: boolean
  /** Only these tracks; all where null. */
  readonly trackIds: readonly number[] | null
  /** Paths in playlists count from where the playlist lies. */
  readonly relative: boolean
  /** A file of the program, of which a copy with our cues is written. */
  readonly into: string | null
  readonly mode: MergeMode
  readonly dryRun: boolean
}

export type ProgramExportReport = {
  readonly format: WrittenLibraryName
  readonly dryRun: boolean
  readonly tracks: number
  readonly cues: number
  readonly loops: number
  readonly playlists: number
  /** Sections without a pad or memory cue. */
  readonly leftOut: number
  readonly skipped: readonly { readonly trackId: number; readonly title: string; readonly reason: SkipReason }[]
  /** Written, or to be written. */
  readonly files: readonly string[]
  readonly manifest: string
  /** What changes in a file that is there already; null where a new one is made. */
  readonly changes: Omit<LibraryMerge, 'text'> | null
  readonly steps: readonly string[]
  readonly traps: readonly string[]
}

/** A folder is one that is there, or whose name has no ending. */
const targetOf = (output: string, { extension }: WrittenLibrary): string => {
  const path = resolve(output)
  const isThere = existsSync(path)
  const isFolder = isThere ? statSync(path).isDirectory() : /[\\/]$/.test(output) || extname(path) === ''
  return isFolder ? join(path, `Algiers${extension}`) : path
}

/** Tracks without labels whose sections nobody has read yet. */
const unread = (store: Store, trackIds: readonly number[], version: number): ReadonlySet<number> =>
  new Set(
    trackIds.filter((trackId) => {
      if (store.labels.list({ trackId }).length > 0) return false
      return storedSections(store, store.tracks.get(trackId)!, version) === null
    }),
  )

const MERGES: Partial<Readonly<Record<WrittenLibraryName, typeof mergeRekordboxXml>>> = {
  'rekordbox-xml': mergeRekordboxXml,
  'traktor-nml': mergeTraktorNml,
}

/** @throws FORMAT_UNKNOWN, AUDIO_UNREADABLE, IMPORT_MALFORMED */
const mergeInto = (path: string, library: ExportedLibrary, { format, mode }: ProgramExportOptions): LibraryMerge => {
  const merge = MERGES[format]
  if (merge === undefined)
    throw new UserError('FORMAT_UNKNOWN', `${WRITTEN_LIBRARIES[format].title} cannot be added to a file.`)
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new UserError('AUDIO_UNREADABLE', `${path}: ${(error as NodeJS.ErrnoException).code}`, {}, error)
  }
  try {
    return merge(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), library, mode)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('IMPORT_MALFORMED', `${path} is not in UTF-8.`, {}, error)
  }
}

const withoutText = ({ text: _, ...merge }: LibraryMerge): Omit<LibraryMerge, 'text'> => merge

/**
 * Writes sections as cues, grids and playlists for another DJ program: never over a file, never into one that is there.
 * @throws EXPORT_EXISTS, TRACK_NOT_FOUND, FORMAT_UNKNOWN, IMPORT_MALFORMED, STORAGE_FULL, AUDIO_UNREADABLE
 */
export const exportToProgram = async (
  workspace: Workspace,
  options: ProgramExportOptions,
  { signal, onProgress }: JobOptions = {},
  effects?: DiskEffects,
): Promise<ProgramExportReport> => {
  const { store } = workspace
  const format = WRITTEN_LIBRARIES[options.format]
  const target = targetOf(options.output, format)
  requireFreePaths([target, manifestPath(target)])
  const trackIds = options.trackIds ?? store.tracks.list().map(({ id }) => id)
  requireTracks(store, trackIds)
  const plan = format.holdsCues ? options.plan : null
  const version = plan === null ? null : proposingVersion(store)
  const due = version === null ? new Set<number>() : unread(store, trackIds, version)
  if (version !== null && due.size > 0)
    await readLibrary(workspace, {
      version,
      only: due,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    })
  const exported: ExportedOne[] = []
  const skipped: ProgramExportReport['skipped'][number][] = []
  for (const trackId of trackIds) {
    const track = store.tracks.get(trackId)!
    const one = exportedTrack(store, track, { plan, grid: options.grid, key: options.key, version })
    if (typeof one === 'string') skipped.push({ trackId, title: trackTitle(track), reason: one })
    else exported.push(one)
  }
  signal?.throwIfAborted()
  const tracks = exported.map(({ track }) => track)
  const library = {
    tracks,
    playlists: options.playlists
      ? exportedPlaylists(
          store,
          tracks.map(({ id }) => id),
        )
      : [],
  }
  const merged = options.into === null ? null : mergeInto(resolve(options.into), library, options)
  const folder = dirname(target)
  const written =
    merged === null
      ? format.write(library, {
          version: packageManifest.version,
          fileName: basename(target),
          folder: options.relative ? folder.replaceAll('\\', '/') : null,
        })
      : [{ name: basename(target), text: merged.text }]
  const files: readonly FileToWrite[] = written.map(({ name, text }) => ({ path: join(folder, name), text }))
  const manifest = { path: manifestPath(target), text: formatManifest(options.format, files) }
  if (options.dryRun) requireFreePaths(files.map(({ path }) => path))
  else {
    mkdirSync(folder, { recursive: true })
    writeFiles([...files, manifest], effects)
  }
  const cues = merged === null ? tracks.flatMap((track) => track.cues) : merged.changes.flatMap(({ added }) => added)
  return {
    format: options.format,
    dryRun: options.dryRun,
    tracks: tracks.length,
    cues: cues.filter(({ endSeconds }) => endSeconds === null).length,
    loops: cues.filter(({ endSeconds }) => endSeconds !== null).length,
    playlists: library.playlists.length,
    leftOut: exported.reduce((sum, one) => sum + one.leftOut, 0),
    skipped,
    files: files.map(({ path }) => path),
    manifest: manifest.path,
    changes: merged && withoutText(merged),
    steps: format.steps,
    traps: format.traps,
  }
}
