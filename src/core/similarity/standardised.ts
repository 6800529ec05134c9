/** Every place as z-score over all vectors; a place that never changes is 0. */
export const standardised = (vectors: readonly Float32Array[]): readonly Float64Array[] => {
  const width = vectors[0]?.length ?? 0
  const columns = Array.from({ length: width }, (_, place) => {
    const values = vectors.map((vector) => vector[place]!)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
    return { mean, scale: deviation > 0 ? 1 / deviation : 0 }
  })
  return vectors.map((vector) =>
    Float64Array.from(columns, ({ mean, scale }, place) => (vector[place]! - mean) * scale),
  )
}

export const squaredDistance = (one: Float64Array, other: Float64Array): number =>
  one.reduce((sum, value, place) => sum + (value - other[place]!) ** 2, 0)
