import { dirname, join, resolve } from 'node:path'
import type { ExportedPlaylist, ExportedTrack } from '../../core/interop/libraries/exported-library.ts'
import { freeNames } from '../../core/interop/libraries/free-names.ts'
import type { MergeMode } from '../../core/interop/libraries/merge-cues.ts'
import type { WantedMark } from '../../core/interop/libraries/serato/plan-serato-marks.ts'
import { crateStem, formatCrate } from '../../core/interop/libraries/serato/serato-crates.ts'
import type { SkipReason } from '../../core/interop/libraries/skip-reasons.ts'
import { writtenAnchors } from '../../core/interop/libraries/written-anchors.ts'
import { OGG_ENDING, OGG_IS_NEW, seratoAdvice } from '../../core/interop/libraries/written-library-traits.ts'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type FileIdentity, identifyFile } from '../../platform/decoding/identity.ts'
import { type DiskEffects, diskEffects, FOR_OTHERS } from '../../platform/store/disk-effects.ts'
import { partialPath } from '../../platform/store/partial-path.ts'
import type { Store } from '../../platform/store/store.ts'
import { isFileOf } from '../../platform/store/track-store.ts'
import { planSeratoCues, type SeratoCuesWritten, writeSeratoCues } from '../../platform/tagging/write-serato-cues.ts'
import { requireChangeable } from '../../platform/tagging/write-serato-frames.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { makeFolder, requireFreePaths } from '../kit/write-files.ts'
import { collectExport, type SkippedTrack } from './collect-export.ts'
import type { ProgramExportOptions, ProgramExportReport, WrittenChanges } from './program-export.ts'
import { endedEarly, reserveManifest, type SeratoFilesDone, tryRemove, writeManifest } from './serato-manifest.ts'
import { type SeratoPlace, seratoPlaces } from './serato-places.ts'

/** As many as four bytes keep of a time. */
const DECIMALS = { bpm: 4, seconds: 6 } as const
const MANIFEST = 'Algiers.manifest.json'
const CRATES = join('_Serato_', 'Subcrates')

/** Serato has no memory cues: what has no pad takes one that is free. */
const wantedOf = ({ cues }: ExportedTrack): readonly WantedMark[] =>
  cues.toSorted((a, b) => (a.pad ?? Number.MAX_SAFE_INTEGER) - (b.pad ?? Number.MAX_SAFE_INTEGER))

/** Crates count from the root of the drive, whose name or letter is not in them. */
const fromDrive = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .replace(/^\/Volumes\/[^/]+/, '')

/** A file that is only planned is none yet. */
type Written = SeratoCuesWritten & { readonly file?: FileIdentity }
type Copied = SeratoPlace & { readonly track: ExportedTrack; readonly written: Written }
type Crate = Pick<ExportedPlaylist, 'trackIds'> & { readonly path: string }

/** Lists may have names that are one in a folder. */
const cratesOf = (playlists: readonly ExportedPlaylist[], folder: string): readonly Crate[] => {
  const freeName = freeNames()
  return playlists.map(({ name, folders, trackIds }) => ({
    path: join(folder, CRATES, freeName(crateStem(folders, name), '.crate')),
    trackIds,
  }))
}

type CratesWriting = {
  readonly crates: readonly Crate[]
  readonly copied: readonly Copied[]
  readonly effects: DiskEffects
}

/** With the paths of what was written. @param written gets the path of each crate once it is there, whole. @throws EXPORT_EXISTS, and as `diskEffects` */
const writeCrates = ({ crates, copied, effects }: CratesWriting, written: string[]): void => {
  const places = new Map(copied.map(({ track, target }) => [track.id, fromDrive(target)]))
  if (crates.length > 0) makeFolder(dirname(crates[0]!.path))
  for (const { path, trackIds } of crates) {
    const partial = partialPath(path)
    try {
      effects.writeDurably(partial, formatCrate(trackIds.flatMap((id) => places.get(id) ?? [])), FOR_OTHERS)
      // Somebody may have made one since the export began.
      requireFreePaths([path])
      effects.rename(partial, path)
    } catch (error) {
      tryRemove(partial, effects)
      throw error
    }
    written.push(path)
  }
}

/** In the folder of one file; an export into copies ends there, since all of them lie in one folder. */
const OF_ONE_FILE: readonly string[] = ['ACCESS_DENIED', 'STORAGE_READ_ONLY']

/** Why a track does not get the tags; null where the export has to end. */
const reasonOf = (error: unknown, inPlace: boolean): SkipReason | null => {
  if (!(error instanceof UserError)) return null
  if (inPlace && OF_ONE_FILE.includes(error.code)) return 'tags not writable'
  if (error.code === 'TAGS_NOT_WRITABLE') return 'tags not writable'
  if (error.code === 'AUDIO_CHANGED') return 'file changed'
  return error.code === 'AUDIO_NOT_FOUND' || error.code === 'AUDIO_UNREADABLE' ? 'missing' : null
}

/** @throws AUDIO_CHANGED where another recording lies there now, whose cues these are not */
const requireSameSound = async (store: Store, { id }: ExportedTrack, path: string): Promise<FileIdentity> => {
  const file = await identifyFile(path)
  const track = store.tracks.get(id)
  if (track === null || !isFileOf(track, file))
    throw new UserError('AUDIO_CHANGED', `${path} is not the file that was scanned any more.`)
  return file
}

type Asked = { readonly track: ExportedTrack; readonly place: SeratoPlace; readonly options: ProgramExportOptions }

/** @throws UserError as `writeSeratoCues`, AUDIO_CHANGED */
const writeOne = async (store: Store, { track, place, options }: Asked): Promise<Written> => {
  const { audioDigest } = await requireSameSound(store, track, place.source)
  if (options.inPlace) await requireChangeable(place.source)
  // The tags change the file, after which only its sound tells whose it is.
  if (options.inPlace && !options.dryRun) store.tracks.renewDigest(track.id, audioDigest)
  const ownGrid = store.grids.current(track.id)?.grid ?? null
  const { durationSeconds } = track
  const asked = { source: place.source, wanted: wantedOf(track), mode: options.mode, ownGrid, durationSeconds }
  const anchors = track.grid && writtenAnchors(track.grid, durationSeconds, DECIMALS)
  return options.dryRun ? planSeratoCues(asked) : writeSeratoCues({ ...asked, ...place, grid: anchors && { anchors } })
}

/** What changes, file by file. */
const changesOf = (copied: readonly Copied[], mode: MergeMode): WrittenChanges => {
  const changes = copied.map(({ track, written: { before, skipped, movedSeconds } }) => ({
    title: track.title,
    // Which pad is free differs from file to file.
    added: track.cues.filter((cue) => !skipped.includes(cue)).map((cue) => ({ ...cue, pad: null })),
    removed: mode === 'replace' ? before : 0,
    leftOut: skipped.length,
    movedSeconds,
  }))
  const cuesBefore = copied.reduce((sum, { written }) => sum + written.before, 0)
  return {
    changes,
    addedTracks: 0,
    cuesBefore,
    cuesAfter: changes.reduce((sum, { added, removed }) => sum + added.length - removed, cuesBefore),
  }
}

/**
 * Writes the sections of each track as Serato's cues and loops beside those that it has, and crates: into copies in a folder, or into the
 * files themselves, of which the folder then has what they had before.
 * Where it ends early, copies go again; files of the library that have their tags by then keep them, and are listed.
 * @throws EXPORT_EXISTS, FORMAT_UNKNOWN, TRACK_NOT_FOUND, STORAGE_FULL, STORAGE_READ_ONLY, ACCESS_DENIED
 */
export const exportToSerato = async (
  workspace: Workspace,
  options: ProgramExportOptions,
  job: JobOptions,
  effects: DiskEffects = diskEffects,
): Promise<ProgramExportReport> => {
  if (options.into !== null) throw new UserError('FORMAT_UNKNOWN', 'Serato tags are not added to a file of a library.')
  const folder = resolve(options.output)
  const manifest = join(folder, MANIFEST)
  const { library, leftOut, skipped } = await collectExport(workspace, options, job)
  const places = seratoPlaces(library.tracks, folder, options.inPlace)
  const crates = cratesOf(library.playlists, folder)
  const named = [...places.values()].map(({ target, backup }) => backup ?? target)
  requireFreePaths([manifest, ...named, ...crates.map(({ path }) => path)])
  if (!options.dryRun) makeFolder(folder)
  const copied: Copied[] = []
  const refused: SkippedTrack[] = []
  const writtenCrates: string[] = []
  const backupsOf = (): readonly string[] => copied.flatMap(({ backup }) => backup ?? [])
  const doneOf = (): SeratoFilesDone => ({
    manifest,
    audio: copied.flatMap(({ target, written: { file } }) => (file === undefined ? [] : { path: target, ...file })),
    crates: writtenCrates,
    backups: backupsOf(),
  })
  try {
    if (!options.dryRun) reserveManifest(manifest, [...places.values()], crates, effects)
    for (const [track, place] of places) {
      job.signal?.throwIfAborted()
      const written = await writeOne(workspace.store, { track, place, options }).catch((thrown: unknown) => {
        const error = storageError(thrown)
        const reason = reasonOf(error, options.inPlace)
        if (reason === null) throw error
        refused.push({ trackId: track.id, title: track.title, reason, detail: (error as UserError).message })
        return null
      })
      if (written !== null) copied.push({ ...place, track, written })
      job.onProgress?.({
        stage: 'writing',
        done: copied.length + refused.length,
        total: places.size,
        item: track.title,
      })
    }
    if (!options.dryRun) {
      writeCrates({ crates, copied, effects }, writtenCrates)
      await writeManifest(doneOf(), effects)
    }
  } catch (thrown) {
    if (options.dryRun) throw thrown
    throw await endedEarly(storageError(thrown), doneOf(), effects)
  }
  const changes = changesOf(copied, options.mode)
  const marks = changes.changes.flatMap(({ added }) => added)
  const { steps, traps } = seratoAdvice(options.inPlace)
  const hasOgg = copied.some(({ target }) => OGG_ENDING.test(target))
  return {
    format: 'serato',
    dryRun: options.dryRun,
    tracks: copied.length,
    cues: marks.filter(({ endSeconds }) => endSeconds === null).length,
    loops: marks.filter(({ endSeconds }) => endSeconds !== null).length,
    playlists: crates.length,
    leftOut: leftOut + copied.reduce((sum, { written }) => sum + written.skipped.length, 0),
    skipped: [...skipped, ...refused],
    files: [...copied.map(({ target }) => target), ...crates.map(({ path }) => path)],
    backups: backupsOf(),
    manifest,
    changes,
    steps,
    traps: hasOgg ? [...traps, OGG_IS_NEW] : traps,
  }
}
