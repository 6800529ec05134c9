import { encodeUtf8, encodeUtf16, joinBytes, wholeNumber } from '../byte-writer.ts'

const u8 = (value: number): Uint8Array => wholeNumber(value, 1)
const u16 = (value: number): Uint8Array => wholeNumber(value, 2)
const u32 = (value: number): Uint8Array => wholeNumber(value, 4)
const zeros = (length: number): Uint8Array => new Uint8Array(length)

const part = (
  name: string,
  headerBytes: number,
  header: readonly Uint8Array[],
  body: readonly Uint8Array[] = [],
): Uint8Array => {
  const head = joinBytes(header)
  const rest = joinBytes(body)
  return joinBytes([
    encodeUtf8(name),
    u32(headerBytes),
    u32(headerBytes + rest.length),
    head,
    zeros(headerBytes - 12 - head.length),
    rest,
  ])
}

export const anlzBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const body = joinBytes(parts)
  return joinBytes([encodeUtf8('PMAI'), u32(0x1c), u32(0x1c + body.length), zeros(0x10), body])
}

export const pathPart = (path: string): Uint8Array => {
  const text = encodeUtf16(`${path}\0`)
  return part('PPTH', 0x10, [u32(text.length)], [text])
}

/** Beats at a constant tempo from 25 ms on, the first of them the first of a bar. */
export const gridPart = (count: number, bpm: number): Uint8Array =>
  part(
    'PQTZ',
    0x18,
    [u32(0), u32(0x80000), u32(count)],
    Array.from({ length: count }, (_, beat) =>
      joinBytes([u16((beat % 4) + 1), u16(bpm * 100), u32(Math.round(25 + (beat * 60_000) / bpm))]),
    ),
  )

/** First and last beat, and two bytes a beat. */
export const extendedGridPart = (count: number, bpm: number, firstMs: number, lastMs: number): Uint8Array =>
  part(
    'PQT2',
    0x38,
    [
      u32(0),
      u32(0x1000002),
      u32(0),
      u16(1),
      u16(bpm * 100),
      u32(firstMs),
      u16(1),
      u16(bpm * 100),
      u32(lastMs),
      u32(count),
    ],
    [zeros(2 * count)],
  )

export type CueBytes = {
  /** 0 for a memory cue, 1 for pad A. */
  readonly hotCue: number
  readonly startMs: number
  readonly endMs?: number
  readonly comment?: string
  /** Of a memory cue. */
  readonly markColour?: number
  /** Of a hot cue. */
  readonly colour?: number
  /** Cuts the entry after so many bytes. */
  readonly cutAt?: number
}

const plainEntry = ({ hotCue, startMs, endMs }: CueBytes): Uint8Array =>
  part(
    'PCPT',
    0x1c,
    [u32(hotCue), u32(0), u32(0x10000), u16(0xffff), u16(0xffff)],
    [
      joinBytes([
        u8(endMs === undefined ? 1 : 2),
        zeros(1),
        u16(1000),
        u32(startMs),
        u32(endMs ?? 0xffffffff),
        zeros(16),
      ]),
    ],
  )

const namedEntry = ({
  hotCue,
  startMs,
  endMs,
  comment = '',
  markColour = 0,
  colour = 0,
  cutAt,
}: CueBytes): Uint8Array => {
  const text = comment === '' ? zeros(0) : encodeUtf16(`${comment}\0`)
  const whole = joinBytes([
    u32(hotCue),
    joinBytes([u8(endMs === undefined ? 1 : 2), zeros(1), u16(1000), u32(startMs), u32(endMs ?? 0xffffffff)]),
    joinBytes([u8(markColour), zeros(7), u16(0), u16(0), u32(text.length), text, u8(colour), zeros(3 + 40)]),
  ])
  return part('PCP2', 0x10, [whole.subarray(0, 4)], [whole.subarray(4, cutAt === undefined ? undefined : cutAt - 12)])
}

export const plainCues = (isHot: boolean, cues: readonly CueBytes[]): Uint8Array =>
  part('PCOB', 0x18, [u32(isHot ? 1 : 0), u16(0), u16(cues.length), u32(0)], cues.map(plainEntry))
export const namedCues = (isHot: boolean, cues: readonly CueBytes[]): Uint8Array =>
  part('PCO2', 0x14, [u32(isHot ? 1 : 0), u16(cues.length), u16(0)], cues.map(namedEntry))

export type PhraseBytes = {
  readonly beat: number
  readonly number: number
  readonly k1?: number
  readonly k2?: number
  readonly k3?: number
}

/** As in rekordbox's own folder, without a mask. */
export const phrasePart = (mood: number, endBeat: number, phrases: readonly PhraseBytes[]): Uint8Array =>
  part(
    'PSSI',
    0x20,
    [u32(24), u16(phrases.length), u16(mood), zeros(6), u16(endBeat), zeros(2), u8(1), zeros(1)],
    phrases.map(({ beat, number, k1 = 0, k2 = 0, k3 = 0 }, index) =>
      joinBytes([
        joinBytes([u16(index + 1), u16(beat), u16(number), u8(0), u8(k1), u8(0), u8(k2)]),
        joinBytes([zeros(9), u8(k3), zeros(4)]),
      ]),
    ),
  )
