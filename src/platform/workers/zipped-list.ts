/**
 * @file A long list whose entries are large and much alike, such as the tracks of a library with all their cues: kept as compressed bytes, a
 * tenth of what they take as text and a hundredth of what they take as objects, and looked at a piece at a time.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'

export type ZippedList<Entry> = {
  readonly length: number
  readonly pieces: readonly { readonly length: number; readonly bytes: Uint8Array }[]
  /** Never there: what an entry is. */
  readonly entry?: Entry
}

/** Whatever comes first ends a piece, so that to open one takes a few milliseconds. */
const PIECE_ENTRIES = 200
const PIECE_CHARACTERS = 2 ** 18
/** The quickest. */
const LEVEL = 1

export type ListZipper<Entry> = {
  readonly add: (entry: Entry) => void
  /** Ends the list. */
  readonly end: () => ZippedList<Entry>
}

export const createListZipper = <Entry>(): ListZipper<Entry> => {
  const pieces: ZippedList<Entry>['pieces'][number][] = []
  let [texts, characters, length]: [string[], number, number] = [[], 0, 0]
  const close = (): void => {
    if (texts.length === 0) return
    // A copy, since the compressor gives parts of larger buffers.
    pieces.push({ length: texts.length, bytes: new Uint8Array(deflateRawSync(`[${texts.join()}]`, { level: LEVEL })) })
    texts = []
    characters = 0
  }
  return {
    add: (entry) => {
      const text = JSON.stringify(entry)
      texts.push(text)
      length++
      characters += text.length
      if (texts.length >= PIECE_ENTRIES || characters >= PIECE_CHARACTERS) close()
    },
    end: () => {
      close()
      return { length, pieces }
    },
  }
}

/** @yields the entries of one piece; none of a piece that is not wanted, which is not opened @param wants is told which entries a piece has */
export function* unzipPieces<Entry>(
  { pieces }: ZippedList<Entry>,
  wants: (from: number, to: number) => boolean = () => true,
): Generator<{ readonly from: number; readonly entries: readonly Entry[] }> {
  let from = 0
  for (const { length, bytes } of pieces) {
    if (wants(from, from + length))
      yield { from, entries: JSON.parse(inflateRawSync(bytes).toString()) as readonly Entry[] }
    from += length
  }
}
