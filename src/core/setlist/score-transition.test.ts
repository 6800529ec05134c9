import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scoreTransition, type Transition, type TransitionEnd } from './score-transition.ts'

const HOUSE: TransitionEnd = { tempoBpm: 124, camelot: '8A', tuningCents: 0, energy: 0.4, voice: 0, bass: 0 }
const UNKNOWN: TransitionEnd = {
  tempoBpm: null,
  camelot: null,
  tuningCents: null,
  energy: null,
  voice: null,
  bass: null,
}

const into = (
  change: Partial<TransitionEnd>,
  out: Partial<TransitionEnd> = {},
  distance: number | null = 0,
): Transition => scoreTransition({ ...HOUSE, ...out }, { ...HOUSE, ...change }, distance)
const scoreOf = (transition: Transition, name: string): number | null =>
  transition.parts.find(({ part }) => part === name)!.score

test('an end that sounds like the beginning, without voice and bass, is a perfect transition', () => {
  expect(into({}).score).toBe(1)
})

test.each([
  ['sound', into({}, {}, Math.SQRT2), 0.5],
  ['sound', into({}, {}, 2), 0],
  ['key', into({ camelot: '9A' }), 0.9],
  ['key', into({ camelot: '8B' }), 0.9],
  ['key', into({ camelot: '2A' }), 0.2],
  ['key', into({ tuningCents: 30 }), 0.7],
  ['key', into({ tuningCents: 45 }, { tuningCents: -45 }), 1],
  ['tempo', into({ tempoBpm: 125 }), 1],
  ['tempo', into({ tempoBpm: 124 * 1.045 }), 0.5],
  ['tempo', into({ tempoBpm: 140 }), 0],
  ['tempo', into({ tempoBpm: 62 }), 1],
  ['energy', into({ energy: 0.65 }), 0.5],
  ['voices', into({ voice: 1 }), 1],
  ['voices', into({ voice: 0.8 }, { voice: 0.6 }), 0.4],
  ['basses', into({ bass: 1 }, { bass: 1 }), 0.4],
  ['energy', into({ energy: null }), null],
] as const)('%s is judged by what is known of it (%#)', (name, transition, score) => {
  if (score === null) expect(scoreOf(transition, name)).toBeNull()
  else expect(scoreOf(transition, name)).toBeCloseTo(score, 6)
})

test('a clash that everybody hears is not made up for by the rest', () => {
  expect(into({ tempoBpm: 140 }).score).toBeLessThan(0.5)
  expect(into({ camelot: '3B', tempoBpm: 133 }).score).toBeLessThan(0.5)
  expect(into({ voice: 1 }, { voice: 1 }).score).toBeLessThan(0.7)
})

test('what is not known does not count, and where nothing is known there is no score', () => {
  expect(scoreTransition(UNKNOWN, HOUSE, null)).toMatchObject({ score: null })
  const some = { ...UNKNOWN, tempoBpm: 124 * 1.045 }
  expect(scoreTransition(HOUSE, some, null).score).toBeCloseTo(0.5, 6)
})

const share = fc.double({ min: 0, max: 1, noNaN: true })
const end = fc.record<TransitionEnd>({
  tempoBpm: fc.option(fc.double({ min: 60, max: 200, noNaN: true })),
  camelot: fc.option(
    fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('A', 'B')).map((parts) => parts.join('')),
  ),
  tuningCents: fc.option(fc.double({ min: -50, max: 50, noNaN: true })),
  energy: fc.option(share),
  voice: fc.option(share),
  bass: fc.option(share),
})
const distances = fc.option(fc.double({ min: 0, max: 5, noNaN: true }))

test('a score lies between 0 and 1, never above its best part or below its worst, and is the same in double time', () => {
  fc.assert(
    fc.property(end, end, distances, (out, beginning, distance) => {
      const { score, parts } = scoreTransition(out, beginning, distance)
      const known = parts.flatMap((part) => part.score ?? [])
      expect(score === null).toBe(known.length === 0)
      if (score === null) return
      for (const one of known) expect(one).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(Math.max(0.05, ...known) + 1e-9)
      expect(score).toBeGreaterThanOrEqual(Math.min(...known) - 1e-9)
      const doubled = (track: TransitionEnd) => ({ ...track, tempoBpm: track.tempoBpm && 2 * track.tempoBpm })
      expect(scoreTransition(doubled(out), doubled(beginning), distance).score).toBeCloseTo(score, 9)
      // Tempi that lie two octaves apart are never played together.
      const octaves = Math.log2((beginning.tempoBpm ?? 1) / (out.tempoBpm ?? 1))
      if (Math.abs(octaves) < 0.49)
        expect(scoreTransition(out, doubled(beginning), distance).score).toBeCloseTo(score, 9)
    }),
  )
})

test('less voice, less bass and a nearer sound never make it worse', () => {
  fc.assert(
    fc.property(end, end, fc.double({ min: 0, max: 5, noNaN: true }), share, (out, beginning, distance, factor) => {
      const before = scoreTransition(out, beginning, distance).score!
      const calmer = {
        ...beginning,
        voice: beginning.voice && beginning.voice * factor,
        bass: beginning.bass && beginning.bass * factor,
      }
      expect(scoreTransition(out, calmer, distance * factor).score!).toBeGreaterThanOrEqual(before - 1e-9)
    }),
  )
})
