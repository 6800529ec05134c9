/** "Serato BeatGrid": places of beats, the last with a tempo. https://github.com/Holzhaus/serato-tags/blob/main/docs/serato_beatgrid.md */
import { ByteReader } from '../byte-reader.ts'
import { joinBytes, wholeNumber } from '../byte-writer.ts'
import { isSaneTempo } from '../foreign-fields.ts'
import type { ForeignAnchor, ForeignGrid } from '../foreign-library.ts'
import type { WarningTally } from '../warning-tally.ts'

const HEADER = [1, 0] as const
const FIRST_MARKER_AT = 6
const MARKER_BYTES = 8
/** Serato counts bars of four from the first marker on. */
const BEATS_PER_BAR = 4

/** A place, with the beats up to the next, or, of the last, with a tempo. */
type Marker = { readonly seconds: number; readonly beats: number; readonly bpm: number | null }

const markerOf = (seconds: number, rest: number, isLast: boolean): Marker =>
  isLast ? { seconds, beats: 0, bpm: rest } : { seconds, beats: rest, bpm: null }

/** In Ogg it is a text: numbers of 24 digits in all, then a pair for each marker, "(0.254858,115.000000)". */
const IN_TEXT = /^\d{24}(?=\()/
export const isSeratoGridText = (frame: Uint8Array): boolean => IN_TEXT.test(new TextDecoder('latin1').decode(frame))
const PAIR = /\((-?[\d.]+),([\d.]+)\)/g

const markersOfText = (text: string): readonly Marker[] =>
  [...text.matchAll(PAIR)].map(([, seconds, rest], at, all) =>
    markerOf(Number(seconds), Number(rest), at === all.length - 1),
  )

const markersOfBytes = (reader: ByteReader): readonly Marker[] => {
  const promised = reader.has(0, FIRST_MARKER_AT) && reader.u16(0) === 0x100 ? reader.u32(2) : 0
  const markers: Marker[] = []
  for (let at = FIRST_MARKER_AT; markers.length < promised && reader.has(at, MARKER_BYTES); at += MARKER_BYTES) {
    const isLast = markers.length === promised - 1
    markers.push(markerOf(reader.f32(at), isLast ? reader.f32(at + 4) : reader.u32(at + 4), isLast))
  }
  return markers
}

export const parseSeratoGrid = (
  frame: Uint8Array,
  place: string | null,
  warnings: WarningTally,
): ForeignGrid | null => {
  const text = new TextDecoder('latin1').decode(frame)
  const markers = isSeratoGridText(frame) ? markersOfText(text) : markersOfBytes(new ByteReader(frame, 'big'))
  const anchors: ForeignAnchor[] = []
  let before = 0
  for (const [index, { seconds, beats, bpm: told }] of markers.entries()) {
    const next = markers[index + 1]
    const bpm = told ?? (next === undefined ? Number.NaN : (60 * beats) / (next.seconds - seconds))
    if (Number.isFinite(seconds) && isSaneTempo(bpm) && seconds > (anchors.at(-1)?.seconds ?? Number.NEGATIVE_INFINITY))
      anchors.push({ seconds, bpm, beatOfBar: before % BEATS_PER_BAR })
    else warnings.add('A marker of a grid has no possible place or tempo: it is left out.', place)
    before += beats
  }
  return anchors.length === 0 ? null : { anchors, beats: null }
}

const float = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value)
  return bytes
}

/** Beats from one anchor to the next, which the format has as a whole number. */
const beatsBetween = ({ seconds, bpm }: ForeignAnchor, next: ForeignAnchor): number =>
  Math.max(1, Math.round(((next.seconds - seconds) * bpm) / 60))

/** The version as two numbers of eight digits, and how many pairs follow. */
export const formatSeratoGridText = ({ anchors }: Pick<ForeignGrid, 'anchors'>): string => {
  const head = [...HEADER, anchors.length].map((number) => String(number).padStart(8, '0')).join('')
  const pairs = anchors.map((anchor, index) => {
    const next = anchors[index + 1]
    return `(${anchor.seconds.toFixed(6)},${next === undefined ? anchor.bpm.toFixed(6) : beatsBetween(anchor, next)})`
  })
  return head + pairs.join('')
}

export const formatSeratoGrid = ({ anchors }: Pick<ForeignGrid, 'anchors'>): Uint8Array =>
  joinBytes([
    Uint8Array.from(HEADER),
    wholeNumber(anchors.length, 4),
    ...anchors.flatMap((anchor, index) => {
      const next = anchors[index + 1]
      return [
        float(anchor.seconds),
        next === undefined ? float(anchor.bpm) : wholeNumber(beatsBetween(anchor, next), 4),
      ]
    }),
    Uint8Array.of(0),
  ])
