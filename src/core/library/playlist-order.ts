/** Orders of tracks in a playlist; an import may hold a track several times, so that no step may lose or double one. */

const withoutRepeats = (trackIds: readonly number[]): readonly number[] => [...new Set(trackIds)]

/** Where a track stands first; the end where there is no such track. */
const placeOf = (order: readonly number[], before: number | null): number => {
  const at = before === null ? -1 : order.indexOf(before)
  return at < 0 ? order.length : at
}

/** Puts tracks in front of another one, or at the end. Tracks that are there already stay where they are. */
export const addToOrder = (
  order: readonly number[],
  trackIds: readonly number[],
  before: number | null,
): readonly number[] => {
  const known = new Set(order)
  return order.toSpliced(placeOf(order, before), 0, ...withoutRepeats(trackIds).filter((id) => !known.has(id)))
}

/** Moves tracks, in the order that they have, in front of another one, or to the end. A track that is not there is passed over. */
export const moveInOrder = (
  order: readonly number[],
  trackIds: readonly number[],
  before: number | null,
): readonly number[] => {
  const moved = new Set(trackIds)
  // Whoever drops tracks on one of them means the next that stays.
  const target = before === null ? -1 : order.indexOf(before)
  const next = target < 0 ? undefined : order.slice(target).find((id) => !moved.has(id))
  const staying = order.filter((id) => !moved.has(id))
  return staying.toSpliced(placeOf(staying, next ?? null), 0, ...order.filter((id) => moved.has(id)))
}

/** What tracks come to stand in front of when they move one place up or down: past the next that stays. @returns null where they stand at that end already */
export const stepTarget = (
  order: readonly number[],
  trackIds: readonly number[],
  by: -1 | 1,
): { readonly before: number | null } | null => {
  const moved = new Set(trackIds)
  const places = order.flatMap((id, at) => (moved.has(id) ? [at] : []))
  if (places.length === 0) return null
  const target = by < 0 ? places[0]! - 1 : places.at(-1)! + 2
  return target < 0 || target > order.length ? null : { before: order[target] ?? null }
}
