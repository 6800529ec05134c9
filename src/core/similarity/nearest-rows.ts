/** @file The nearest rows of many, each with the share of the others that are further away. */

export type Neighbour = {
  readonly row: number
  readonly distance: number
  /** Share of the others, 0 to 1, that are further away: "closer than 97 % of your tracks". */
  readonly score: number
}

export type NearestOptions = {
  /** The most rows to return. */
  readonly count: number
  /** Rows that are neither returned nor counted, such as the one asked about. */
  readonly except: ReadonlySet<number>
  /** Which of the others may be returned; all count for the score. @default all */
  readonly isWanted?: (row: number) => boolean
}

/** @param distances shape (rows) @returns the nearest first; equally distant ones in the order of their rows */
export const nearestRows = (
  distances: Float32Array,
  { count, except, isWanted = () => true }: NearestOptions,
): readonly Neighbour[] => {
  const nearest: { readonly row: number; readonly distance: number }[] = []
  for (let row = 0; row < distances.length; row++) {
    const distance = distances[row]!
    if (nearest.length === count && distance >= nearest[count - 1]!.distance) continue
    if (except.has(row) || !isWanted(row)) continue
    nearest.splice(nearest.findLastIndex((nearer) => nearer.distance <= distance) + 1, 0, { row, distance })
    if (nearest.length > count) nearest.pop()
  }
  const within = distancesWithin(distances, nearest.at(-1)?.distance ?? 0, except)
  const others = distances.length - except.size
  return nearest.map((one) => {
    const notFurther = within.filter((distance) => distance <= one.distance).length
    return { ...one, score: (others - notFurther) / others }
  })
}

/** The others that are at most `most` away; few, where only the nearest are wanted. */
const distancesWithin = (distances: Float32Array, most: number, except: ReadonlySet<number>): readonly number[] => {
  const within: number[] = []
  for (let row = 0; row < distances.length; row++)
    if (distances[row]! <= most && !except.has(row)) within.push(distances[row]!)
  return within
}
