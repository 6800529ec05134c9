/**
 * "Serato Markers_": five cues and nine loops in fixed places, without names; Serato believes it more than Markers2.
 * ID3 packs numbers into seven bits a byte; MP4 has them plain. https://github.com/Holzhaus/serato-tags/blob/main/docs/serato_markers_.md
 */
import { ByteReader } from '../byte-reader.ts'
import { joinBytes, wholeNumber } from '../byte-writer.ts'
import type { WarningTally } from '../warning-tally.ts'
import { LOOP_COLOUR } from './serato-colours.ts'
import { NO_MARKS, NOWHERE_MS, type SeratoCue, type SeratoLoop, type SeratoMarks } from './serato-marks.ts'

export const OLD_CUES = 5
const OLD_LOOPS = 9
const PLACES = OLD_CUES + OLD_LOOPS
const VERSION = [2, 5] as const
const FIRST_PLACE_AT = 6
const UNSET = 0x7f
const IS_CUE = 1
const IS_LOOP = 3
const NO_TRACK_COLOUR = 0xffffff

/** Seven bits a byte, from 24 bits into four bytes. */
const pack = (value: number): Uint8Array =>
  Uint8Array.of((value >>> 21) & 0x7f, (value >>> 14) & 0x7f, (value >>> 7) & 0x7f, value & 0x7f)
const unpack = (reader: ByteReader, at: number): number =>
  ((reader.u8(at) & 0x7f) << 21) |
  ((reader.u8(at + 1) & 0x7f) << 14) |
  ((reader.u8(at + 2) & 0x7f) << 7) |
  (reader.u8(at + 3) & 0x7f)

/** How a place is laid out. */
type Layout = {
  readonly placeBytes: number
  /** @returns null where none is set */
  readonly startMs: (reader: ByteReader, at: number) => number | null
  readonly endMs: (reader: ByteReader, at: number) => number | null
  readonly colourAt: number
  readonly colour: (reader: ByteReader, at: number) => number
  readonly typeAt: number
}

const plainMs = (reader: ByteReader, at: number): number | null => {
  const value = reader.u32(at)
  return value === NOWHERE_MS ? null : value
}
const packedMs = (reader: ByteReader, at: number): number | null =>
  reader.u8(at) === UNSET ? null : unpack(reader, at + 1)

export type MarkersLayout = 'id3' | 'mp4'
const LAYOUTS: Readonly<Record<MarkersLayout, Layout>> = {
  id3: {
    placeBytes: 22,
    startMs: packedMs,
    endMs: (reader, at) => packedMs(reader, at + 5),
    colourAt: 16,
    colour: unpack,
    typeAt: 20,
  },
  mp4: {
    placeBytes: 19,
    startMs: plainMs,
    endMs: (reader, at) => plainMs(reader, at + 4),
    colourAt: 13,
    colour: (reader, at) => reader.u24(at + 1),
    typeAt: 17,
  },
}

type Place = Pick<SeratoCue, 'startMs' | 'colour'> & {
  readonly endMs: number | null
  readonly isLocked: boolean
  readonly type: number
}

const readPlace = (reader: ByteReader, at: number, layout: Layout): Place | null => {
  const startMs = layout.startMs(reader, at)
  const type = reader.u8(at + layout.typeAt)
  if (startMs === null) return null
  return {
    startMs,
    endMs: layout.endMs(reader, at),
    colour: layout.colour(reader, at + layout.colourAt) & 0xffffff,
    isLocked: reader.u8(at + layout.typeAt + 1) !== 0,
    type,
  }
}

export const parseMarkers = (
  frame: Uint8Array,
  layoutName: MarkersLayout,
  place: string | null,
  warnings: WarningTally,
): SeratoMarks | null => {
  const reader = new ByteReader(frame, 'big')
  const layout = LAYOUTS[layoutName]
  const end = FIRST_PLACE_AT + PLACES * layout.placeBytes
  if (!reader.has(0, end) || reader.u8(0) !== VERSION[0] || reader.u32(2) !== PLACES) {
    warnings.add('The old marks of Serato are not as they should be: they are left out.', place)
    return null
  }
  const places = Array.from({ length: PLACES }, (_, index) =>
    readPlace(reader, FIRST_PLACE_AT + index * layout.placeBytes, layout),
  )
  const cues = places
    .slice(0, OLD_CUES)
    .flatMap((found, pad): SeratoCue[] =>
      found === null || found.type !== IS_CUE ? [] : [{ pad, startMs: found.startMs, colour: found.colour, name: '' }],
    )
  const loops = places.slice(OLD_CUES).flatMap((found, slot): SeratoLoop[] => {
    if (found === null || found.endMs === null || found.endMs <= found.startMs || found.type !== IS_LOOP) return []
    return [{ slot, startMs: found.startMs, endMs: found.endMs, isLocked: found.isLocked, name: '' }]
  })
  const trackColour = !reader.has(end, 4)
    ? null
    : layoutName === 'id3'
      ? unpack(reader, end) & 0xffffff
      : reader.u24(end + 1)
  return { ...NO_MARKS, cues, loops, trackColour }
}

type Writing = {
  readonly startMs: number | null
  readonly endMs: number | null
  readonly colour: number
  readonly type: number
  readonly isLocked: boolean
}

const formatPlace = ({ startMs, endMs, colour, type, isLocked }: Writing, layout: MarkersLayout): Uint8Array => {
  const last = Uint8Array.of(type, isLocked ? 1 : 0)
  if (layout === 'mp4')
    return joinBytes([
      joinBytes([wholeNumber(startMs ?? NOWHERE_MS, 4), wholeNumber(endMs ?? NOWHERE_MS, 4)]),
      joinBytes([Uint8Array.of(0), wholeNumber(NOWHERE_MS, 4), wholeNumber(colour, 4), last]),
    ])
  const time = (value: number | null): Uint8Array =>
    value === null ? new Uint8Array(5).fill(UNSET) : joinBytes([Uint8Array.of(0), pack(value)])
  return joinBytes([time(startMs), time(endMs), Uint8Array.of(0), new Uint8Array(5).fill(UNSET), pack(colour), last])
}

/** The first five cues and the loops; what Markers2 has beyond them has no place here. */
export const formatMarkers = ({ cues, loops, trackColour }: SeratoMarks, layout: MarkersLayout): Uint8Array => {
  const cueAt = new Map(cues.map((cue) => [cue.pad, cue]))
  const loopAt = new Map(loops.map((loop) => [loop.slot, loop]))
  const places = [
    ...Array.from({ length: OLD_CUES }, (_, pad): Writing => {
      const cue = cueAt.get(pad)
      return {
        startMs: cue?.startMs ?? null,
        endMs: null,
        colour: cue?.colour ?? 0,
        type: cue ? IS_CUE : 0,
        isLocked: false,
      }
    }),
    ...Array.from({ length: OLD_LOOPS }, (_, slot): Writing => {
      const loop = loopAt.get(slot)
      return {
        startMs: loop?.startMs ?? null,
        endMs: loop?.endMs ?? null,
        colour: loop ? LOOP_COLOUR : 0,
        type: IS_LOOP,
        isLocked: loop?.isLocked ?? false,
      }
    }),
  ]
  const colour = trackColour ?? NO_TRACK_COLOUR
  return joinBytes([
    Uint8Array.from(VERSION),
    wholeNumber(PLACES, 4),
    ...places.map((place) => formatPlace(place, layout)),
    layout === 'id3' ? pack(colour) : joinBytes([wholeNumber(colour, 4), Uint8Array.of(0)]),
  ])
}
