import { expect, test } from 'vitest'
import { likelyAlternatives } from '../quality/doubtful-estimates.ts'
import type { BeatGrid } from './beat-grid.ts'
import { type DrumPattern, drumTrack } from './drum-track.fixture.ts'
import { estimateGrid } from './estimate-grid.ts'

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
