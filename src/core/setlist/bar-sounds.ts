/**
 * @file What sounds in each bar of a track, as an overlap is reckoned with it.
 * Conventions: one row a bar from the first downbeat on; powers are linear, re full scale, as loud as recorded.
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

export type BarSounds = {
  readonly bars: number
  /** Below and above the reach of a bass knob, shape (bars). */
  readonly low: Float32Array
  readonly high: Float32Array
  /** Where most notes lie, shape (bars). */
  readonly tones: Float32Array
  /** Shape (bars, BANDS). */
  readonly bands: Float32Array
  /** Shape (bars, PITCHES); sums to 1 where there are tones. */
  readonly chroma: Float32Array
  /** Share of the beats in which something is struck there, 0 to 1, shape (bars, HITS). */
  readonly hits: Float32Array
}

const toPower = (decibels: number): number => 10 ** (decibels / 10)

const reckon = (
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
  const sounds = {
    bars,
    low: new Float32Array(bars),
    high: new Float32Array(bars),
    tones: new Float32Array(bars),
    bands: new Float32Array(bars * BANDS),
    chroma: new Float32Array(bars * PITCHES),
    hits: new Float32Array(bars * HITS),
  }
  for (let bar = 0; bar < bars; bar++)
    for (let beat = 0; beat < beatsPerBar; beat++) {
      const row = (firstDownbeat + bar * beatsPerBar + beat) * width
      const valueAt = (place: number): number => features.values[row + place]!
      for (let band = 0; band < BAND_NAMES.length; band++) {
        const power = toPower(valueAt(level + band)) / beatsPerBar
        ;(band < LOW_BANDS ? sounds.low : sounds.high)[bar]! += power
        if (band >= LOW_BANDS && band < TONE_BANDS) sounds.tones[bar]! += power
      }
      for (let band = 0; band < BANDS; band++)
        sounds.bands[bar * BANDS + band]! += toPower(valueAt(mel + band)) / beatsPerBar
      for (let pitch = 0; pitch < PITCHES; pitch++)
        sounds.chroma[bar * PITCHES + pitch]! += valueAt(chroma + pitch) / beatsPerBar
      for (let hit = 0; hit < HITS; hit++)
        if (valueAt(pattern + hit) >= ONSET_SHAPE.onsetDb) sounds.hits[bar * HITS + hit]! += 1 / beatsPerBar
    }
  for (let bar = 0; bar < bars; bar++) {
    const notes = sounds.chroma.subarray(bar * PITCHES, (bar + 1) * PITCHES)
    const total = notes.reduce((sum, note) => sum + note, 0)
    if (total > 0) notes.set(notes.map((note) => note / total))
  }
  return sounds
}

const known = new WeakMap<FeatureMatrix, { readonly metre: string; readonly sounds: BarSounds }>()

/** Reckoned once for a matrix in a metre. */
export const barSounds = (
  features: FeatureMatrix,
  grid: Pick<BeatGrid, 'firstDownbeat' | 'beatsPerBar'>,
): BarSounds => {
  const metre = `${grid.firstDownbeat} ${grid.beatsPerBar}`
  const before = known.get(features)
  if (before?.metre === metre) return before.sounds
  const sounds = reckon(features, grid)
  known.set(features, { metre, sounds })
  return sounds
}
