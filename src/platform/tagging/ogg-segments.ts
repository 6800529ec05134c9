/** The comments of Ogg Vorbis changed. Pages of sound stay as they are, but for their numbers where there are more or fewer pages before them. */
import { joinBytes, wholeNumber } from '../../core/interop/libraries/byte-writer.ts'
import { type OggFields, oggFieldsIn } from '../../core/interop/libraries/serato/ogg-fields.ts'
import { type VorbisTexts, withVorbisFields } from '../../core/interop/libraries/serato/vorbis-fields.ts'
import { isSoundPage, type OggPage, sealPage, walkOggPages } from '../decoding/ogg-pages.ts'
import { readPart, refuse, type Segment, type Source } from './file-parts.ts'

/** Of a page: flags, the place in the stream, and how its body is cut into segments. https://www.rfc-editor.org/rfc/rfc3533#section-6 */
const HEAD_BYTES = 27
const GOES_ON = 1
const MOST_SEGMENTS = 255
const FULL_SEGMENT = 255
/** The second header of Vorbis, whose last byte says that it is whole. https://xiph.org/vorbis/doc/Vorbis_I_spec.html#x1-590004.2.1 */
const COMMENTS = new TextEncoder().encode('\u0003vorbis')
const IS_WHOLE = 1
const HEADER_PACKETS = 3

/** Lengths of the segments of a packet; one that fills its last segment has an empty one after it. */
const lacingOf = (packet: Uint8Array): number[] => [
  ...new Array<number>(Math.floor(packet.length / FULL_SEGMENT)).fill(FULL_SEGMENT),
  packet.length % FULL_SEGMENT,
]

/** Packets on as few pages as there can be. @param sequence of the first page */
const pagesOf = (packets: readonly Uint8Array[], serial: number, sequence: number): Uint8Array[] => {
  const lacing = packets.flatMap(lacingOf)
  const body = joinBytes(packets)
  const pages: Uint8Array[] = []
  let at = 0
  for (let from = 0; from < lacing.length; from += MOST_SEGMENTS) {
    const segments = lacing.slice(from, from + MOST_SEGMENTS)
    const length = segments.reduce((sum, bytes) => sum + bytes, 0)
    const goesOn = from > 0 && lacing[from - 1] === FULL_SEGMENT
    const endsPacket = segments.some((bytes) => bytes < FULL_SEGMENT)
    const head = [
      new TextEncoder().encode('OggS\0'),
      Uint8Array.of(goesOn ? GOES_ON : 0),
      // No samples yet; a page on which no packet ends has all bits set there.
      new Uint8Array(8).fill(endsPacket ? 0 : 0xff),
      wholeNumber(serial, 4, 'little'),
      new Uint8Array(8),
      Uint8Array.of(segments.length),
      Uint8Array.from(segments),
    ]
    pages.push(sealPage(joinBytes([...head, body.subarray(at, at + length)]), sequence + pages.length))
    at += length
  }
  return pages
}

const commentsIn = (packet: Uint8Array): Uint8Array => {
  if (!COMMENTS.every((byte, at) => packet[at] === byte))
    throw refuse('The Ogg file has no comments where they belong.')
  return packet.subarray(COMMENTS.length)
}

const commentsWith = (packet: Uint8Array, texts: VorbisTexts): Uint8Array =>
  joinBytes([COMMENTS, withVorbisFields(commentsIn(packet), texts), Uint8Array.of(IS_WHOLE)])

/** The headers of a stream, whole packets on pages of their own. */
type Headers = { readonly packets: readonly Uint8Array[]; readonly pages: readonly OggPage[]; readonly end: number }

const splitPackets = (pieces: readonly (readonly [lacing: readonly number[], body: Uint8Array])[]): Uint8Array[] => {
  const packets: Uint8Array[] = []
  let open: Uint8Array[] = []
  for (const [lacing, body] of pieces) {
    let at = 0
    for (const length of lacing) {
      open.push(body.subarray(at, at + length))
      at += length
      if (length === FULL_SEGMENT) continue
      packets.push(joinBytes(open))
      open = []
    }
  }
  return packets
}

const damaged = () => refuse('The Ogg file is damaged.')

/** @throws UserError TAGS_NOT_WRITABLE where other streams lie among the headers, or sound on their last page */
const readHeaders = async ({ file, sniffed }: Source): Promise<Headers> => {
  const pages: OggPage[] = []
  const pieces: (readonly [number[], Uint8Array])[] = []
  let packets = 0
  for await (const page of walkOggPages(file, sniffed.streamStart, sniffed.sizeBytes)) {
    if (page.serial !== (pages[0] ?? page).serial || page.begins !== (pages.length === 0))
      throw refuse('The Ogg file holds other streams beside its sound.')
    const whole = await readPart(file, page.start, page.bodyEnd)
    if (!isSoundPage(whole)) throw damaged()
    pages.push(page)
    const bodyAt = page.bodyStart - page.start
    pieces.push([[...whole.subarray(HEAD_BYTES, bodyAt)], whole.subarray(bodyAt)])
    packets += page.packets
    if (packets < HEADER_PACKETS) continue
    if (packets > HEADER_PACKETS || page.isOpen) throw refuse('The Ogg file has sound on the page of its headers.')
    return { packets: splitPackets(pieces), pages, end: page.bodyEnd }
  }
  throw damaged()
}

/**
 * Pages of the same stream up to its last under new numbers; what follows, such as another recording of a chain, keeps its own.
 * @throws UserError TAGS_NOT_WRITABLE where a page is damaged or missing
 */
const renumbered = async ({ file, sniffed }: Source, { pages, end }: Headers, shift: number): Promise<Segment[]> => {
  const { sizeBytes } = sniffed
  const segments: Segment[] = []
  let [at, isOver] = [end, false]
  for await (const page of walkOggPages(file, end, sizeBytes)) {
    isOver ||= page.begins
    if (isOver) break
    const whole = page.bodyEnd > sizeBytes ? new Uint8Array() : await readPart(file, page.start, page.bodyEnd)
    if (page.serial !== pages[0]!.serial || whole.length === 0 || !isSoundPage(whole)) throw damaged()
    const head = sealPage(whole, page.sequence + shift).slice(0, page.bodyStart - page.start)
    segments.push(head, { start: page.bodyStart, end: page.bodyEnd })
    at = page.bodyEnd
    isOver = page.ends
  }
  if (!isOver && at < sizeBytes) throw damaged()
  return [...segments, { start: at, end: sizeBytes }]
}

/** Serato's fields as they are in a file. @throws UserError TAGS_NOT_WRITABLE as `oggSegments` */
export const readOggFields = async (source: Source): Promise<OggFields> =>
  oggFieldsIn(commentsIn((await readHeaders(source)).packets[1]!))

/** @throws UserError TAGS_NOT_WRITABLE for a damaged file, and for one with other streams beside the sound */
export const oggSegments = async (source: Source, texts: VorbisTexts): Promise<Segment[]> => {
  const headers = await readHeaders(source)
  const { packets, pages, end } = headers
  const [, comments, setup] = packets as [Uint8Array, Uint8Array, Uint8Array]
  const [first] = pages as [OggPage]
  if (first.packets !== 1 || first.isOpen) throw damaged()
  const written = pagesOf([commentsWith(comments, texts), setup], first.serial, first.sequence + 1)
  const shift = written.length + 1 - pages.length
  const rest: Segment[] =
    shift === 0 ? [{ start: end, end: source.sniffed.sizeBytes }] : await renumbered(source, headers, shift)
  return [{ start: 0, end: first.bodyEnd }, ...written, ...rest]
}
