/**
 * @file How the energy of a set is to go.
 * Conventions: 0 is the calmest track of the pool and 1 the most energetic one, so that an arc means the same in any music.
 */

/** Named arcs as energies at even distances, as DJs speak of them. */
export const ENERGY_ARCS = {
  'warm-up': [0.05, 0.3, 0.6],
  peak: [0.4, 0.75, 1, 0.9],
  closing: [0.9, 0.6, 0.1],
  wave: [0.3, 0.75, 0.4, 0.9, 0.45, 1],
  flat: [0.5],
} as const satisfies Readonly<Record<string, readonly number[]>>
export type EnergyArcName = keyof typeof ENERGY_ARCS
export const ENERGY_ARC_NAMES = Object.keys(ENERGY_ARCS) as readonly EnergyArcName[]

/** @param points energies at even distances, at least one @returns one for each place, between them in straight lines */
export const arcAt = (points: readonly number[], places: number): Float64Array =>
  Float64Array.from({ length: places }, (_, place) => {
    const at = places === 1 ? 0 : (place / (places - 1)) * (points.length - 1)
    const before = Math.min(points.length - 1, Math.floor(at))
    const after = Math.min(points.length - 1, before + 1)
    return points[before]! + (at - before) * (points[after]! - points[before]!)
  })

/** Share of the pool that is calmer, half of the equal ones included; what is not known lies in the middle. */
export const energyRanks = (energies: readonly (number | null)[]): Float64Array => {
  const known = energies.filter((energy) => energy !== null).sort((a, b) => a - b)
  const [first, last] = [new Map<number, number>(), new Map<number, number>()]
  for (const [at, energy] of known.entries()) {
    if (!first.has(energy)) first.set(energy, at)
    last.set(energy, at)
  }
  return Float64Array.from(energies, (energy) =>
    energy === null || known.length < 2 ? 0.5 : (first.get(energy)! + last.get(energy)!) / 2 / (known.length - 1),
  )
}
