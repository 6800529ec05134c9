import { giveWay } from '../../core/support/give-way.ts'
import type { OwnWork } from '../../platform/store/presence-store.ts'
import type { Store } from '../../platform/store/store.ts'

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 250

/** Calls for a few ids at a time; the first few are done before anything else can happen. */
const inPieces = async <Result>(
  ids: readonly number[],
  look: (piece: readonly number[]) => Result,
): Promise<readonly Result[]> => {
  const results: Result[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    if (at > 0) await giveWay()
    results.push(look(ids.slice(at, at + AT_ONCE)))
  }
  return results
}

const NONE: OwnWork = {
  tracks: 0,
  labels: 0,
  editedGrids: 0,
  decisions: 0,
  notes: 0,
  tagReadings: 0,
  inPlaylists: 0,
  inSets: 0,
  transitions: 0,
}
const PARTS = Object.keys(NONE) as readonly (keyof OwnWork)[]

const added = (all: OwnWork, more: OwnWork): OwnWork =>
  Object.fromEntries(PARTS.map((part) => [part, all[part] + more[part]])) as unknown as OwnWork

/** What a person made of tracks, which are each named once. */
export const ownWorkOf = async (store: Store, trackIds: readonly number[]): Promise<OwnWork> => {
  const pieces = await inPieces(trackIds, (piece) => store.presence.ownWork(piece))
  // A transition between tracks of two pieces would count twice.
  return { ...pieces.reduce(added, NONE), transitions: store.presence.transitionsOf(trackIds) }
}

/** Those of some tracks that a person has worked on. */
export const workedOn = async (store: Store, trackIds: readonly number[]): Promise<ReadonlySet<number>> =>
  new Set((await inPieces(trackIds, (piece) => store.presence.withOwnWork(piece))).flat())
