import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FoundFile } from '../../core/library/scan-plan.ts'
import { lastKnownPath, type Track } from '../../core/library/track.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import { realFolders } from '../../platform/decoding/library-place.ts'
import type { Root } from '../../platform/store/root-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { isFileOf } from '../../platform/store/track-store.ts'
import type { IdentifiedTrack } from '../../platform/workers/identify-track.ts'
import { runConcurrently } from '../kit/run-concurrently.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import { crawl } from './crawl.ts'
import { addRoot, relativeIn, rootOf } from './library-roots.ts'
import { otherAudio } from './other-audio.ts'
import { typedFolder } from './typed-folder.ts'

export type Relocation = {
  readonly relocated: readonly { readonly trackId: number; readonly path: string }[]
  /** Tracks whose audio was not found there. */
  readonly notFound: readonly number[]
  /** Set where the place was in no folder of the library: its folder is one now. */
  readonly addedRoot: Root | null
}

type Matched = { readonly track: Track; readonly path: string; readonly file: FoundFile & IdentifiedTrack }

/** @param folders in one of which the file must lie; anywhere for a file that a person chose */
const identifyAt = async ({ pool }: Workspace, path: string, folders?: readonly string[]): Promise<Matched['file']> => {
  // Size and time come first, so that a change while the file is read is noticed by the next scan.
  const { size: sizeBytes, mtimeMs: modifiedMs } = await stat(path)
  const found = { sizeBytes, modifiedMs }
  return { path, ...found, ...(await pool.run('identifyTrack', { path, folders, found })) }
}

/** Files that look like the tracks come first, since reading a whole folder may take minutes. */
const likelyFirst = (files: readonly FoundFile[], tracks: readonly Track[]): readonly FoundFile[] => {
  const names = new Set(tracks.flatMap((track) => basename(lastKnownPath(track) ?? '') || []))
  const sizes = new Set(tracks.flatMap(({ locations }) => locations.map(({ sizeBytes }) => sizeBytes)))
  const isLikely = ({ path, sizeBytes }: FoundFile): boolean => names.has(basename(path)) || sizes.has(sizeBytes)
  return [...files.filter(isLikely), ...files.filter((file) => !isLikely(file))]
}

const findInFolder = async (
  workspace: Workspace,
  folder: string,
  tracks: readonly Track[],
): Promise<readonly Matched[]> => {
  const wanted = new Set(tracks)
  const bySound = new Map(tracks.map((track) => [track.audioDigest, track]))
  const byFile = new Map(tracks.flatMap((track) => track.locations.map(({ fileDigest }) => [fileDigest, track])))
  const matched: Matched[] = []
  const folders = await realFolders([...workspace.store.roots.list(), { path: folder }])
  const { files } = await crawl(folder, { folders })
  const look = async (found: FoundFile): Promise<void> => {
    if (wanted.size === 0) return
    const path = join(folder, ...found.path.split('/'))
    // A file that cannot be read is not the one that is sought.
    const file = await identifyAt(workspace, path, folders).catch(() => null)
    const track = file && (bySound.get(file.audioDigest) ?? byFile.get(file.fileDigest))
    if (!file || !track || !wanted.delete(track)) return
    matched.push({ track, path, file })
  }
  await runConcurrently(likelyFirst(files, tracks), look, { concurrency: workspace.pool.size })
  if (matched.length > 0) return matched
  throw new UserError(
    'RELOCATION_NOT_FOUND',
    `${folder} holds ${files.length} audio files, and none of them has the audio of ${tracks.length === 1 ? 'the track' : 'these tracks'}.`,
    { filesRead: files.length },
  )
}

const findInFile = async (
  workspace: Workspace,
  path: string,
  tracks: readonly Track[],
): Promise<readonly Matched[]> => {
  const file = await identifyAt(workspace, path)
  const track = tracks.find((one) => isFileOf(one, file))
  if (track === undefined) throw await otherAudio(workspace, tracks, { path, file })
  return [{ track, path, file }]
}

/** So many files take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 5

const record = async (store: Store, place: string, matched: readonly Matched[]): Promise<Root | null> => {
  const isKnown = rootOf(store, place) !== null
  const root = rootOf(store, place) ?? (await addRoot(store, place))
  for (const [index, { path, file }] of matched.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await giveWay()
    const relativePath = relativeIn(root, path)
    store.ignoredFiles.readmitPath(root.id, relativePath)
    store.tracks.recordFile(root.id, { ...file, path: relativePath })
  }
  // Forgets the places where the tracks were missing.
  store.tracks.settleScan(root.id, [], [])
  return isKnown ? null : root
}

/**
 * Looks for the audio of tracks in a file or a folder, as a person types or pastes it, and keeps where it lies. What was labelled stays with it.
 * @param trackIds all missing tracks where left out
 * @throws TRACK_NOT_FOUND, AUDIO_NOT_FOUND, OTHER_AUDIO, RELOCATION_NOT_FOUND, ROOT_NOT_ALLOWED
 */
export const relocateTracks = async (
  workspace: Workspace,
  place: string,
  trackIds: readonly number[] = workspace.store.presence.missingIds(),
): Promise<Relocation> => {
  const { store } = workspace
  requireTracks(store, trackIds)
  const tracks = [...new Set(trackIds)].map((id) => store.tracks.get(id)!)
  if (tracks.length === 0) throw new UserError('TRACK_NOT_FOUND', 'No track is missing.')
  const path = typedFolder(place)
  const status = await stat(path).catch(() => null)
  if (status === null) throw new UserError('AUDIO_NOT_FOUND', `${path} does not exist or cannot be reached.`)
  const find = status.isDirectory() ? findInFolder : findInFile
  const matched = await find(workspace, path, tracks)
  const addedRoot = await record(store, status.isDirectory() ? path : dirname(path), matched)
  const found = new Set(matched.map(({ track }) => track.id))
  return {
    relocated: matched.map(({ track, path: at }) => ({ trackId: track.id, path: at })),
    notFound: tracks.flatMap(({ id }) => (found.has(id) ? [] : [id])),
    addedRoot,
  }
}
