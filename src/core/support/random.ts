/** A source of uniform numbers in [0, 1). */
export type Random = () => number

/** mulberry32: 32-bit seeded generator, period 2^32; public domain, by Tommy Ettinger. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Fisher–Yates on a copy. */
export const shuffle = <Item>(items: readonly Item[], random: Random): Item[] => {
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1))
    const held = shuffled[last]!
    shuffled[last] = shuffled[pick]!
    shuffled[pick] = held
  }
  return shuffled
}
