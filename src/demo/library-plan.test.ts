import { expect, test } from 'vitest'
import { SECTION_KINDS } from '../core/labels/section-kind.ts'
import { createRandom, shuffle } from '../core/support/random.ts'
import { type LibraryTrack, planLibrary } from './library-plan.ts'

const countKinds = (tracks: readonly LibraryTrack[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = Object.fromEntries(SECTION_KINDS.map((kind) => [kind, 0]))
  for (const { plan } of tracks) for (const { kind } of plan.sections) counts[kind]!++
  return counts
}

const rarest = (tracks: readonly LibraryTrack[]): number => Math.min(...Object.values(countKinds(tracks)))

test.each([1, 2, 3, 7, 2026])('seed %i: every kind occurs at least twenty times in 24 tracks', (seed) => {
  expect(rarest(planLibrary(seed, 24))).toBeGreaterThanOrEqual(20)
})

test.each([1, 2, 3, 7, 2026])('seed %i: two thirds of the tracks hold at least ten sections of every kind', (seed) => {
  const library = planLibrary(seed, 24)
  const thirds = [0, 1, 2].map((held) => library.filter((_, index) => index % 3 !== held))
  for (const labelled of [library.slice(0, 16), library.slice(8), ...thirds])
    expect(rarest(labelled)).toBeGreaterThanOrEqual(10)
})

test('nearly any draw of two thirds can be trained on', () => {
  const library = planLibrary(1, 24)
  const ready = Array.from(
    { length: 200 },
    (_, seed) => rarest(shuffle(library, createRandom(seed)).slice(0, 16)) >= 10,
  )
  expect(ready.filter(Boolean).length).toBeGreaterThanOrEqual(190)
})

test('the same seed gives the same library, and a longer one begins with it', () => {
  expect(planLibrary(5, 24)).toEqual(planLibrary(5, 24))
  expect(planLibrary(5, 24).slice(0, 6)).toEqual(planLibrary(5, 6))
  expect(planLibrary(6, 6)).not.toEqual(planLibrary(5, 6))
})

test('ids are unique, and an artist has one to three tracks', () => {
  const library = planLibrary(1, 24)
  expect(new Set(library.map(({ id }) => id)).size).toBe(24)
  const byArtist = Map.groupBy(library, ({ plan }) => plan.artist)
  for (const tracks of byArtist.values()) expect(tracks.length).toBeLessThanOrEqual(3)
  expect(byArtist.size).toBeGreaterThanOrEqual(10)
})
