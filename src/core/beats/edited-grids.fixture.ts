/** Grids to edit in a track of 200 s, and what holds of every edited one. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { type BeatGrid, beatsToSeconds, beatTimes, secondsToBeats } from './beat-grid.ts'

export const DURATION = 200

/** Grids that keep the contract: beat 0 is the first in the track, the count fits the duration, and there are one or two tempi. */
export const grids = fc
  .record({
    bpm: fc.double({ min: 60, max: 200, noNaN: true }),
    phase: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    phrase: fc.integer({ min: 0, max: 15 }),
    secondBpm: fc.option(fc.double({ min: 60, max: 200, noNaN: true }), { nil: null }),
  })
  .map(({ bpm, phase, phrase, secondBpm }): BeatGrid => {
    const seconds = (phase * 60) / bpm
    const anchors = [{ beat: 0, seconds, bpm }]
    if (secondBpm !== null) anchors.push({ beat: 64, seconds: seconds + (64 * 60) / bpm, bpm: secondBpm })
    return {
      anchors,
      beatCount: Math.ceil(secondsToBeats({ anchors }, DURATION)),
      beatsPerBar: 4,
      firstDownbeat: phrase % 4,
      firstPhrase: phrase,
      tempoConfidence: 0.5,
      downbeatConfidence: 0.5,
      phraseConfidence: 0.5,
    }
  })

/** Of one tempo, and of nothing sure. */
export const GRID: BeatGrid = {
  anchors: [{ beat: 0, seconds: 0, bpm: 120 }],
  beatCount: 400,
  beatsPerBar: 4,
  firstDownbeat: 0,
  firstPhrase: 0,
  tempoConfidence: 0.5,
  downbeatConfidence: 0.5,
  phraseConfidence: 0.5,
}

export const expectContract = (grid: BeatGrid): void => {
  const times = beatTimes(grid)
  for (const rising of [
    Array.from(times),
    grid.anchors.map(({ beat }) => beat),
    grid.anchors.map(({ seconds }) => seconds),
  ])
    expect(rising.every((value, at) => at === 0 || value > rising[at - 1]!)).toBe(true)
  // No grid has more than 1,000 BPM, but at its joints.
  expect(times.length).toBeLessThan((DURATION * 1000) / 60 + 100)
  expect(times[0]).toBeGreaterThanOrEqual(-1e-6)
  expect(beatsToSeconds(grid, -1)).toBeLessThan(0)
  expect(times.at(-1)!).toBeLessThan(DURATION)
  expect(beatsToSeconds(grid, grid.beatCount)).toBeGreaterThanOrEqual(DURATION - 2e-6)
  expect(grid.firstPhrase % grid.beatsPerBar).toBe(grid.firstDownbeat)
  expect(grid.firstPhrase).toBeLessThan(4 * grid.beatsPerBar)
  const later = grid.laterPhrases ?? []
  for (const beat of later) expect((beat - grid.firstDownbeat) % grid.beatsPerBar).toBe(0)
  expect(later).toEqual(later.filter((beat, at) => beat > (later[at - 1] ?? 0) && beat < grid.beatCount))
}
