/**
 * @file How fast what strikes dies away, as evidence between the two half-beats. A bass and an open hat between the beats strike as hard as a
 * kick on them, and in all frequencies at once; but a kick's body is gone within a quarter of a beat, a bass is held, and an open hat rings.
 * Method: a logistic model over the logit that the pattern of the track gives a half-beat and how far the levels of six ranges fall after it.
 */
import type { BeatPlacement } from './bar-phase.ts'
import { type BeatRaster, LEVEL_BANDS } from './beat-raster.ts'
import shippedModel from './half-beat-decay.weights.json' with { type: 'json' }
import { type RotationModel, rotationProbabilities } from './rotation-model.ts'

/** Trained on generated pieces that did not train the pattern's model (`recipes/bar-phase/second-looks.ts`, decision 0068). */
const shippedHalfBeatDecayModel: RotationModel = shippedModel

/** Bands of level below each edge and above the one before. */
const RANGE_ENDS = [1, 2, 4, 7, 9, LEVEL_BANDS] as const
const QUARTERS = 4
/** Surer than this is the pattern never. */
const LEAST = 1e-4

/** Mean level of each range in each quarter of a beat, shape (4, ranges). */
const quarterLevels = (
  { rows, levels }: BeatRaster,
  { firstBeatRow, rowsPerBeat }: BeatPlacement,
): readonly Float64Array[] => {
  const rowsPerQuarter = rowsPerBeat / QUARTERS
  const beats = Math.max(1, Math.floor((rows - firstBeatRow) / rowsPerBeat))
  const end = Math.min(rows, firstBeatRow + beats * rowsPerBeat)
  const sums = Array.from({ length: QUARTERS }, () => new Float64Array(RANGE_ENDS.length))
  for (let row = firstBeatRow; row < end; row++) {
    const quarter = sums[Math.floor(((row - firstBeatRow) % rowsPerBeat) / rowsPerQuarter)]!
    let band = 0
    for (const [range, rangeEnd] of RANGE_ENDS.entries()) {
      const share = 1 / ((rangeEnd - band) * beats * rowsPerQuarter)
      for (; band < rangeEnd; band++) quarter[range]! += share * levels[row * LEVEL_BANDS + band]!
    }
  }
  return sums
}

/**
 * @param byPattern how probable each half-beat is by the pattern alone @param placement beats on the first of the two
 * @returns features of both half-beats
 */
export const halfBeatDecayFeatures = (
  byPattern: readonly number[],
  raster: BeatRaster,
  placement: BeatPlacement,
): Float64Array[] => {
  const levels = quarterLevels(raster, placement)
  return [0, 2].map((quarter, half) => {
    const open = Math.min(1 - LEAST, Math.max(LEAST, byPattern[half]!))
    const falls = levels[quarter]!.map((level, range) => level - levels[quarter + 1]![range]!)
    return Float64Array.of(Math.log(open), ...falls)
  })
}

/** @returns how probable each half-beat is by the pattern and by what dies away */
export const halfBeatByDecay = (
  byPattern: readonly number[],
  raster: BeatRaster,
  placement: BeatPlacement,
  model = shippedHalfBeatDecayModel,
): number[] => rotationProbabilities(model, halfBeatDecayFeatures(byPattern, raster, placement))
