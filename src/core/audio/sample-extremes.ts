/** @file Lowest and highest sample and the mean of a signal, samples from −1 to 1; the mean is the DC offset. */
import { createSeriesMemory, FLOAT_BYTES, LANES, PIECE_VALUES } from './series-kernels.ts'

export type SampleExtremes = { readonly lowest: number; readonly highest: number; readonly mean: number }

/** @param samples at least one */
export const findExtremes = (samples: Float32Array): SampleExtremes => {
  const { run, place, floats, buffer } = createSeriesMemory()
  const pieceAt = place(PIECE_VALUES * FLOAT_BYTES)
  const recordAt = place(16)
  const record = floats().subarray(recordAt / FLOAT_BYTES, recordAt / FLOAT_BYTES + 2)
  record.fill(samples[0]!)
  const whole = samples.length - (samples.length % LANES)
  for (let at = 0; at < whole; at += PIECE_VALUES) {
    const piece = samples.subarray(at, Math.min(whole, at + PIECE_VALUES))
    floats().set(piece, pieceAt / FLOAT_BYTES)
    run.widenExtremes(pieceAt, piece.length / LANES, recordAt)
  }
  const rest = samples.subarray(whole)
  const sum = rest.reduce((total, sample) => total + sample, new Float64Array(buffer(), recordAt + 8, 1)[0]!)
  return {
    lowest: Math.min(record[0]!, ...rest),
    highest: Math.max(record[1]!, ...rest),
    mean: sum / samples.length,
  }
}
