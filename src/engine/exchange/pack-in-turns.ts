import { packTracks } from '../../core/interop/packed-labels.ts'
import { giveWay } from '../../core/support/give-way.ts'
import type { Store } from '../../platform/store/store.ts'
import { type Exported, labelledTrack } from './labelled-tracks.ts'

/** So many tracks take a few milliseconds, after which other work gets its turn. */
export const PACKED_AT_ONCE = 25

/** What a thread needs to write tracks into files, looked up a little at a time. @param pieces each of `PACKED_AT_ONCE` tracks at most */
export const packInTurns = async (
  store: Store,
  pieces: Iterable<readonly Exported[]>,
  { signal, ...names }: { readonly ownKinds?: boolean | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<{ readonly exported: readonly Exported[]; readonly packed: Uint8Array[] }> => {
  const exported: Exported[] = []
  const packed: Uint8Array[] = []
  for (const piece of pieces) {
    exported.push(...piece)
    packed.push(packTracks(piece.map((one) => labelledTrack(store, one, names))))
    await giveWay()
    signal?.throwIfAborted()
  }
  return { exported, packed }
}

export const piecesOf = <Value>(all: readonly Value[]): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(all.length / PACKED_AT_ONCE) }, (_, at) =>
    all.slice(at * PACKED_AT_ONCE, (at + 1) * PACKED_AT_ONCE),
  )
