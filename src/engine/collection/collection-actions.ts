import type { TrackLocation } from '../../core/library/track.ts'
import type { NotesChange, SeenNotes } from '../../core/library/track-notes.ts'
import type { TrackStanding } from '../../core/library/track-standing.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { IgnoredFile } from '../../platform/store/ignored-file-store.ts'
import type { MyTagCount } from '../../platform/store/note-store.ts'
import type { Root } from '../../platform/store/root-store.ts'
import type { JobOf } from '../jobs/job-definition.ts'
import { scanFraction } from '../jobs/job-progress.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import { audioAt, audioOf, type RemoteBytes } from '../kit/track-audio.ts'
import { requireTrack, trackIdsOf } from '../kit/track-reference.ts'
import type { JobProgress, Workspace } from '../kit/workspace.ts'
import { type LibraryOverview, overviewCounter } from './library-overview.ts'
import { addRoot, planRootRemoval, type RootRemoval, removeRoot } from './library-roots.ts'
import type { LibraryWatch, RootFollowing } from './library-watch.ts'
import { type FolderListing, listFolders } from './list-folders.ts'
import { type PlaylistActions, playlistActions } from './playlists/playlist-actions.ts'
import { type Relocation, relocateTracks } from './relocate-tracks.ts'
import { type IgnoredTracks, ignoreTracks, removeTracks, type TrackRemoval } from './remove-tracks.ts'
import { type ScanPayload, scanJob } from './scan-job.ts'
import { type LibraryScan, type LibraryScanOptions, scanLibrary } from './scan-library.ts'
import { type TagReadingActions, tagReadingActions } from './tag-reading-actions.ts'
import { type ChangedNotes, changeTrackNotes, type NotesRestored, restoreTrackNotes } from './track-notes.ts'
import {
  searchTracksInTurns,
  type TrackDetails,
  type TrackOverview,
  type TrackPage,
  trackDetails,
  trackOverviews,
} from './track-overview.ts'

type ScanNowOptions = Omit<LibraryScanOptions, 'onProgress'> & {
  /** @param fraction done of the whole scan with its analysis, 0 to 1 */
  readonly onProgress?: (progress: JobProgress, fraction: number) => void
}

/** Folders of the library, and the tracks in them. */
export type CollectionActions = {
  /** @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER, ROOT_NOT_ALLOWED */
  readonly addRoot: (folder: string) => Promise<Root>
  readonly listRoots: () => Promise<readonly Root[]>
  /** Notices from now on what changes in the folders, as the settings say. */
  readonly watch: () => Promise<void>
  /** How changes of a folder are noticed. */
  readonly followingOf: (rootId: number) => Promise<RootFollowing>
  /** What taking a folder out would do. @param reference id or path @throws ROOT_NOT_FOUND */
  readonly planRootRemoval: (reference: string) => Promise<RootRemoval>
  /**
   * Takes a folder out, with the tracks that nobody has worked on and that no other folder holds.
   * @param reference id or path
   * @throws ROOT_NOT_FOUND
   */
  readonly removeRoot: (reference: string) => Promise<RootRemoval>
  /**
   * Lists the sub-folders of a folder of this machine, to choose one from.
   * @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER
   */
  readonly listFolders: (path?: string) => Promise<FolderListing>
  /** Looks at all folders now, and resolves once that is done. */
  readonly scan: (options?: ScanNowOptions) => Promise<LibraryScan>
  /** The same as a job. */
  readonly startScan: (payload: ScanPayload) => Promise<JobOf<typeof scanJob>>
  /** Tracks that stand so, or all, the newest last. */
  readonly listTracks: (standing?: TrackStanding) => Promise<readonly TrackOverview[]>
  /** A page of the tracks that fit, and their number. */
  readonly searchTracks: (search?: TrackSearch) => Promise<TrackPage>
  /** How the library, or what a search finds of it, spreads over what is known of it. @throws PLAYLIST_NOT_FOUND */
  readonly overview: (search?: TrackSearch) => Promise<LibraryOverview>
  /** @param track id, digest of the audio, path or part of the name @throws TRACK_NOT_FOUND */
  readonly track: (track: string) => Promise<TrackDetails>
  /** @throws TRACK_NOT_FOUND, TRACK_HAS_WORK */
  readonly removeTracks: (trackIds: readonly number[], options: { readonly withWork: boolean }) => Promise<TrackRemoval>
  /** @throws TRACK_NOT_FOUND */
  readonly ignoreTracks: (trackIds: readonly number[]) => Promise<IgnoredTracks>
  readonly ignoredFiles: () => Promise<readonly IgnoredFile[]>
  /** Lets scans find a file again. @throws IGNORED_FILE_NOT_FOUND */
  readonly readmitFile: (id: number) => Promise<IgnoredFile>
  /**
   * Looks for tracks in a file or a folder, by their audio.
   * @param trackIds all missing tracks where left out
   * @throws TRACK_NOT_FOUND, AUDIO_NOT_FOUND, OTHER_AUDIO, RELOCATION_NOT_FOUND, ROOT_NOT_ALLOWED
   */
  readonly relocateTracks: (place: string, trackIds?: readonly number[]) => Promise<Relocation>
  /**
   * Changes what the person notes of tracks, as one step.
   * @param tracks as for `track` @param seen what was seen of the notes before, where that must still be so
   * @throws TRACK_NOT_FOUND, NOTES_CHANGED, TOO_MANY_TAGS
   */
  readonly changeNotes: (
    tracks: readonly string[],
    change: NotesChange,
    seen?: SeenNotes,
  ) => Promise<readonly ChangedNotes[]>
  /**
   * Gives tracks the notes of before or after a change, as one step.
   * @throws TRACK_NOT_FOUND, NOTES_CHANGED where they are not those that are to be replaced
   */
  readonly restoreNotes: (notes: readonly NotesRestored[]) => Promise<readonly ChangedNotes[]>
  /** Tags of the person's own making. */
  readonly myTags: () => Promise<readonly MyTagCount[]>
  /** Where the audio of a track lies. @throws TRACK_NOT_FOUND, ROOT_OFFLINE, AUDIO_NOT_FOUND */
  readonly audio: (track: string) => Promise<TrackLocation>
  /** The file of a row with exactly this path; null where the library has none there. */
  readonly audioAt: (path: string) => Promise<TrackLocation | null>
  /** The bytes of a place that is no file; null for a file. @throws AUDIO_NOT_FOUND, AUDIO_CHANGED, STORAGE_UNREACHABLE */
  readonly remoteAudio: (location: TrackLocation) => Promise<RemoteBytes | null>
  readonly tagReadings: TagReadingActions
  readonly playlists: PlaylistActions
}

/** What the actions work with beside the library; `urgent` has threads that do not wait for jobs. */
type CollectionTools = {
  readonly urgent: Workspace
  readonly jobs: JobQueue
  readonly watch: LibraryWatch
  /** A folder that Algiers made itself is nobody's music, and goes with its files and everything made of them. */
  readonly made: { readonly isMade: (root: Root) => boolean; readonly remove: () => Promise<unknown> }
}

export const collectionActions = (
  workspace: Workspace,
  { urgent, jobs, watch, made }: CollectionTools,
): CollectionActions => {
  const { store, emit } = workspace
  const withMade = (removal: RootRemoval): RootRemoval =>
    made.isMade(removal.root) ? { ...removal, going: removal.going + removal.kept, kept: 0, keptLabels: 0 } : removal
  const countOverview = overviewCounter(store)
  return {
    addRoot: async (folder) => {
      const root = await addRoot(store, folder)
      emit({ type: 'roots' })
      return root
    },
    listRoots: async () => store.roots.list(),
    watch: async () => watch.open(),
    followingOf: async (rootId) => watch.followingOf(rootId),
    planRootRemoval: async (reference) => withMade(await planRootRemoval(store, reference)),
    removeRoot: async (reference) => {
      const planned = withMade(await planRootRemoval(store, reference))
      if (made.isMade(planned.root)) {
        await made.remove()
        return planned
      }
      const removal = await removeRoot(store, reference)
      emit({ type: 'roots' })
      return removal
    },
    listFolders: (path) => listFolders(path),
    scan: ({ onProgress, ...options } = {}) =>
      scanLibrary(workspace, {
        ...options,
        ...(onProgress ? { onProgress: (progress) => onProgress(progress, scanFraction(progress)) } : {}),
      }),
    startScan: async (payload) => jobs.start(scanJob, payload),
    listTracks: async (standing) => trackOverviews(store, standing),
    searchTracks: (search) => searchTracksInTurns(store, search),
    overview: (search = { standing: 'present' }) => countOverview(search),
    track: async (reference) => trackDetails(store, requireTrack(store, reference)),
    removeTracks: async (trackIds, options) => {
      const removal = await removeTracks(store, trackIds, options)
      emit({ type: 'roots' })
      if (removal.lost.tracks > 0) emit({ type: 'labels', trackIds })
      return removal
    },
    ignoreTracks: async (trackIds) => {
      const ignored = await ignoreTracks(store, trackIds)
      emit({ type: 'roots' })
      return ignored
    },
    ignoredFiles: async () => store.ignoredFiles.list(),
    readmitFile: async (id) => {
      const readmitted = store.ignoredFiles.readmit(id)
      if (readmitted === null) throw new UserError('IGNORED_FILE_NOT_FOUND', `No ignored file has the number ${id}.`)
      emit({ type: 'roots' })
      return readmitted
    },
    relocateTracks: async (place, trackIds) => {
      const relocation = await relocateTracks(urgent, place, trackIds)
      emit({ type: 'roots' })
      return relocation
    },
    changeNotes: async (references, change, seen) =>
      changeTrackNotes(workspace, await trackIdsOf(store, references), { change, seen }),
    restoreNotes: async (notes) => restoreTrackNotes(workspace, notes),
    myTags: async () => store.notes.myTags(),
    audio: async (reference) => audioOf(requireTrack(store, reference)),
    audioAt: async (path) => audioAt(store, path),
    remoteAudio: async () => null,
    tagReadings: tagReadingActions(workspace),
    playlists: playlistActions(workspace),
  }
}
