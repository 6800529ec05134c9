import { expect, test } from 'vitest'
import { beatsToSeconds, beatTimes, secondsToBeats } from './beat-grid.ts'
import { BREAKS, drumTrack, HOUSE, joinAudio } from './drum-track.fixture.ts'
import { shippedBarPhaseModel } from './estimate-grid.ts'
import { estimateMix } from './estimate-mix.ts'
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
