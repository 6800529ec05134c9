import type { ExportedLibrary } from '../../core/interop/libraries/exported-library.ts'
import { fileNameOf } from '../../core/interop/libraries/free-names.ts'
import type { CuePlan } from '../../core/interop/libraries/plan-cues.ts'
import { isSectionFile } from '../../core/interop/libraries/section-file-traits.ts'
import type { SkipReason } from '../../core/interop/libraries/skip-reasons.ts'
import {
  type ExportFormatName,
  type LibraryFileName,
  WRITTEN_LIBRARIES,
} from '../../core/interop/libraries/written-library-traits.ts'
import { trackTitle } from '../../core/library/track.ts'
import { giveWay } from '../../core/support/give-way.ts'
import type { Store } from '../../platform/store/store.ts'
import { playlistTrackIds } from '../collection/playlists/playlist-overview.ts'
import { requirePlaylist } from '../kit/resolve-search.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { readLibrary } from '../reading/read-library.ts'
import { shownSections } from '../reading/track-sections.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { type ExportedOne, exportedPlaylist, exportedPlaylists, exportedTrack } from './exported-tracks.ts'
import { PACKED_AT_ONCE, piecesOf } from './pack-in-turns.ts'

export type CollectOptions = {
  readonly format: ExportFormatName
  /** How sections become cues; no cues where null. */
  readonly plan: CuePlan | null
  readonly grid: boolean
  readonly key: boolean
  readonly playlists: boolean
  /** Only these tracks; all where null. */
  readonly trackIds: readonly number[] | null
  /** Only this playlist: its tracks in their order, and no other list. */
  readonly playlist?: number | null | undefined
}

export type SkippedTrack = {
  readonly trackId: number
  readonly title: string
  readonly reason: SkipReason
  /** What is the matter with its file, where more is known. */
  readonly detail: string | null
}

export type CollectedExport = {
  readonly library: ExportedLibrary
  /** Cues without a pad or memory cue. */
  readonly leftOut: number
  readonly skipped: readonly SkippedTrack[]
  /** Whose sections stand for tracks without labels; null where no version proposes any. */
  readonly version: number | null
}

/** What a file is called that nobody gave a name: as its playlist, or as Algiers. @throws PLAYLIST_NOT_FOUND */
export const exportName = (store: Store, { playlist = null }: Pick<CollectOptions, 'playlist'>): string =>
  playlist === null ? 'Algiers' : fileNameOf(requirePlaylist(store, playlist).name)

/** Tracks without labels whose sections nobody has read yet. */
const unread = async (store: Store, trackIds: readonly number[], version: number): Promise<ReadonlySet<number>> => {
  const due = new Set<number>()
  for (const piece of piecesOf(trackIds)) {
    for (const trackId of piece) {
      if (store.labels.list({ trackId }).length > 0) continue
      const track = store.tracks.get(trackId)
      if (track !== null && shownSections(store, track, version) === null) due.add(trackId)
    }
    await giveWay()
  }
  return due
}

type Lists = Pick<CollectOptions, 'playlists' | 'format'> & {
  readonly playlist: number | null
  readonly ids: readonly number[]
}

/** A format of lists alone needs no other one for the tracks of a playlist. */
const listsOf = (store: Store, { playlists, playlist, ids, format }: Lists): ExportedLibrary['playlists'] => {
  if (playlist === null) return playlists ? exportedPlaylists(store, ids) : []
  return format === 'm3u8' ? [] : exportedPlaylist(store, playlist, new Set(ids))
}

/** Each once, in their order. */
const chosenIds = (store: Store, { trackIds, playlist = null }: CollectOptions): readonly number[] =>
  playlist === null ? (trackIds ?? store.tracks.ids()) : [...new Set(playlistTrackIds(store, playlist))]

/** What is written for another program; tracks that nobody has read yet are read first. @throws TRACK_NOT_FOUND, PLAYLIST_NOT_FOUND */
export const collectExport = async (
  workspace: Workspace,
  options: CollectOptions,
  { signal, onProgress }: JobOptions = {},
): Promise<CollectedExport> => {
  const { store } = workspace
  const { format, plan: wanted, grid, key, playlists, playlist = null } = options
  const trackIds = chosenIds(store, options)
  requireTracks(store, trackIds)
  const plan = WRITTEN_LIBRARIES[format].holdsCues ? wanted : null
  const version = plan === null ? null : proposingVersion(store)
  const due = version === null ? new Set<number>() : await unread(store, trackIds, version)
  if (version !== null && due.size > 0)
    await readLibrary(workspace, {
      version,
      only: due,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    })
  const { holdsPath = () => true } = WRITTEN_LIBRARIES[format]
  const exported: ExportedOne[] = []
  const skipped: SkippedTrack[] = []
  for (const [at, trackId] of trackIds.entries()) {
    if (at % PACKED_AT_ONCE === 0) await giveWay()
    const track = store.tracks.get(trackId)
    // Removed meanwhile.
    if (track === null) continue
    const one = exportedTrack(store, track, {
      plan,
      grid,
      key,
      version,
      isWhole: !isSectionFile(format) && (playlist !== null || format === 'm3u8'),
    })
    const found = typeof one === 'string' || holdsPath(one.track.path) ? one : 'name not writable'
    if (typeof found === 'string') skipped.push({ trackId, title: trackTitle(track), reason: found, detail: null })
    else exported.push(found)
  }
  signal?.throwIfAborted()
  const tracks = exported.map(({ track }) => track)
  const ids = tracks.map(({ id }) => id)
  return {
    library: {
      tracks,
      playlists: listsOf(store, { playlists, playlist, ids, format }),
    },
    leftOut: exported.reduce((sum, one) => sum + one.leftOut, 0),
    skipped,
    version,
  }
}

/** Of which a file can be taken away. */
export type FileOptions = CollectOptions & { readonly format: LibraryFileName }
