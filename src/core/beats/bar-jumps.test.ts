import { expect, test } from 'vitest'
import { type BeatGrid, beatsToSeconds, isConstantTempo, secondsToBeats } from './beat-grid.ts'
import { BREAKS, type DrumPattern, drumTrack, HOUSE, joinAudio, WALTZ } from './drum-track.fixture.ts'
import { estimateGrid } from './estimate-grid.ts'

const BPM = 126
const BEAT_SECONDS = 60 / BPM
const NEAR_SECONDS = 0.02
/** Where the cut lies exactly is not asked for. */
const CLEAR_BEATS = 8

const barsRight = (grid: BeatGrid, start: number, beats: number, beatsPerBar: number): boolean[] =>
  Array.from({ length: Math.floor(beats / beatsPerBar) }, (_, bar) => start + bar * beatsPerBar * BEAT_SECONDS).map(
    (seconds) => {
      const beat = Math.round(secondsToBeats(grid, seconds))
      const isNear = Math.abs(beatsToSeconds(grid, beat) - seconds) < NEAR_SECONDS
      return isNear && (beat - grid.firstDownbeat) % grid.beatsPerBar === 0
    },
  )

test.each<[string, number, DrumPattern, number]>([
  ['half a beat', 0.5, HOUSE, 4],
  ['a beat', 1, HOUSE, 4],
  ['a beat and a half', 1.5, BREAKS, 4],
  ['two beats', 2, BREAKS, 4],
  ['three beats', 3, HOUSE, 4],
  ['a beat of a waltz', 1, WALTZ, 3],
])('bars begin anew where %s was put in between two alike patterns', (_, beats, pattern, beatsPerBar) => {
  const before = 96 * BEAT_SECONDS
  const start = before + beats * BEAT_SECONDS
  const grid = estimateGrid(
    joinAudio([
      drumTrack({ pattern, bpm: BPM, seconds: start }),
      drumTrack({ pattern, bpm: BPM, seconds: 84 * BEAT_SECONDS }),
    ]),
  )
  expect(isConstantTempo(grid)).toBe(false)
  expect(grid.beatsPerBar).toBe(beatsPerBar)
  expect(barsRight(grid, 0, 96 - CLEAR_BEATS, beatsPerBar)).not.toContain(false)
  const later = start + Math.ceil(CLEAR_BEATS / beatsPerBar) * beatsPerBar * BEAT_SECONDS
  expect(barsRight(grid, later, 84 - 2 * CLEAR_BEATS, beatsPerBar)).not.toContain(false)
  // Only the beats between the two parts have another length, and each has its own anchor.
  const lengths = grid.anchors.map(({ beat }, n) => (grid.anchors[n + 1]?.beat ?? grid.beatCount) - beat)
  const tempi = grid.anchors.filter((_anchor, n) => lengths[n] !== 1).map(({ bpm }) => Math.round(bpm))
  expect(tempi).toEqual([BPM, BPM])
})

test('another pattern in bars that run through is no cut', () => {
  const parts = [HOUSE, BREAKS, { ...HOUSE, kick: '................' }, HOUSE].map((pattern) =>
    drumTrack({ pattern, bpm: BPM, seconds: 48 * BEAT_SECONDS }),
  )
  const grid = estimateGrid(joinAudio(parts))
  expect(isConstantTempo(grid)).toBe(true)
  expect(barsRight(grid, 0, 184, 4)).not.toContain(false)
})
