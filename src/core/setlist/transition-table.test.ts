import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MIX_STYLES, STYLE_WORTH } from './mix-styles.ts'
import { anyMixTrack } from './mix-track.fixture.ts'
import { obstacleOf } from './obstacles.ts'
import { scoreTransition, type TransitionEnd } from './score-transition.ts'
import { type MixTrack, type TableLimits, transitionTable } from './transition-table.ts'

const distance = fc.option(fc.double({ min: 0, max: 4, noNaN: true }).map(Math.fround))
const FREE: TableLimits = { mostRisePercent: null, mostFallPercent: null, leastBars: 1 }
const SILENT = { from: () => null, into: () => null }

test('a row and a column hold for each track what the best style scores by itself', () => {
  fc.assert(
    fc.property(anyMixTrack, anyMixTrack, distance, (one, other, far) => {
      const table = transitionTable(
        [one, other],
        {
          from: () => (far === null ? null : Float32Array.of(0, far)),
          into: () => (far === null ? null : Float32Array.of(far, 0)),
        },
        FREE,
      )
      const scores = MIX_STYLES.flatMap((style) => {
        const [out, into] = [one.out[style], other.into[style]]
        const score = out && into && scoreTransition(out, into, far).score
        return score === null ? [] : [STYLE_WORTH[style] * score]
      })
      const [reached, back] = [table.from(0)[1]!, table.into(1)[0]!]
      expect(back).toBe(reached)
      if (scores.length === 0) expect(obstacleOf(reached)).toBe('nothing known')
      else expect(reached).toBeCloseTo(Math.max(...scores), 9)
      expect(obstacleOf(table.from(0)[0]!)).toBe('the same track')
    }),
  )
})

const HOUSE: TransitionEnd = { tempoBpm: 124, camelot: '8A', tuningCents: 0, energy: 0.4, voice: 0.9, bass: 0 }
const only = (end: TransitionEnd, bars = 16): MixTrack => {
  const side = { ...end, bars }
  const ends = { 'outro to intro': side, 'break to intro': null, 'drop to drop': null, 'quick cut': null }
  return { out: ends, into: ends }
}

test('what a person has set counts instead, whatever its bars and voices are, but not where the tempi lie too far apart', () => {
  const tracks = [HOUSE, HOUSE, { ...HOUSE, tempoBpm: 140 }].map((end) => only(end, 4))
  const limits = { ...FREE, leastBars: 16, mostRisePercent: 8 }
  const byHand = [
    { from: 0, to: 1, score: 0.4 },
    { from: 0, to: 2, score: 0.9 },
  ]
  const { from, into } = transitionTable(tracks, SILENT, limits, byHand)
  expect([from(0)[1], into(1)[0]]).toEqual([0.4, 0.4])
  expect([from(1)[0]!, from(0)[2]!, into(2)[0]!].map(obstacleOf)).toEqual(['bars', 'tempo', 'tempo'])
})

test('steps of the tempo and short transitions can be ruled out, each by its name, and what is not known cannot', () => {
  const tracks = [
    HOUSE,
    { ...HOUSE, tempoBpm: 128 },
    { ...HOUSE, tempoBpm: 120 },
    { ...HOUSE, voice: 0.2 },
    { ...HOUSE, tempoBpm: null, voice: null },
  ].map((end) => only(end))
  const obstacles = (limits: Partial<TableLimits>): readonly unknown[] =>
    [...transitionTable([...tracks, only(HOUSE, 31)], SILENT, { ...FREE, ...limits }).from(0)].slice(1).map(obstacleOf)
  expect(obstacles({})).toEqual([null, null, null, null, null])
  expect(obstacles({ mostRisePercent: 3 })).toEqual(['tempo', null, null, null, null])
  expect(obstacles({ mostFallPercent: 3 })).toEqual([null, 'tempo', null, null, null])
  expect(obstacles({ leastBars: 32 })).toEqual(['bars', 'bars', 'bars', 'bars', 'bars'])
  // 31 bars over 31 bars are a transition of 16.
  const long = [only(HOUSE, 31), only(HOUSE, 31), only(HOUSE, 32)]
  const rows = transitionTable(long, SILENT, { ...FREE, leastBars: 16 }).from(0)
  expect([...rows].map((score) => score >= 0)).toEqual([false, true, true])
  // 31 bars over 31 bars of twice the tempo are a transition of 8, over 32 of half the tempo one of 16.
  const other = [only(HOUSE, 31), only({ ...HOUSE, tempoBpm: 248 }, 31), only({ ...HOUSE, tempoBpm: 62 }, 32)]
  const octaves = transitionTable(other, SILENT, { ...FREE, leastBars: 16 }).from(0)
  expect([...octaves].map(obstacleOf)).toEqual(['the same track', 'bars', null])
})
