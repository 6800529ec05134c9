/**
 * @file Which tracks are joined by transitions, whichever way they lead.
 * Method: union by size with path halving (Tarjan and van Leeuwen 1984, https://doi.org/10.1145/62.2160).
 * Conventions: tracks are numbers from 0.
 */

export type Islands = {
  /** @returns false where the two were joined before */
  readonly join: (one: number, other: number) => boolean
  readonly areJoined: (one: number, other: number) => boolean
  /** How many tracks the island of one has. */
  readonly sizeOf: (track: number) => number
  /** The tracks of each island in order, the largest island first, then the one with the lowest track. */
  readonly list: () => readonly (readonly number[])[]
}

/** Islands without those that a transition which nobody has looked at may join to another; the largest stays. */
export const sureIslands = (
  islands: readonly (readonly number[])[],
  unsure: readonly number[],
): readonly (readonly number[])[] => {
  const isUnsure = new Set(unsure)
  return islands.filter((tracks, at) => at === 0 || !tracks.some((track) => isUnsure.has(track)))
}

export const trackIslands = (count: number): Islands => {
  const above = Int32Array.from({ length: count }, (_, track) => track)
  const sizes = new Int32Array(count).fill(1)
  const rootOf = (track: number): number => {
    let at = track
    while (above[at]! !== at) {
      above[at] = above[above[at]!]!
      at = above[at]!
    }
    return at
  }
  return {
    sizeOf: (track) => sizes[rootOf(track)]!,
    areJoined: (one, other) => rootOf(one) === rootOf(other),
    join: (one, other) => {
      let [large, small] = [rootOf(one), rootOf(other)]
      if (large === small) return false
      if (sizes[large]! < sizes[small]!) [large, small] = [small, large]
      above[small] = large
      sizes[large]! += sizes[small]!
      return true
    },
    list: () => {
      const islands = new Map<number, number[]>()
      for (let track = 0; track < count; track++) {
        const root = rootOf(track)
        const island = islands.get(root)
        if (island === undefined) islands.set(root, [track])
        else island.push(track)
      }
      return [...islands.values()].sort((one, other) => other.length - one.length || one[0]! - other[0]!)
    },
  }
}
