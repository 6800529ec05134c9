import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HeardTrack } from './gridded-track.ts'
import { drawWorld } from './transfer.ts'

/** Six sources of eight tracks each; in every second source one artist made half of them. */
const tracks = Array.from({ length: 48 }, (_, index) => {
  const source = index % 6
  const artist = source % 2 === 0 && index < 24 ? `artist of ${source}` : null
  return { track: { id: `track ${index}`, source: `source ${source}`, artist } } as unknown as HeardTrack
})
const sourcesOf = (some: readonly HeardTrack[]): Set<string> => new Set(some.map(({ track }) => track.source))
const artistsOf = (some: readonly HeardTrack[]): Set<string> =>
  new Set(some.flatMap(({ track }) => (track.artist === null ? [] : [track.artist])))
const shared = (some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] =>
  [...some].filter((one) => others.has(one))

test('a base model knows no source of the world, and no artist is on both sides of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
      const { labelled, judged, rest } = drawWorld(tracks, seed)!
      expect(labelled).toHaveLength(20)
      expect(judged.length).toBeGreaterThan(0)
      expect(shared(sourcesOf(rest), sourcesOf([...labelled, ...judged]))).toEqual([])
      expect(shared(artistsOf(labelled), artistsOf(judged))).toEqual([])
      expect(new Set([...labelled, ...judged, ...rest]).size).toBe(labelled.length + judged.length + rest.length)
    }),
  )
})

test('where nothing is left to judge there is no world', () => {
  expect(drawWorld(tracks.slice(0, 15), 1)).toBeNull()
})
