/** Objects (GEOB) of an ID3v2 tag replaced, all other frames kept byte by byte. https://id3.org/id3v2.4.0-structure */
import { UserError } from '../../../support/user-error.ts'
import { ByteReader } from '../byte-reader.ts'
import { encodeUtf8, joinBytes, wholeNumber } from '../byte-writer.ts'
import { upgradedFrames } from './id3-old-frames.ts'

const HEADER_BYTES = 10
const IS_UNSYNCHRONISED = 0x80
const HAS_EXTENDED_HEADER = 0x40
const FRAME_IS_UNSYNCHRONISED = 0x02
/** Frames that are compressed or encrypted are kept as they are, and are none of ours. */
const FRAME_IS_CODED = 0x0c
const FRAME_HAS_LENGTH = 0x01
const OLD_VERSION = 2
const NEW_VERSION = 4
const PADDING_BYTES = 1024
const FRAME_NAME = /^[A-Z0-9]{4}$/
const IS_COMPRESSED = 0x40

type Frame = { readonly name: string; readonly flags: number; readonly body: Uint8Array }
type Version = 3 | 4

/** Seven bits a byte, so that no tag looks like the beginning of sound. */
const synchsafe = (value: number): Uint8Array =>
  Uint8Array.of((value >>> 21) & 0x7f, (value >>> 14) & 0x7f, (value >>> 7) & 0x7f, value & 0x7f)
const readSynchsafe = (reader: ByteReader, at: number): number =>
  (reader.u8(at) << 21) | (reader.u8(at + 1) << 14) | (reader.u8(at + 2) << 7) | reader.u8(at + 3)

/** A zero was put after each 0xff. */
const resynchronise = (bytes: Uint8Array): Uint8Array =>
  bytes.filter((byte, at) => byte !== 0 || at === 0 || bytes[at - 1] !== 0xff)

/** @returns null where a size leads to something that is no frame: iTunes wrote plain sizes into version 4 */
const walkFrames = (body: Uint8Array, sizeAt: (reader: ByteReader, at: number) => number): Frame[] | null => {
  const reader = new ByteReader(body, 'big')
  const frames: Frame[] = []
  let at = 0
  while (reader.has(at, HEADER_BYTES) && reader.u8(at) !== 0) {
    const [name, size] = [reader.fourLetters(at), sizeAt(reader, at + 4)]
    if (!FRAME_NAME.test(name) || !reader.has(at + HEADER_BYTES, size)) return null
    frames.push({ name, flags: reader.u16(at + 8), body: reader.slice(at + HEADER_BYTES, size) })
    at += HEADER_BYTES + size
  }
  return frames
}

const plainSize = (reader: ByteReader, at: number): number => reader.u32(at)

const damaged = (): UserError =>
  new UserError('TAGS_NOT_WRITABLE', 'The ID3 tag is damaged or of a version that is not written.')

const withoutExtendedHeader = (body: Uint8Array, version: Version): Uint8Array => {
  const reader = new ByteReader(body, 'big')
  if (!reader.has(0, 4)) throw damaged()
  // Version 3 does not count the four bytes of the size itself.
  return body.subarray(version === 4 ? readSynchsafe(reader, 0) : reader.u32(0) + 4)
}

/** The tag of version 2 is written as one of version 3, which has each of its frames under a longer name. */
const readOldFrames = (reader: ByteReader): readonly Frame[] => {
  const [flags, size] = [reader.u8(5), readSynchsafe(reader, 6)]
  if ((flags & IS_COMPRESSED) !== 0 || !reader.has(HEADER_BYTES, size)) throw damaged()
  const whole = reader.slice(HEADER_BYTES, size)
  return upgradedFrames((flags & IS_UNSYNCHRONISED) === 0 ? whole : resynchronise(whole)).map((frame) => ({
    ...frame,
    flags: 0,
  }))
}

const readFrames = (tag: Uint8Array): { readonly version: Version; readonly frames: readonly Frame[] } => {
  if (tag.length === 0) return { version: NEW_VERSION, frames: [] }
  const reader = new ByteReader(tag, 'big')
  if (!reader.has(0, HEADER_BYTES) || !reader.fourLetters(0).startsWith('ID3')) throw damaged()
  const version = reader.u8(3)
  if (version === OLD_VERSION) return { version: 3, frames: readOldFrames(reader) }
  if (version !== 3 && version !== 4) throw damaged()
  const flags = reader.u8(5)
  const size = readSynchsafe(reader, 6)
  if (!reader.has(HEADER_BYTES, size)) throw damaged()
  const isWhole = version === 3 && (flags & IS_UNSYNCHRONISED) !== 0
  const whole = isWhole ? resynchronise(reader.slice(HEADER_BYTES, size)) : reader.slice(HEADER_BYTES, size)
  const body = (flags & HAS_EXTENDED_HEADER) === 0 ? whole : withoutExtendedHeader(whole, version)
  const frames = (version === 4 ? walkFrames(body, readSynchsafe) : null) ?? walkFrames(body, plainSize)
  if (frames === null) throw damaged()
  const isUnsynchronised = (frame: Frame): boolean =>
    version === 4 && ((flags & IS_UNSYNCHRONISED) !== 0 || (frame.flags & FRAME_IS_UNSYNCHRONISED) !== 0)
  return {
    version,
    frames: frames.map((frame) =>
      isUnsynchronised(frame)
        ? { ...frame, flags: frame.flags & ~FRAME_IS_UNSYNCHRONISED, body: resynchronise(frame.body) }
        : frame,
    ),
  }
}

/** The text up to its NUL, from `at` on, and where what follows begins; two bytes a letter in UTF-16. */
const skipText = (body: Uint8Array, at: number, width: 1 | 2): number => {
  for (let index = at; index + width <= body.length; index += width)
    if (body[index] === 0 && (width === 1 || body[index + 1] === 0)) return index + width
  return body.length
}

/** Encoding, type, name of a file, description, data. */
const descriptionOf = ({ name, flags, body }: Frame): string | null => {
  if (name !== 'GEOB' || (flags & FRAME_IS_CODED) !== 0) return null
  const plain = body.subarray((flags & FRAME_HAS_LENGTH) === 0 ? 0 : 4)
  const width = plain[0] === 1 || plain[0] === 2 ? 2 : 1
  const start = skipText(plain, skipText(plain, 1, 1), width)
  const text = plain.subarray(start, skipText(plain, start, width) - width)
  return width === 1
    ? new TextDecoder(plain[0] === 3 ? 'utf-8' : 'latin1').decode(text)
    : new TextDecoder(text[0] === 0xfe || plain[0] === 2 ? 'utf-16be' : 'utf-16le').decode(text)
}

const formatFrame = ({ name, flags, body }: Frame, version: Version): Uint8Array =>
  joinBytes([
    encodeUtf8(name),
    version === 4 ? synchsafe(body.length) : wholeNumber(body.length, 4),
    wholeNumber(flags, 2),
    body,
  ])

const objectFrame = (description: string, data: Uint8Array): Frame => ({
  name: 'GEOB',
  flags: 0,
  body: joinBytes([encodeUtf8(`\0application/octet-stream\0\0${description}\0`), data]),
})

/**
 * @param tag with its header; empty where the file has none
 * @param objects by their description; null takes one away
 * @throws UserError TAGS_NOT_WRITABLE for a damaged tag, and for one of version 2 with frames that version 3 does not have
 */
export const withId3Objects = (tag: Uint8Array, objects: ReadonlyMap<string, Uint8Array | null>): Uint8Array => {
  const { version, frames } = readFrames(tag)
  const kept = frames.filter((frame) => !objects.has(descriptionOf(frame) ?? ''))
  const added = [...objects].flatMap(([description, data]) => (data === null ? [] : objectFrame(description, data)))
  const body = joinBytes([
    ...[...kept, ...added].map((frame) => formatFrame(frame, version)),
    new Uint8Array(PADDING_BYTES),
  ])
  return joinBytes([encodeUtf8('ID3'), Uint8Array.of(version, 0, 0), synchsafe(body.length), body])
}
