/** Streams with something in, before or behind them that is no sound, of the same sound as the other hostile containers. */
import { flacBytes } from './flac-bytes.fixture.ts'
import { type Container, fixture, oggChecksum, patched, SOUND, TWICE } from './hostile-containers.fixture.ts'
import { mpegFrameAt } from './mpeg-frames.ts'

const HEADERS = 2

const sealed = (page: Buffer): Buffer => {
  const copy = patched(page, 22, [0, 0, 0, 0])
  copy.writeUInt32LE(oggChecksum(copy), 22)
  return copy
}
const pagesOf = (ogg: Buffer): readonly Buffer[] => {
  const pages: Buffer[] = []
  for (let at = 0; at < ogg.length; at += pages.at(-1)!.length) {
    const next = ogg.indexOf('OggS', at + 4)
    pages.push(ogg.subarray(at, next < 0 ? ogg.length : next))
  }
  return pages
}
const withSerial = (page: Buffer, serial: number): Buffer => {
  const copy = Buffer.from(page)
  copy.writeUInt32LE(serial, 14)
  return sealed(copy)
}
const page = (flags: number, sequence: number, body: Buffer): Buffer => {
  const head = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from([body.length])])
  const bytes = Buffer.concat([patched(head, 26, [1]), body])
  bytes[5] = flags
  bytes.writeUInt32LE(777, 14)
  bytes.writeUInt32LE(sequence, 18)
  return sealed(bytes)
}

const FORMATS = ['ogg', 'opus'] as const
type Like = (typeof FORMATS)[number]

/** A second stream beside the first, page by page, as of a film with two languages: the second one is silent. */
const sideBySide = (like: Like): Buffer => {
  const [pages, other] = [pagesOf(fixture(like)), pagesOf(fixture(like)).map((one) => withSerial(one, 99))]
  const rest = pages.slice(1).flatMap((one, at) => (at < HEADERS ? [one, other[at + 1]!] : [other[at + 1]!, one]))
  return Buffer.concat([pages[0]!, other[0]!, ...rest])
}
/** With a last page that says the sound ends earlier than in its last packet. */
const endingEarly = (like: Like, samples: number): Buffer => {
  const pages = pagesOf(fixture(like))
  const last = Buffer.from(pages.at(-1)!)
  last.writeBigInt64LE(last.readBigInt64LE(6) - BigInt(samples), 6)
  return Buffer.concat([...pages.slice(0, -1), sealed(last)])
}
/** What says of a stream how to jump in it, in a stream of its own before it. */
const withSkeleton = (like: Like): Buffer => {
  const [first, ...rest] = pagesOf(fixture(like))
  return Buffer.concat([
    page(2, 0, Buffer.from(`fishead\0${'\0'.repeat(72)}`)),
    first!,
    page(4, 1, Buffer.alloc(0)),
    ...rest,
  ])
}

const mp3 = fixture('mp3')
const MPEG_START = mp3.indexOf('Info') - 21
const framesOf = (bytes: Buffer): readonly Buffer[] => {
  const frames: Buffer[] = []
  for (let at = MPEG_START; at < bytes.length; at += frames.at(-1)!.length)
    frames.push(bytes.subarray(at, at + mpegFrameAt(bytes, at)!.bytes))
  return frames
}
const [told, ...frames] = framesOf(mp3)
const silent = (frame: Buffer): Buffer => Buffer.concat([frame.subarray(0, 4), Buffer.alloc(frame.length - 4)])
const vbri = patched(silent(frames[0]!), 36, [...Buffer.from('VBRI'), 0, 1])
vbri.writeUInt32BE(mp3.length, 46)
vbri.writeUInt32BE(frames.length, 50)
const footer = Buffer.concat([Buffer.from('APETAGEX'), Buffer.alloc(24)])
footer.writeUInt32LE(10_000_000, 12)
/** Each as long as the longest, with the rate left open. */
const free = frames.map((frame) => {
  const most = Math.max(...frames.map(({ length }) => length))
  return Buffer.concat([patched(frame, 2, [frame[2]! & 0x0d]), Buffer.alloc(most - frame.length)])
})

/** A frame of silence of another rate (48 kHz), as it also stands in noise by chance. */
const otherFrame = patched(silent(frames[0]!), 2, [(frames[0]![2]! & 0xf3) | 4])

/** Where the sound of an MP3 lies whose encoder says nothing of what it put before it. */
const LATE = [0.5251, 1.5251]
const flac = flacBytes(SOUND, { bits: 16, blocks: () => 4096 })
const otherBlocks = flacBytes(SOUND, { bits: 16, blocks: () => 1152 })
const STREAM_INFO_BYTES = 42

export const STREAMS: readonly Container[] = [
  ...FORMATS.flatMap((like): readonly Container[] => [
    { name: `two streams side by side.${like}`, like, bytes: sideBySide(like), seconds: 2 },
    { name: `a skeleton before it.${like}`, like, bytes: withSkeleton(like), seconds: 2 },
  ]),
  {
    name: 'a frame of Fraunhofer.mp3',
    like: 'mp3',
    bytes: Buffer.concat([vbri, ...frames]),
    seconds: 2.05,
    bursts: LATE,
  },
  {
    name: 'what looks like a frame of another rate behind.mp3',
    like: 'mp3',
    bytes: Buffer.concat([mp3, Buffer.alloc(500), otherFrame, Buffer.alloc(3000, 0x55)]),
    seconds: 2,
  },
  { name: 'an APE tag larger than the file.mp3', like: 'mp3', bytes: Buffer.concat([mp3, footer]), seconds: 2 },
  {
    name: 'two recordings in one.flac',
    bytes: Buffer.concat([flac, otherBlocks.subarray(STREAM_INFO_BYTES)]),
    seconds: 4,
    bursts: TWICE,
  },
  {
    name: 'a last block of four samples.flac',
    bytes: flacBytes(SOUND, { bits: 16, blocks: () => (SOUND.length - 4) / 4 }),
    seconds: 2,
  },
]

/** What is missing or there twice, or counted wrongly: each decoder makes of it what it can. */
export const WARNED: readonly (readonly [string, Buffer, RegExp])[] = [
  ...FORMATS.flatMap((like) => {
    const pages = pagesOf(fixture(like))
    const joined = (from: number, to: number): Buffer => Buffer.concat([...pages.slice(0, from), ...pages.slice(to)])
    return [
      [`a page missing.${like}`, joined(8, 9), /1 damaged/],
      [`a page twice.${like}`, joined(9, 8), /1 damaged/],
      [`an end that is far too early.${like}`, endingEarly(like, 30_000), /last page ends at/],
    ] as const
  }),
  ['a frame twice.mp3', Buffer.concat([told!, ...frames.slice(0, 30), ...frames.slice(29)]), /counts \d+ frames/],
  ['a last frame that is cut off.mp3', mp3.subarray(0, -100), /last frame is cut off/],
  ['fewer bytes counted.mp3', patched(mp3, mp3.indexOf('Info') + 12, [0, 0, 4, 0]), /counts 1024 bytes/],
]

/** What is cut within the last packet, and what is cut by a little more, of which decoders keep all or nothing. */
export const CUT: readonly Container[] = FORMATS.flatMap((like) =>
  [20, 1500, 4000].map((samples) => ({
    name: `an end ${samples} samples early.${like}`,
    like,
    bytes: endingEarly(like, samples),
    seconds: 2,
  })),
)

/** What would be noise. */
export const NO_SOUND: readonly (readonly [string, Buffer])[] = [['a free bit rate.mp3', Buffer.concat(free)]]
