/** Two sounds that have nothing to do with each other are so far apart, as in a library. */
const USUAL_DISTANCE = Math.SQRT2

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

/** The distance of two vectors of length 1 grows with the root of what the database measures. */
const apart = (cosine: number): number => Math.sqrt(2 * Math.max(0, cosine))

export type SoundScale = (cosine: number) => {
  readonly distance: number
  /** Share of the sample that is further away. */
  readonly score: number
}

/** How far apart sounds are beside a sample of the others. @param sample in order */
export const soundScale = (sample: readonly number[]): SoundScale => {
  const usual = sample.length === 0 ? 1 : rootMeanSquare(sample.map(apart)) / USUAL_DISTANCE
  return (cosine) => ({
    distance: apart(cosine) / (usual || 1),
    score: sample.length === 0 ? 1 : sample.filter((one) => one > cosine).length / sample.length,
  })
}
