import type { Random } from '../core/support/random.ts'
import { createRandom } from '../core/support/random.ts'

export const pick = <Item>(items: readonly Item[], random: Random): Item => items[Math.floor(random() * items.length)]!
export const within = ([low, high]: readonly [number, number], random: Random): number => low + (high - low) * random()
export const chance = (probability: number, random: Random): boolean => random() < probability

/** An own stream of random numbers for each named part of a track, so that a change in one part leaves the others alone. */
export const randomFor = (seed: number, name: string): Random => {
  let hash = seed >>> 0
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0
  return createRandom(hash)
}
