import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GENRES } from './genre.ts'
import { genreStyles } from './genre-styles.ts'
import { planTrack } from './track-plan.ts'
import { describeTruth } from './track-truth.ts'

const plans = fc.tuple(fc.nat(1_000_000), fc.constantFrom(...GENRES))

test('sections tile the track from beat 0, in whole bars after the pick-up', () => {
  fc.assert(
    fc.property(plans, ([seed, genre]) => {
      const { sections, firstDownbeat } = planTrack(seed, genre)
      let expected = 0
      for (const section of sections) {
        expect(section.startBeat).toBe(expected)
        expect((section.endBeat - firstDownbeat) % 4).toBe(0)
        expect(section.endBeat - section.startBeat).toBeGreaterThanOrEqual(8)
        expected = section.endBeat
      }
      expect(sections[0]!.kind).toBe('intro')
      expect(sections.at(-1)!.kind).toBe('outro')
    }),
  )
})

test('layers and sweeps stay within their section', () => {
  fc.assert(
    fc.property(plans, ([seed, genre]) => {
      for (const section of planTrack(seed, genre).sections) {
        for (const { startBeat, endBeat } of [...section.layers, ...section.sweeps]) {
          expect(startBeat).toBeGreaterThanOrEqual(section.startBeat)
          expect(endBeat).toBeLessThanOrEqual(section.endBeat)
          expect(endBeat).toBeGreaterThan(startBeat)
        }
      }
    }),
  )
})

test('tempi lie in the range of the genre, and the same seed gives the same plan', () => {
  fc.assert(
    fc.property(plans, ([seed, genre]) => {
      const plan = planTrack(seed, genre)
      const [slowest, fastest] = genreStyles[genre].tempoBpm
      expect(plan.bpm).toBeGreaterThanOrEqual(slowest)
      expect(plan.bpm).toBeLessThanOrEqual(fastest)
      expect(planTrack(seed, genre)).toEqual(plan)
    }),
  )
})

test('a fixed raster of 32 beats misses many section starts', () => {
  const starts = GENRES.flatMap((genre) =>
    [1, 2, 3].flatMap((seed) =>
      planTrack(seed, genre)
        .sections.slice(1)
        .map(({ startBeat }) => startBeat),
    ),
  )
  expect(starts.filter((beat) => beat % 32 !== 0).length / starts.length).toBeGreaterThan(0.4)
})

test('the truth tiles the file, starts sections on downbeats and counts beats by the tempo', () => {
  fc.assert(
    fc.property(plans, ([seed, genre]) => {
      const plan = planTrack(seed, genre)
      const truth = describeTruth(plan, 'x')
      expect(truth.segments[0]!.start).toBe(0)
      expect(truth.segments.at(-1)!.end).toBe(truth.duration_seconds)
      truth.segments.slice(1).forEach((segment, index) => {
        expect(segment.start).toBe(truth.segments[index]!.end)
        expect(truth.downbeat_times).toContain(segment.start)
      })
      const [first, last] = [truth.beat_times[0]!, truth.beat_times.at(-1)!]
      expect(((truth.beat_times.length - 1) * 60) / (last - first)).toBeCloseTo(plan.bpm, 3)
      expect(truth.downbeat_times[0]).toBe(truth.beat_times[plan.firstDownbeat])
    }),
    { numRuns: 30 },
  )
})
