import { wholeNumber } from '../../core/interop/libraries/byte-writer.ts'
import { withId3Objects } from '../../core/interop/libraries/serato/id3-objects.ts'
import { readAt } from '../decoding/read-bytes.ts'
import { MOST_PARTS, type Part, readPart, refuse, type Segment, type Source } from './file-parts.ts'

const readChunks = async ({ file, sniffed }: Source, isLittle: boolean, until: number): Promise<Part[]> => {
  const chunks: Part[] = []
  let at = sniffed.streamStart + 12
  while (at + 8 <= until && chunks.length < MOST_PARTS) {
    const head = await readPart(file, at, at + 8)
    const size = new DataView(head.buffer).getUint32(4, isLittle)
    const end = Math.min(at + 8 + size + (size & 1), sniffed.sizeBytes)
    chunks.push({ name: String.fromCharCode(...head.subarray(0, 4)), start: at, end })
    at = end
  }
  return chunks
}

/** Chunks up to where the file says that it ends, and what some programs leave behind that; a length that its own chunks exceed is wrong. */
const splitFile = async (
  source: Source,
  head: Uint8Array,
  isLittle: boolean,
): Promise<{ readonly chunks: readonly Part[]; readonly behind: Segment }> => {
  const { streamStart, sizeBytes } = source.sniffed
  const told = streamStart + 8 + new DataView(head.buffer, head.byteOffset).getUint32(4, isLittle)
  const chunks = told < sizeBytes ? await readChunks(source, isLittle, told) : []
  const end = chunks.at(-1)?.end
  // The last may be padded by a byte that is not counted.
  if (end === told || end === told + 1) return { chunks, behind: { start: end, end: sizeBytes } }
  return { chunks: await readChunks(source, isLittle, sizeBytes), behind: new Uint8Array() }
}

const MOST_BYTES = 0xffffffff
const lengthOf = (segment: Segment): number =>
  segment instanceof Uint8Array ? segment.length : segment.end - segment.start

/** WAV and AIFF hold an ID3 tag in a chunk of its own: where it was, or at the end. */
export const chunkSegments = async (
  source: Source,
  objects: ReadonlyMap<string, Uint8Array | null>,
): Promise<Segment[]> => {
  const { file, sniffed } = source
  const order = sniffed.format === 'wav' ? 'little' : 'big'
  const head = await readAt(file, sniffed.streamStart, 12)
  if (head[0] === 'R'.charCodeAt(0) && head[3] === '4'.charCodeAt(0)) throw refuse('The WAV file is larger than 4 GB.')
  const { chunks, behind } = await splitFile(source, head, order === 'little')
  const old = chunks.find(({ name }) => name.toUpperCase() === 'ID3 ')
  const tag = withId3Objects(old ? await readPart(file, old.start + 8, old.end) : new Uint8Array(), objects)
  const name = new TextEncoder().encode(order === 'little' ? 'id3 ' : 'ID3 ')
  const written = [name, wholeNumber(tag.length, 4, order), tag, new Uint8Array(tag.length & 1)]
  const parts: Segment[] = chunks.flatMap((chunk): Segment[] => (chunk === old ? written : [chunk]))
  if (old === undefined) parts.push(...written)
  const size = parts.reduce((sum, part) => sum + lengthOf(part), 4)
  if (size > MOST_BYTES) throw refuse('The file would be too large for its format.')
  return [head.subarray(0, 4), wholeNumber(size, 4, order), head.subarray(8), ...parts, behind]
}
