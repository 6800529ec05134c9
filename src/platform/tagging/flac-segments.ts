import { wholeNumber } from '../../core/interop/libraries/byte-writer.ts'
import { withVorbisFields } from '../../core/interop/libraries/serato/vorbis-fields.ts'
import { MOST_PARTS, readPart, refuse, type Segment, type Source } from './file-parts.ts'

const COMMENT_BLOCK = 4
const IS_LAST = 0x80
const MOST_BLOCK_BYTES = 0xffffff

/** Of the blocks of metadata before the sound only the one with the comments changes, or comes after the first. */
export const flacSegments = async (
  { file, sniffed }: Source,
  texts: ReadonlyMap<string, string | null>,
): Promise<Segment[]> => {
  const blocks: { readonly type: number; readonly body: Uint8Array }[] = []
  let at = sniffed.streamStart + 4
  for (let isLast = false; !isLast; ) {
    const head = await readPart(file, at, at + 4)
    const end = at + 4 + (new DataView(head.buffer).getUint32(0) & MOST_BLOCK_BYTES)
    blocks.push({ type: head[0]! & 0x7f, body: await readPart(file, at + 4, end) })
    isLast = (head[0]! & IS_LAST) !== 0
    if (blocks.length > MOST_PARTS) throw refuse('The FLAC file is damaged.')
    at = end
  }
  const index = blocks.findIndex(({ type }) => type === COMMENT_BLOCK)
  const body = withVorbisFields(blocks[index]?.body ?? new Uint8Array(), texts)
  if (body.length > MOST_BLOCK_BYTES) throw refuse('The comments would be too large for FLAC.')
  const changed = { type: COMMENT_BLOCK, body }
  const all = index < 0 ? blocks.toSpliced(1, 0, changed) : blocks.with(index, changed)
  const written = all.flatMap(({ type, body: bytes }, number) => [
    Uint8Array.of(type | (number === all.length - 1 ? IS_LAST : 0)),
    wholeNumber(bytes.length, 3),
    bytes,
  ])
  return [{ start: 0, end: sniffed.streamStart + 4 }, ...written, { start: at, end: sniffed.sizeBytes }]
}
