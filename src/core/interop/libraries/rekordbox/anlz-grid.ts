import type { Seconds } from '../../../units/units.ts'
import type { ForeignAnchor, ForeignGrid } from '../foreign-library.ts'
import type { WarningTally } from '../warning-tally.ts'
import type { AnlzPart } from './anlz-file.ts'

const FIRST_BEAT_AT = 0x18
const BEAT_BYTES = 8
/** Tempi are rounded to hundredths and times to milliseconds: a beat so far from where its anchor puts it gets one of its own. */
const MOST_DRIFT_SECONDS = 0.005
const MOST_BEATS_OF_BAR = 16

const beatOfBarOf = (numberOfBeat: number): number | null =>
  numberOfBeat >= 1 && numberOfBeat <= MOST_BEATS_OF_BAR ? numberOfBeat - 1 : null

/** All beats of PQTZ, which is right only in .DAT; null where there are none. */
export const anlzGrid = (parts: readonly AnlzPart[], place: string, warnings: WarningTally): ForeignGrid | null => {
  const reader = parts.find(({ name }) => name === 'PQTZ')?.reader
  if (reader === undefined || !reader.has(0, FIRST_BEAT_AT)) return null
  const promised = reader.u32(0x14)
  const count = Math.min(promised, Math.floor((reader.length - FIRST_BEAT_AT) / BEAT_BYTES))
  if (count < promised) warnings.add('A grid has fewer beats than it says.', place)
  const beats: Seconds[] = []
  const anchors: ForeignAnchor[] = []
  let anchorBeat = 0
  for (let beat = 0; beat < count; beat += 1) {
    const at = FIRST_BEAT_AT + beat * BEAT_BYTES
    const numberOfBeat = reader.u16(at)
    const bpm = reader.u16(at + 2) / 100
    const seconds = reader.u32(at + 4) / 1000
    if (bpm === 0 || seconds <= (beats.at(-1) ?? -1)) {
      warnings.add('A grid has beats without a tempo or out of order: it ends there.', place)
      break
    }
    beats.push(seconds)
    const anchor = anchors.at(-1)
    const expected = anchor && anchor.seconds + ((beat - anchorBeat) * 60) / anchor.bpm
    if (anchor?.bpm === bpm && Math.abs(seconds - expected!) <= MOST_DRIFT_SECONDS) continue
    anchors.push({ seconds, bpm, beatOfBar: beatOfBarOf(numberOfBeat) })
    anchorBeat = beat
  }
  return beats.length === 0 ? null : { anchors, beats }
}

const EXTENDED_HEADER_BYTES = 0x38
const ENTRY_BYTES = 2
/** Of a tempo in hundredths. */
const ROUNDED_BPM = 0.005

/**
 * The first and the last beat of PQT2 and how many there are: enough where the tempo holds between them, for whoever has .EXT alone.
 * @returns null where the tempo does not hold
 */
export const extendedGrid = (parts: readonly AnlzPart[]): ForeignGrid | null => {
  const reader = parts.find(({ name }) => name === 'PQT2')?.reader
  if (reader === undefined || !reader.has(0, EXTENDED_HEADER_BYTES)) return null
  const count = reader.u32(0x28)
  const bpm = reader.u16(0x1a) / 100
  const [first, last] = [reader.u32(0x1c) / 1000, reader.u32(0x24) / 1000]
  if (bpm === 0 || count < 2 || count > (reader.length - EXTENDED_HEADER_BYTES) / ENTRY_BYTES) return null
  const period = (last - first) / (count - 1)
  const mostOff = MOST_DRIFT_SECONDS + ((count - 1) * 60 * ROUNDED_BPM) / bpm ** 2
  if (Math.abs(last - first - ((count - 1) * 60) / bpm) > mostOff) return null
  const beats = Array.from({ length: count }, (_, beat) => first + beat * period)
  return { anchors: [{ seconds: first, bpm, beatOfBar: beatOfBarOf(reader.u16(0x18)) }], beats }
}
