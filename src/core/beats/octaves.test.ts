import { expect, test } from 'vitest'
import { likelyAlternatives } from '../quality/doubtful-estimates.ts'
import type { BeatGrid } from './beat-grid.ts'
import { type DrumPattern, drumTrack } from './drum-track.fixture.ts'
import { estimateGrid } from './estimate-grid.ts'
import { METRES } from './metre-features.ts'
import { octaveByBars, octaveByBarsFeatures } from './octave-by-bars.ts'

const SONG: DrumPattern = {
  kick: 'x.......x.x.....',
  snare: '....x.......x...',
  hat: 'x.x.x.x.x.x.x.x.',
  bass: 'x.......x.x.....',
}

const BUSIER_SONG: DrumPattern = {
  kick: 'x.....x.x.......',
  snare: '....x.......x...',
  hat: 'x.x.x.x.x.x.x.x.',
  bass: 'x.....x.x.......',
}

/** Strikes as a song does at half the tempo, but its bars are half as long. */
const HALF_TIME: DrumPattern = {
  kick: 'x.....x.........',
  snare: '........x.......',
  hat: 'x...x...x...x...',
  bass: 'x.......x.......',
}

const gridOf = (pattern: DrumPattern, bpm: number): BeatGrid =>
  estimateGrid(drumTrack({ pattern, bpm, seconds: 90, offsetSeconds: 0.4 }))

test.each<[string, DrumPattern, number]>([
  ['a song', SONG, 96],
  ['a song', SONG, 102],
  ['another song', BUSIER_SONG, 96],
  ['half-time drums', HALF_TIME, 160],
  ['half-time drums', HALF_TIME, 176],
])('the length of bars says which octave the tempo of %s has', (_, pattern, bpm) => {
  const grid = gridOf(pattern, bpm)
  expect(grid.anchors).toHaveLength(1)
  expect(Math.abs(grid.anchors[0]!.bpm - bpm)).toBeLessThan(0.05)
})

test('where strikes say twice the tempo and bars do not, half of it is offered', () => {
  const grid = gridOf(SONG, 90)
  expect(Math.abs(grid.anchors[0]!.bpm - 180)).toBeLessThan(0.05)
  expect(likelyAlternatives(grid)).toContainEqual(expect.objectContaining({ doubt: 'tempo', edit: { kind: 'halve' } }))
})

test('under sixteenths, 6/8 divides by three all the same, unless the fast beat itself comes again as well', () => {
  const repeats = { one: [0.28, 0.45, 0.5, 0.47], two: [0.45, 0.5, 0.47, 0.46] }
  const evidenceOf = (fastBeat: number) => ({
    byRepetition: 0.8,
    metres: METRES.map(() => 0.2),
    thirds: { ...repeats, whole: [0.1, fastBeat, 0.5, 0.5] },
    barCycles: new Array<number>(65).fill(0),
  })
  const ternaryOf = (fastBeat: number): number => octaveByBarsFeatures(evidenceOf(fastBeat))[1]![2]!
  expect(ternaryOf(0.2)).toBeCloseTo(0.1, 9)
  expect(ternaryOf(0.6)).toBeCloseTo(0.02, 9)
  expect(octaveByBars(evidenceOf(0.2))).toBeLessThan(0.1)
  expect(octaveByBars(evidenceOf(0.6))).toBeGreaterThan(0.6)
})
