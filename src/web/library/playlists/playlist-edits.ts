import type { Answer } from '../../../api/operations/client.ts'
import { type FolderPath, folderKey } from '../../../core/library/playlist-folders.ts'
import { stepTarget } from '../../../core/library/playlist-order.ts'
import { countText } from '../../../core/units/count-text.ts'
import { client } from '../../kit/client.ts'
import { makeTurns } from '../../kit/in-turn.ts'
import { notify, notifyProblem } from '../../kit/notices.tsx'
import { refreshAfter } from '../../queries/make-stale.ts'
import { queryClient } from '../../queries/query-client.ts'
import { nextGesture } from '../gesture-order.ts'
import { useLibrary } from '../library-state.ts'
import { openAllTracks, openPlaylist, usePlaylists } from './playlist-state.ts'
import type { Playlist } from './playlist-tree.ts'

type Change = { readonly id: number; readonly says: string }
type Step = Change & { readonly at: number }

let done: readonly Step[] = []
let undone: readonly Step[] = []
/** When the last change was made, or taken back, among all gestures in the library; 0 for never. */
export const lastPlaylistGesture = (): number => done.at(-1)?.at ?? 0
export const lastPlaylistUndo = (): number => undone.at(-1)?.at ?? 0

/** One change after the other, so that each finds what the one before it left. */
const takeTurn = makeTurns()
const inTurn = <Result>(run: () => Promise<Result>): Promise<Result | null> =>
  takeTurn(run).catch((error: unknown) => {
    notifyProblem(error)
    return null
  })

const refresh = (): Promise<void> => refreshAfter(queryClient, 'playlists')

type Telling = {
  /** Where nothing had to change. */
  readonly nothing?: string
  /** Whether what was done is plain to see, so that no notice says it. */
  readonly isSeen?: boolean
}

/** Makes a change that can be taken back, and says what it did. */
const change = <Result extends { readonly change: Change | null }>(
  make: () => Promise<Result>,
  { nothing, isSeen = false }: Telling = {},
): Promise<Result | null> =>
  inTurn(async () => {
    const result = await make()
    const { change: made } = result
    if (made === null) {
      if (nothing !== undefined) notify({ tone: 'plain', title: nothing })
      return result
    }
    done = [...done, { ...made, at: nextGesture() }]
    undone = []
    await refresh()
    if (!isSeen)
      notify({ tone: 'plain', title: made.says, action: { name: 'Undo', run: () => void undoPlaylists(made.id) } })
    return result
  })

type Taken = Answer<'undoPlaylists'>

const tell = (word: string, { says, lost_tracks: lost }: Taken): void =>
  notify({
    tone: 'plain',
    title: `${word}: ${says}`,
    ...(lost === 0 ? {} : { detail: `${countText(lost)} of it left the library meanwhile.` }),
  })

/** Takes back the last change, or one. */
export const undoPlaylists = (id?: number): Promise<unknown> =>
  inTurn(async () => {
    const step = id === undefined ? done.at(-1) : done.find((one) => one.id === id)
    if (step === undefined) return notify({ tone: 'plain', title: 'Nothing to undo here' })
    const taken = await client.undoPlaylists({ body: { change_id: step.id } })
    done = done.filter((one) => one !== step)
    undone = [...undone, { ...step, at: nextGesture() }]
    await refresh()
    tell('Undone', taken)
  })

/** Does again what was taken back last. */
export const redoPlaylists = (): Promise<unknown> =>
  inTurn(async () => {
    const step = undone.at(-1)
    if (step === undefined) return notify({ tone: 'plain', title: 'Nothing to redo here' })
    const taken = await client.redoPlaylists({ body: { change_id: step.id } })
    undone = undone.filter((one) => one !== step)
    done = [...done, { ...step, at: nextGesture() }]
    await refresh()
    tell('Redone', taken)
  })

/** Makes a playlist and opens it where it is empty or smart; tracks that were dropped stay in view where they were. */
export const makePlaylist = async (wanted: {
  readonly name: string
  readonly folders?: FolderPath
  readonly trackIds?: readonly number[]
  readonly filter?: string
}): Promise<void> => {
  const { name, folders = [], trackIds = [], filter } = wanted
  const body = { name, folders: [...folders], track_ids: [...trackIds], ...(filter === undefined ? {} : { filter }) }
  const made = await change(() => client.keepPlaylist({ body }))
  if (made !== null && trackIds.length === 0) openPlaylist(made.id)
}

export const addTracks = ({ id, name }: Playlist, trackIds: readonly number[], before: number | null = null): void =>
  void change(() => client.addToPlaylist({ params: { id }, body: { track_ids: [...trackIds], before } }), {
    nothing: `Nothing added: ${trackIds.length === 1 ? 'it is' : 'they are'} in “${name}” already`,
  })

export const takeOutTracks = (id: number, trackIds: readonly number[]): void =>
  void change(() => client.takeOutOfPlaylist({ params: { id }, body: { track_ids: [...trackIds] } })).then((taken) => {
    // Where it failed, they are still there to try it again.
    if (taken !== null) useLibrary.setState({ selected: new Set() })
  })

export const moveTracks = (id: number, trackIds: readonly number[], before: number | null): void =>
  void change(() => client.moveInPlaylist({ params: { id }, body: { track_ids: [...trackIds], before } }), {
    isSeen: true,
  })

/** Moves tracks one place up or down. @returns whether they moved */
export const stepTracks = async (id: number, trackIds: readonly number[], by: -1 | 1): Promise<boolean> => {
  const moved = await change(
    async () => {
      const { track_ids: order } = await client.playlistTracks({ params: { id } })
      const target = stepTarget(order, trackIds, by)
      if (target === null) return { change: null }
      return client.moveInPlaylist({ params: { id }, body: { track_ids: [...trackIds], before: target.before } })
    },
    { isSeen: true },
  )
  return moved !== null && moved.change !== null
}

export const renamePlaylist = ({ id }: Playlist, name: string): void =>
  void change(() => client.editPlaylist({ params: { id }, body: { name } }))

export const placePlaylist = (
  id: number,
  place: { readonly folders?: FolderPath; readonly before?: number | null },
): void => {
  const { folders, before } = place
  const body = {
    ...(folders === undefined ? {} : { folders: [...folders] }),
    ...(before === undefined ? {} : { before }),
  }
  void change(() => client.editPlaylist({ params: { id }, body }))
}

/** Keeps another filter for a smart playlist, and shows what it finds. */
export const keepFilter = async ({ id, limit }: Playlist, filter: string): Promise<void> => {
  const kept = await change(() => client.editPlaylist({ params: { id }, body: { filter, limit } }), {
    nothing: 'The filter is as it was',
  })
  if (kept !== null) openPlaylist(id)
}

const isOpen = (id: number): boolean => useLibrary.getState().filters.playlist === String(id)

export const removePlaylist = ({ id }: Playlist): void => {
  if (isOpen(id)) openAllTracks()
  if (usePlaylists.getState().editing?.id === id) usePlaylists.setState({ editing: null })
  void change(() => client.removePlaylist({ params: { id } }))
}

export const duplicatePlaylist = ({ id }: Playlist): void =>
  void change(() => client.duplicatePlaylist({ params: { id }, body: {} }))

export const freezePlaylist = ({ id }: Playlist): void => void change(() => client.freezePlaylist({ params: { id } }))

export const makeFolder = (path: FolderPath): void =>
  void change(() => client.addPlaylistFolder({ body: { path: [...path] } }), {
    nothing: 'That folder is there already',
  })

export const moveFolder = (path: FolderPath, to: FolderPath): void => {
  if (folderKey(path) !== folderKey(to))
    void change(() => client.movePlaylistFolder({ body: { path: [...path], to: [...to] } }))
}

/** @param inside playlists that go with it */
export const removeFolder = (path: FolderPath, inside: readonly Playlist[]): void => {
  if (inside.some(({ id }) => isOpen(id))) openAllTracks()
  void change(() => client.removePlaylistFolder({ body: { path: [...path] } }))
}
