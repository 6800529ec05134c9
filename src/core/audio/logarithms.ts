/**
 * @file Puts many values on a logarithmic scale at once: powers as decibels (10 · log10), magnitudes on the compressed scale of onset
 * strength. Conventions: in place, float32.
 */
import { createSeriesMemory, FLOAT_BYTES, LANES, PIECE_VALUES } from './series-kernels.ts'

/** `factor` · ln(`offset` + `gain` · value); the logarithm is taken of positive numbers only. */
export type LogarithmScale = { readonly gain: number; readonly offset: number; readonly factor: number }

export const powersToDecibels = (floor: number): LogarithmScale => ({ gain: 1, offset: floor, factor: 10 / Math.LN10 })

/** Replaces each value. */
export const scaleToLogarithms = (values: Float32Array, { gain, offset, factor }: LogarithmScale): void => {
  const { run, place, floats } = createSeriesMemory()
  const pieceAt = place(PIECE_VALUES * FLOAT_BYTES)
  const first = pieceAt / FLOAT_BYTES
  for (let at = 0; at < values.length; at += PIECE_VALUES) {
    const piece = values.subarray(at, at + PIECE_VALUES)
    floats().set(piece, first)
    run.scaleToLogarithms(pieceAt, Math.ceil(piece.length / LANES), gain, offset, factor)
    piece.set(floats().subarray(first, first + piece.length))
  }
}
