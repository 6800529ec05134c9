/** @file The nearest of many, and for how many of them that can be said. */

export type Neighbour = {
  readonly row: number
  readonly distance: number
  /** Share of the others, 0 to 1, that are further away: "closer than 97 % of your tracks". */
  readonly score: number
}

export type NearestOptions = {
  /** At most so many. */
  readonly count: number
  /** Rows that are no answer and do not count: the one that was asked about. */
  readonly except: ReadonlySet<number>
  /** Which of the others may be an answer; all count for the score. @default all */
  readonly isWanted?: (row: number) => boolean
}

/** @param distances shape (rows) @returns the nearest first; those that are equally far in the order of their rows */
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

/** Those of the others that are at most so far: few, where the nearest are asked for. */
const distancesWithin = (distances: Float32Array, most: number, except: ReadonlySet<number>): readonly number[] => {
  const within: number[] = []
  for (let row = 0; row < distances.length; row++)
    if (distances[row]! <= most && !except.has(row)) within.push(distances[row]!)
  return within
}
