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

export const parseSeratoGrid = (
  frame: Uint8Array,
  place: string | null,
  warnings: WarningTally,
): ForeignGrid | null => {
  const reader = new ByteReader(frame, 'big')
  const promised = reader.has(0, FIRST_MARKER_AT) && reader.u16(0) === 0x100 ? reader.u32(2) : 0
  if (promised === 0) return null
  const anchors: ForeignAnchor[] = []
  let beats = 0
  for (let index = 0, at = FIRST_MARKER_AT; index < promised && reader.has(at, MARKER_BYTES); index += 1) {
    const seconds = reader.f32(at)
    const isLast = index === promised - 1
    const following = isLast ? 0 : reader.u32(at + 4)
    const next = at + MARKER_BYTES
    const bpm = isLast
      ? reader.f32(at + 4)
      : reader.has(next, 4)
        ? (60 * following) / (reader.f32(next) - seconds)
        : Number.NaN
    if (Number.isFinite(seconds) && isSaneTempo(bpm) && seconds > (anchors.at(-1)?.seconds ?? Number.NEGATIVE_INFINITY))
      anchors.push({ seconds, bpm, beatOfBar: beats % BEATS_PER_BAR })
    else warnings.add('A marker of a grid has no possible place or tempo: it is left out.', place)
    beats += following
    at = next
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
