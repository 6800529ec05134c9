/**
 * @file Whether a confidence of 80 % comes true four times in five.
 * Method: expected calibration error over 15 bins of equal width of the largest probability (Guo et al., On Calibration of Modern
 * Neural Networks, ICML 2017, eq. 3): the mean gap between confidence and accuracy, weighted by the samples in each bin.
 * Conventions: bin b holds confidences in (b ÷ 15, (b + 1) ÷ 15].
 */
const BINS = 15

export type CalibrationBin = {
  readonly samples: number
  /** Mean over the bin; null when it is empty. */
  readonly confidence: number | null
  readonly accuracy: number | null
}

export const reliabilityBins = (confidences: ArrayLike<number>, correct: ArrayLike<boolean>): CalibrationBin[] => {
  const sums = Array.from({ length: BINS }, () => ({ samples: 0, confidence: 0, right: 0 }))
  for (let sample = 0; sample < confidences.length; sample++) {
    const bin = sums[Math.min(BINS - 1, Math.max(0, Math.ceil(confidences[sample]! * BINS) - 1))]!
    bin.samples++
    bin.confidence += confidences[sample]!
    if (correct[sample]) bin.right++
  }
  return sums.map(({ samples, confidence, right }) => ({
    samples,
    confidence: samples === 0 ? null : confidence / samples,
    accuracy: samples === 0 ? null : right / samples,
  }))
}

/** @returns 0 (perfect) to 1; 0 without samples */
export const expectedCalibrationError = (confidences: ArrayLike<number>, correct: ArrayLike<boolean>): number => {
  let gaps = 0
  for (const { samples, confidence, accuracy } of reliabilityBins(confidences, correct))
    if (samples > 0) gaps += samples * Math.abs(confidence! - accuracy!)
  return confidences.length === 0 ? 0 : gaps / confidences.length
}
