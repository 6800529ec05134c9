/**
 * @file Mel filterbank: overlapping triangles, equally wide on the mel scale of O'Shaughnessy (1987), 2595 · log10(1 + f / 700),
 * kept sparse (each band is a run of bins). Each band's weights sum to 1, so that a band gives the mean power of its bins and
 * white noise is flat. A band narrower than a bin takes the bins around its centre, so no band is empty.
 */
import type { Hertz } from '../units/units.ts'

export type MelOptions = {
  readonly sampleRate: Hertz
  readonly frameSize: number
  readonly bands: number
  readonly minHz: Hertz
  readonly maxHz: Hertz
}

/** Band b covers bins `firstBins[b]` … with weights `weights[b]`. */
export type MelFilterbank = {
  readonly bands: number
  readonly firstBins: Int32Array
  readonly weights: readonly Float32Array[]
  readonly centresHz: Float32Array
}

/** Puts two filterbanks side by side, so that one pass over a spectrum measures both. */
export const joinFilterbanks = (one: MelFilterbank, other: MelFilterbank): MelFilterbank => ({
  bands: one.bands + other.bands,
  firstBins: Int32Array.of(...one.firstBins, ...other.firstBins),
  weights: [...one.weights, ...other.weights],
  centresHz: Float32Array.of(...one.centresHz, ...other.centresHz),
})

export const hertzToMel = (hertz: Hertz): number => 2595 * Math.log10(1 + hertz / 700)
export const melToHertz = (mel: number): Hertz => 700 * (10 ** (mel / 2595) - 1)

export const createMelFilterbank = (options: MelOptions): MelFilterbank => {
  const { sampleRate, frameSize, bands } = options
  const lowest = hertzToMel(options.minHz)
  const step = (hertzToMel(options.maxHz) - lowest) / (bands + 1)
  const edgeHz = (edge: number): Hertz => melToHertz(lowest + step * edge)
  const binHz = sampleRate / frameSize
  const firstBins = new Int32Array(bands)
  const weights: Float32Array[] = []
  for (let band = 0; band < bands; band++) {
    const centre = edgeHz(band + 1) / binHz
    const rise = Math.max(1, centre - edgeHz(band) / binHz)
    const fall = Math.max(1, edgeHz(band + 2) / binHz - centre)
    const first = Math.max(0, Math.floor(centre - rise) + 1)
    const last = Math.min(frameSize >> 1, Math.ceil(centre + fall) - 1)
    const triangle = new Float32Array(last - first + 1)
    for (let bin = first; bin <= last; bin++)
      triangle[bin - first] = bin <= centre ? 1 - (centre - bin) / rise : 1 - (bin - centre) / fall
    const sum = triangle.reduce((total, weight) => total + weight, 0)
    weights.push(triangle.map((weight) => weight / sum))
    firstBins[band] = first
  }
  return { bands, firstBins, weights, centresHz: Float32Array.from({ length: bands }, (_, band) => edgeHz(band + 1)) }
}
