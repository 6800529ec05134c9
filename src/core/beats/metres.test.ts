import { expect, test } from 'vitest'
import { type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import { type DrumTrack, drumTrack, HOUSE, SHUFFLE, WALTZ } from './drum-track.fixture.ts'
import { estimateGrid } from './estimate-grid.ts'

const NEAR_SECONDS = 0.01

const missOf = (grid: BeatGrid, seconds: number): number => {
  const beat = Math.round(secondsToBeats(grid, seconds))
  return Math.abs(beatsToSeconds(grid, beat) - seconds)
}

const isDownbeat = (grid: BeatGrid, seconds: number): boolean =>
  (Math.round(secondsToBeats(grid, seconds)) - grid.firstDownbeat) % grid.beatsPerBar === 0

const OFFSET_SECONDS = 0.4

test.each<[string, Omit<DrumTrack, 'seconds'>, number]>([
  ['a waltz', { pattern: WALTZ, bpm: 112 }, 3],
  ['a fast waltz', { pattern: WALTZ, bpm: 174 }, 3],
  ['a shuffle', { pattern: SHUFFLE, bpm: 124, stepsPerBeat: 3 }, 4],
  ['house', { pattern: HOUSE, bpm: 122 }, 4],
])('%s has its tempo, beats and bars', (_, options, beatsPerBar) => {
  const grid = estimateGrid(drumTrack({ ...options, seconds: 80, offsetSeconds: OFFSET_SECONDS }))
  expect(Math.abs(grid.anchors[0]!.bpm - options.bpm)).toBeLessThan(0.02)
  expect(grid.beatsPerBar).toBe(beatsPerBar)
  const beat = 60 / options.bpm
  for (const beats of [0, 41, 73]) expect(missOf(grid, OFFSET_SECONDS + beats * beat)).toBeLessThan(NEAR_SECONDS)
  expect(isDownbeat(grid, OFFSET_SECONDS + 20 * beatsPerBar * beat)).toBe(true)
  expect(grid.firstPhrase % beatsPerBar).toBe(grid.firstDownbeat)
})
