import { expect, test } from 'vitest'
import { likelyAlternatives } from '../quality/doubtful-estimates.ts'
import { applyGridEdit } from './apply-grid-edit.ts'
import { beatsToSeconds, beatTimes, secondsToBeats } from './beat-grid.ts'
import { BREAKS, drumTrack, HOUSE, joinAudio } from './drum-track.fixture.ts'
import { shippedBarPhaseModel } from './estimate-grid.ts'
import { estimateMix } from './estimate-mix.ts'
import type { HalfBeatEdit } from './grid-edit.ts'
import { observeSound } from './observe-sound.ts'

/** Each lasts whole bars. */
const TRACKS = [
  { bpm: 122, beats: 160 },
  { bpm: 128, beats: 160 },
  { bpm: 140, beats: 180 },
]

test('each track of a set has its own tempo and beats', () => {
  const parts = TRACKS.map(({ bpm, beats }) => drumTrack({ pattern: BREAKS, bpm, seconds: (beats * 60) / bpm }))
  const grid = estimateMix(observeSound(joinAudio(parts)), shippedBarPhaseModel)
  let start = 0
  for (const { bpm, beats } of TRACKS) {
    // The cut itself may lie a bar to either side.
    for (const beat of [8, beats / 2, beats - 8]) {
      const seconds = start + (beat * 60) / bpm
      const found = Math.round(secondsToBeats(grid, seconds))
      expect(Math.abs(beatsToSeconds(grid, found) - seconds)).toBeLessThan(0.02)
    }
    start += (beats * 60) / bpm
  }
  const times = beatTimes(grid)
  for (let beat = 1; beat < times.length; beat++) expect(times[beat]!).toBeGreaterThan(times[beat - 1]!)
})

const BUSY = {
  kick: 'x...x...x...x...',
  snare: '................',
  hat: 'xxxxxxxxxxxxxxxx',
  bass: 'x.xx..x.x.xx..x.',
}

test('two tracks of nearly one tempo each have their own bars', () => {
  const first = { pattern: HOUSE, bpm: 126, seconds: (163 * 60) / 126 }
  const second = { pattern: BUSY, bpm: 126.6, seconds: 80, seed: 5 }
  const grid = estimateMix(observeSound(joinAudio([drumTrack(first), drumTrack(second)])), shippedBarPhaseModel)
  const isDownbeat = (seconds: number): boolean => {
    const beat = Math.round(secondsToBeats(grid, seconds))
    return Math.abs(beatsToSeconds(grid, beat) - seconds) < 0.02 && (beat - grid.firstDownbeat) % grid.beatsPerBar === 0
  }
  for (const bar of [2, 20, 36]) expect(isDownbeat((bar * 240) / first.bpm)).toBe(true)
  for (const bar of [2, 20, 36]) expect(isDownbeat(first.seconds + (bar * 240) / second.bpm)).toBe(true)
})

/** Nothing says which half-beat is the beat. */
const UNDECIDED = {
  kick: 'x.x.x.x.x.x.x.x.',
  snare: '................',
  hat: '................',
  bass: '................',
}

test('half a beat later is offered for the track of a set that may be, and moves that one alone', () => {
  const part = (pattern: typeof UNDECIDED, bpm: number, beats: number) =>
    drumTrack({ pattern, bpm, seconds: (beats * 60) / bpm })
  const audio = joinAudio([part(BREAKS, 122, 160), part(UNDECIDED, 133, 160), part(BREAKS, 143, 180)])
  const duration = audio.samples.length / audio.sampleRate
  const grid = estimateMix(observeSound(audio), shippedBarPhaseModel)
  const [offered] = likelyAlternatives(grid)
  const [start, end] = [(160 * 60) / 122, (160 * 60) / 122 + (160 * 60) / 133]
  expect(offered).toMatchObject({ doubt: 'phase', edit: { kind: 'half-beat', direction: 'later' } })
  const { from, to } = offered!.edit as HalfBeatEdit
  expect(Math.abs(from! - start)).toBeLessThan(4)
  expect(Math.abs(to! - end)).toBeLessThan(4)
  const moved = applyGridEdit(grid, offered!.edit, duration)
  const between = (seconds: number): number => {
    const beat = secondsToBeats(moved, beatsToSeconds(grid, Math.round(secondsToBeats(grid, seconds))))
    return Math.abs(beat - Math.round(beat))
  }
  expect(between(start / 2)).toBeCloseTo(0, 6)
  expect(between((start + end) / 2)).toBeCloseTo(0.5, 6)
  expect(between((end + duration) / 2)).toBeCloseTo(0, 6)
})
