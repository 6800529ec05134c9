import type { StoredLabel } from '../../core/labels/stored-label.ts'
import { giveWay } from '../../core/support/give-way.ts'
import type { Store } from '../../platform/store/store.ts'

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 100

/** Labels of all tracks that have any, so many tracks at a time. */
export async function* labelsByPieces(store: Store): AsyncGenerator<ReadonlyMap<number, readonly StoredLabel[]>, void> {
  const ids = store.labels.trackIds()
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    yield store.labels.ofTracks(ids.slice(at, at + AT_ONCE))
    await giveWay()
  }
}

/** All labels in the order of their tracks, read a piece at a time. */
export const allLabels = async (store: Store): Promise<readonly StoredLabel[]> => {
  const all: StoredLabel[] = []
  for await (const piece of labelsByPieces(store)) for (const labels of piece.values()) all.push(...labels)
  return all
}
