import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drumNames } from '../../src/demo/drum-parts.ts'
import { GENRES } from '../../src/demo/genre.ts'
import { planTrack } from '../../src/demo/track-plan.ts'

/** The first five name them all. */
const SEEDS = 50
const PACKAGE = dirname(fileURLToPath(import.meta.resolve('supersonic-scsynth-samples')))

export const KEPT = join(import.meta.dirname, '..', '..', 'assets', 'demo')

/** The sampled drums that any track of the generator asks for, sorted. */
export const usedSamples = (): readonly string[] => {
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed)
  const names = GENRES.flatMap((genre) => seeds.flatMap((seed) => drumNames(planTrack(seed, genre))))
  return [...new Set(names)].filter((name) => !name.startsWith('synth-')).toSorted()
}

export const fromPackage = (name: string): Buffer => readFileSync(join(PACKAGE, 'samples', `${name}.flac`))
