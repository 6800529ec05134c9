/**
 * @file What differs between two versions of a set.
 * Method: the longest order that both have in common stays; whatever else is in both has moved.
 * Conventions: places from 0.
 */

export type ComparedPlace = {
  readonly trackId: number
  /** Null where the version does not have it. */
  readonly before: number | null
  readonly after: number | null
  readonly change: 'same' | 'moved' | 'came' | 'went'
}

/** The longest rising run of numbers, not necessarily next to each other (patience sorting). */
const longestRise = (values: readonly number[]): ReadonlySet<number> => {
  const ends: number[] = []
  const previous = new Map<number, number | undefined>()
  for (const value of values) {
    const found = ends.findIndex((end) => end >= value)
    const low = found < 0 ? ends.length : found
    previous.set(value, ends[low - 1])
    ends[low] = value
  }
  const rise = new Set<number>()
  for (let value: number | undefined = ends.at(-1); value !== undefined; value = previous.get(value)) rise.add(value)
  return rise
}

/** @param before ids of tracks in their order, each once @returns those of the later version in its order, then those that went */
export const comparePlaces = (before: readonly number[], after: readonly number[]): readonly ComparedPlace[] => {
  const placeBefore = new Map(before.map((id, at) => [id, at]))
  const stays = longestRise(after.flatMap((id) => placeBefore.get(id) ?? []))
  const now = new Set(after)
  return [
    ...after.map((trackId, at): ComparedPlace => {
      const was = placeBefore.get(trackId) ?? null
      const change = was === null ? 'came' : stays.has(was) ? 'same' : 'moved'
      return { trackId, before: was, after: at, change }
    }),
    ...before.flatMap((trackId, at): readonly ComparedPlace[] =>
      now.has(trackId) ? [] : [{ trackId, before: at, after: null, change: 'went' }],
    ),
  ]
}
