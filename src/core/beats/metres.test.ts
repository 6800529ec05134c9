import { expect, test } from 'vitest'
import type { MonoAudio } from '../audio/audio.ts'
import { createRandom } from '../support/random.ts'
import { type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import {
  type DrumTrack,
  drumTrack,
  FAST_FIVE,
  HOUSE,
  SHUFFLE,
  SIX_EIGHT_ON_EIGHTHS,
  SLOW_SIX_EIGHT,
  WALTZ,
} from './drum-track.fixture.ts'
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
  ['5/4, of which half as many slow beats are no bars,', { pattern: FAST_FIVE, bpm: 182 }, 5],
  ['slow 6/8, whose beats divide by three,', { pattern: SLOW_SIX_EIGHT, bpm: 80, stepsPerBeat: 6 }, 2],
  [
    '6/8 of plain eighths, whose bars divide by three as well,',
    { pattern: SIX_EIGHT_ON_EIGHTHS, bpm: 80, stepsPerBeat: 6 },
    2,
  ],
])('%s has its tempo, beats and bars', (_, options, beatsPerBar) => {
  const grid = estimateGrid(drumTrack({ ...options, seconds: 80, offsetSeconds: OFFSET_SECONDS }))
  expect(Math.abs(grid.anchors[0]!.bpm - options.bpm)).toBeLessThan(0.02)
  expect(grid.beatsPerBar).toBe(beatsPerBar)
  const beat = 60 / options.bpm
  for (const beats of [0, 41, 73]) expect(missOf(grid, OFFSET_SECONDS + beats * beat)).toBeLessThan(NEAR_SECONDS)
  expect(isDownbeat(grid, OFFSET_SECONDS + 20 * beatsPerBar * beat)).toBe(true)
  expect(grid.firstPhrase % beatsPerBar).toBe(grid.firstDownbeat)
})

/** Strikes at random loudness on every half beat, low or like noise, as of a busy band. */
const busy = ({ samples, sampleRate }: MonoAudio, bpm: number): MonoAudio => {
  const random = createRandom(7)
  const louder = samples.slice()
  const step = (sampleRate * 30) / bpm
  for (let start = OFFSET_SECONDS * sampleRate; start < samples.length - step; start += step) {
    const level = 0.8 * random()
    const isLow = random() < 0.5
    for (let n = 0; n < step; n++) {
      const voice = isLow ? 1.5 * Math.sin((2 * Math.PI * 55 * n) / sampleRate) : 2 * random() - 1
      louder[Math.round(start) + n]! += level * Math.exp(-n / 600) * voice
    }
  }
  return { samples: louder, sampleRate }
}

test('a waltz is in 3 although most of what strikes has no bars', () => {
  const waltz = drumTrack({ pattern: WALTZ, bpm: 105, seconds: 80, offsetSeconds: OFFSET_SECONDS })
  const grid = estimateGrid(busy(waltz, 105))
  expect(grid.beatsPerBar).toBe(3)
  expect(isDownbeat(grid, OFFSET_SECONDS + 60 * (60 / 105))).toBe(true)
})
