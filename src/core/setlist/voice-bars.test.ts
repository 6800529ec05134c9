import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { obstacleOf } from './obstacles.ts'
import { type MixEnds, transitionTable } from './transition-table.ts'
import { sharedVoiceBars, voiceBarsOf } from './voice-bars.ts'

const grid = constantGrid(120, 640)
/** Windows of half a second: a beat each. */
const sings = (...beats: readonly (readonly [number, number])[]) => ({
  count: 640,
  seconds: 0.5,
  windows: Uint8Array.from({ length: 640 }, (_, at) => Number(beats.some(([from, to]) => at >= from && at < to))),
})

test('a bar has a voice where half of it has, counted from where both tracks meet', () => {
  const voice = sings([512, 520], [522, 524], [639, 640])
  expect(voiceBarsOf(voice, grid, { startBeat: 512, endBeat: 544 }, false)).toBe(0b111)
  expect(voiceBarsOf(voice, grid, { startBeat: 512, endBeat: 544 }, true)).toBe(0b11100000)
  expect(voiceBarsOf(voice, grid, { startBeat: 608, endBeat: 640 }, true)).toBe(0)
  expect(voiceBarsOf(sings([0, 640]), grid, { startBeat: 0, endBeat: 640 }, false)).toBe(0xffffffff)
})

test('voices share as many of the bars as both have', () => {
  const bars = fc.array(fc.boolean(), { minLength: 32, maxLength: 32 })
  const bitsOf = (heard: readonly boolean[]): number => heard.reduce((sum, one, at) => sum + (one ? 2 ** at : 0), 0)
  fc.assert(
    fc.property(bars, bars, fc.integer({ min: 1, max: 32 }), (one, other, count) => {
      const both = one.slice(0, count).filter((heard, at) => heard && other[at]).length
      expect(sharedVoiceBars(bitsOf(one), bitsOf(other), count)).toBeCloseTo(both / count, 12)
    }),
  )
})

test('two tracks that both sing for half of the window are refused only where they sing at once', () => {
  const end = { tempoBpm: 124, camelot: '8A', tuningCents: 0, energy: 0.4, voice: 0.5, bass: 0, bars: 16 }
  const ends = (voiceBars: number | undefined, tempoBpm = 124): MixEnds => ({
    'outro to intro': { ...end, tempoBpm, voiceBars },
    'break to intro': null,
    'drop to drop': null,
    'quick cut': null,
  })
  const [early, late, unknown] = [ends(0x00ff), ends(0xff00), ends(undefined)]
  const silent = { from: () => null, into: () => null }
  const limits = { mostRisePercent: null, mostFallPercent: null, mostVoices: 0.25, leastBars: 1 }
  const pool = [early, late, early, unknown, ends(0xff00, 248)].map((one) => ({ out: one, into: one }))
  const row = transitionTable(pool, silent, limits).from(0)
  expect([...row].map(obstacleOf)).toEqual(['the same track', null, 'voices', 'voices', 'voices'])
  const free = transitionTable(pool, silent, { ...limits, mostVoices: null }).from(0)
  expect(free[1]).toBeGreaterThan(free[2]!)
})
