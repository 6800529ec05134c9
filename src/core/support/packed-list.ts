/**
 * @file A long list between threads. It crosses as bytes, since records would be taken apart in one turn as they arrive; whoever gets it
 * takes a piece at a time.
 */
export type PackedList<Entry> = {
  readonly length: number
  readonly pieces: readonly Uint8Array[]
  /** Never there: what an entry is. */
  readonly entry?: Entry
}

/** So many take a millisecond or two to unpack. */
const PIECE_ENTRIES = 200

export const packBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
export const unpackBytes = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))

export const packList = <Entry>(entries: readonly Entry[]): PackedList<Entry> => ({
  length: entries.length,
  pieces: Array.from({ length: Math.ceil(entries.length / PIECE_ENTRIES) }, (_, piece) =>
    packBytes(entries.slice(piece * PIECE_ENTRIES, (piece + 1) * PIECE_ENTRIES)),
  ),
})

/** @yields the entries of one piece */
export function* unpackPieces<Entry>({ pieces }: PackedList<Entry>): Generator<readonly Entry[]> {
  for (const piece of pieces) yield unpackBytes(piece) as readonly Entry[]
}

/** All at once, for a thread that nobody waits for. */
export const unpackList = <Entry>(list: PackedList<Entry>): readonly Entry[] => [...unpackPieces(list)].flat()

/** Several lists as one. */
export const joinLists = <Entry>(lists: readonly PackedList<Entry>[]): PackedList<Entry> => ({
  length: lists.reduce((sum, { length }) => sum + length, 0),
  pieces: lists.flatMap(({ pieces }) => pieces),
})
