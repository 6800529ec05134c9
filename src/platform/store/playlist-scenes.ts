import { type FolderPath, folderKey } from '../../core/library/playlist-folders.ts'
import type { PlaylistRows, PlaylistState } from './playlist-rows.ts'

/** Rows of playlists, wherever they are kept. */
export type PlaylistTable = Pick<PlaylistRows, keyof PlaylistRows>

type Placed = PlaylistState & {
  /** The playlist that it stands in front of; null for the last. */
  readonly nextId: number | null
}

/** Some playlists at one moment; null where there is none of that id. */
export type PlaylistScene = {
  readonly playlists: readonly (readonly [id: number, state: Placed | null])[]
  readonly keptFolders: readonly FolderPath[]
}

/** What a change made of playlists. */
export type MadeScenes = {
  /** Ids of playlists that are new. */
  readonly made: readonly number[]
  readonly before: PlaylistScene
  readonly after: PlaylistScene
}

const sceneOf = (rows: PlaylistTable, ids: readonly number[]): PlaylistScene => {
  const order = rows.order()
  const placeOf = new Map(order.map((id, at) => [id, at]))
  return {
    playlists: ids
      .toSorted((one, other) => (placeOf.get(one) ?? 0) - (placeOf.get(other) ?? 0))
      .map((id) => {
        const state = rows.get(id)
        return [id, state && { ...state, nextId: order[placeOf.get(id)! + 1] ?? null }] as const
      }),
    keptFolders: rows.keptFolders(),
  }
}

/** Changes rows. @param touched playlists that are there and are changed or removed @param make returns the ids of new ones */
export const changeScenes = (
  rows: PlaylistTable,
  touched: readonly number[],
  make: (rows: PlaylistTable) => readonly number[],
): MadeScenes => {
  const { playlists, keptFolders } = sceneOf(rows, touched)
  const made = make(rows)
  const before = { playlists: [...playlists, ...made.map((id) => [id, null] as const)], keptFolders }
  return { made, before, after: sceneOf(rows, [...touched, ...made]) }
}

export const idsOf = ({ playlists }: PlaylistScene): readonly number[] => playlists.map(([id]) => id)

/**
 * Puts playlists back from how they are to how they were, or the other way.
 * @returns how many tracks are no longer there to be put back; null where the playlists are not there as they should be
 */
export const restoreScene = (rows: PlaylistTable, from: PlaylistScene, to: PlaylistScene): number | null => {
  const there = new Set(rows.order())
  if (!from.playlists.every(([id, state]) => there.has(id) === (state !== null))) return null
  const lost = restorePlaylists(rows, to)
  restoreFolders(rows, from.keptFolders, to.keptFolders)
  return lost
}

const restorePlaylists = (rows: PlaylistTable, { playlists }: PlaylistScene): number => {
  let lost = 0
  // The last first, so that each finds the one that it stood in front of.
  const inOrder = playlists.toReversed()
  for (const [id, state] of inOrder) {
    if (state === null) {
      rows.remove(id)
      continue
    }
    if (rows.get(id) === null) rows.insert(state, id)
    else rows.put(id, state)
    lost += state.trackIds.length - rows.trackIds(id).length
  }
  for (const [id, state] of inOrder) if (state !== null) rows.place(id, state.nextId)
  return lost
}

/** Takes back what became of folders; what later changes made of others stays. */
const restoreFolders = (rows: PlaylistTable, from: readonly FolderPath[], to: readonly FolderPath[]): void => {
  const [left, wanted] = [new Set(from.map(folderKey)), new Set(to.map(folderKey))]
  const staying = rows.keptFolders().filter((path) => wanted.has(folderKey(path)) || !left.has(folderKey(path)))
  rows.putKeptFolders([...staying, ...to.filter((path) => !left.has(folderKey(path)))])
}
