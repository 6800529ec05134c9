/** Places within a fragmented MP4 file that count from its beginning, moved along with it. ISO 14496-12, 8.8.7 and 8.8.10 */
import { type Part, readPart, refuse, type Segment, type Source } from './file-parts.ts'

const HEAD_BYTES = 8
const HAS_BASE_OFFSET = 0x000001
const LONG_ENTRIES = 1

type Atom = { readonly name: string; readonly start: number; readonly end: number }

const atomsWithin = (bytes: Buffer, from: number, to: number): readonly Atom[] => {
  const atoms: Atom[] = []
  for (let at = from; at + HEAD_BYTES <= to; ) {
    const size = bytes.readUInt32BE(at)
    if (size < HEAD_BYTES || at + size > to) throw refuse('A fragment of the MP4 file is damaged.')
    atoms.push({ name: bytes.toString('latin1', at + 4, at + HEAD_BYTES), start: at, end: at + size })
    at += size
  }
  return atoms
}

const namedWithin = (bytes: Buffer, { start, end }: Atom, name: string): readonly Atom[] =>
  atomsWithin(bytes, start + HEAD_BYTES, end).filter((atom) => atom.name === name)

const moveLong = (bytes: Buffer, at: number, shift: number): void => {
  bytes.writeBigUInt64BE(bytes.readBigUInt64BE(at) + BigInt(shift), at)
}

/** The header of a fragment of a track may say where its sound counts from. */
const moveFragment = (bytes: Buffer, whole: Atom, shift: number): void => {
  for (const track of namedWithin(bytes, whole, 'traf'))
    for (const { start } of namedWithin(bytes, track, 'tfhd'))
      if ((bytes.readUIntBE(start + 9, 3) & HAS_BASE_OFFSET) !== 0) moveLong(bytes, start + 16, shift)
}

/** Where fragments begin, by their time; the numbers after each place have one to four bytes. */
const moveIndex = (bytes: Buffer, whole: Atom, shift: number): void => {
  for (const { start, end } of namedWithin(bytes, whole, 'tfra')) {
    const width = bytes[start + 8] === LONG_ENTRIES ? 8 : 4
    const sizes = bytes.readUInt32BE(start + 16)
    const numbers = [sizes >> 4, sizes >> 2, sizes].reduce((sum, bits) => sum + (bits & 3) + 1, 0)
    const count = bytes.readUInt32BE(start + 20)
    const step = 2 * width + numbers
    if (start + 24 + count * step > end) throw refuse('The index of the MP4 file is damaged.')
    for (let entry = 0; entry < count; entry++) {
      const at = start + 24 + entry * step + width
      if (width === 8) moveLong(bytes, at, shift)
      else bytes.writeUInt32BE(bytes.readUInt32BE(at) + shift, at)
    }
  }
}

const MOVES: Readonly<Partial<Record<string, typeof moveFragment>>> = { moof: moveFragment, mfra: moveIndex }

/** @param parts that lie behind what grows, with nothing between them @throws UserError TAGS_NOT_WRITABLE where one is damaged */
export const movedParts = async ({ file }: Source, parts: readonly Part[], shift: number): Promise<Segment[]> => {
  const moved: Segment[] = []
  for (const { name, start, end } of parts) {
    const move = MOVES[name]
    if (move === undefined) {
      moved.push({ start, end })
      continue
    }
    const bytes = Buffer.from(await readPart(file, start, end))
    try {
      move(bytes, { name, start: 0, end: bytes.length }, shift)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw refuse('A fragment of the MP4 file is damaged.')
    }
    moved.push(bytes)
  }
  return moved
}
