/**
 * @file What sounds in each bar of a track, as an overlap is reckoned with it.
 * Conventions: one row a bar from the first downbeat on, as loud as recorded; a byte a number, so that all of a library can be kept: powers
 * in half decibels, shares in 255ths.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { PITCH_CLASSES } from '../features/beat-chroma.ts'
import { type FeatureMatrix, placeOf } from '../features/feature-matrix.ts'
import { PATTERN_COLUMNS } from '../features/onset-pattern.ts'
import { ONSET_SHAPE } from '../features/onset-strength-bands.ts'
import { BAND_NAMES, FRAME_SHAPE } from '../features/track-frames.ts'

export const [BANDS, PITCHES, HITS] = [FRAME_SHAPE.melBands, PITCH_CLASSES.length, PATTERN_COLUMNS.length] as const
/** The bands that a bass knob turns down, and those above in which most notes lie. */
const [LOW_BANDS, TONE_BANDS] = [2, 4] as const

/** Numbers a bar of each table, in the order that they are kept in. */
export const BAR_TABLES = { low: 1, high: 1, tones: 1, bands: BANDS, chroma: PITCHES, hits: HITS } as const
type BarTable = keyof typeof BAR_TABLES

/**
 * `low` and `high` lie below and above the reach of a bass knob, `tones` where most notes do; `chroma` sums to 1 where there are tones;
 * `hits` are shares of the beats in which something is struck there.
 */
export type BarSounds = Readonly<Record<BarTable, Uint8Array>> & { readonly bars: number }

export const MOST_BYTE = 255
/** Digital silence, and the steps from there up. */
const [SILENT_DB, STEPS_PER_DB] = [-110, 2] as const

const toPower = (decibels: number): number => 10 ** (decibels / 10)

/** Linear, re full scale. */
export const POWER_OF_BYTE = Float64Array.from({ length: MOST_BYTE + 1 }, (_, byte) =>
  byte === 0 ? 0 : toPower(SILENT_DB + byte / STEPS_PER_DB),
)

export const powerByte = (power: number): number =>
  Math.max(0, Math.min(MOST_BYTE, Math.round((10 * Math.log10(power) - SILENT_DB) * STEPS_PER_DB)))

const emptyTables = (bars: number): Record<BarTable, Uint8Array> =>
  Object.fromEntries(Object.entries(BAR_TABLES).map(([name, width]) => [name, new Uint8Array(bars * width)])) as Record<
    BarTable,
    Uint8Array
  >

export const barSounds = (
  features: FeatureMatrix,
  { firstDownbeat, beatsPerBar }: Pick<BeatGrid, 'firstDownbeat' | 'beatsPerBar'>,
): BarSounds => {
  const width = features.columns.length
  const first = (name: string): number => placeOf(features, name, 'A transition')
  const [mel, chroma, level, pattern] = [
    first('mel 0'),
    first(`chroma ${PITCH_CLASSES[0]}`),
    first(`level ${BAND_NAMES[0]}`),
    first(PATTERN_COLUMNS[0]!),
  ]
  const bars = Math.max(0, Math.floor((features.beats - firstDownbeat) / beatsPerBar))
  const sounds = { bars, ...emptyTables(bars) }
  for (let bar = 0; bar < bars; bar++) {
    const rows = Array.from({ length: beatsPerBar }, (_, beat) => (firstDownbeat + bar * beatsPerBar + beat) * width)
    const meanOf = (place: number, measure: (value: number) => number): number =>
      rows.reduce((sum, row) => sum + measure(features.values[row + place]!), 0) / beatsPerBar
    const powers = BAND_NAMES.map((_, band) => meanOf(level + band, toPower))
    const powerIn = (from: number, end: number): number =>
      powerByte(powers.slice(from, end).reduce((sum, power) => sum + power, 0))
    sounds.low[bar] = powerIn(0, LOW_BANDS)
    sounds.high[bar] = powerIn(LOW_BANDS, powers.length)
    sounds.tones[bar] = powerIn(LOW_BANDS, TONE_BANDS)
    for (let band = 0; band < BANDS; band++) sounds.bands[bar * BANDS + band] = powerByte(meanOf(mel + band, toPower))
    const notes = Array.from({ length: PITCHES }, (_, pitch) => meanOf(chroma + pitch, (value) => value))
    const total = notes.reduce((sum, note) => sum + note, 0)
    if (total > 0)
      sounds.chroma.set(
        notes.map((note) => Math.round((MOST_BYTE * note) / total)),
        bar * PITCHES,
      )
    for (let hit = 0; hit < HITS; hit++)
      sounds.hits[bar * HITS + hit] = Math.round(
        MOST_BYTE * meanOf(pattern + hit, (value) => Number(value >= ONSET_SHAPE.onsetDb)),
      )
  }
  return sounds
}
