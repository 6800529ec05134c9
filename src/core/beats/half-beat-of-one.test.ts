import { expect, test } from 'vitest'
import { applyGridEdit } from './apply-grid-edit.ts'
import { type BeatGrid, beatsToSeconds, beatTimes, secondsToBeats } from './beat-grid.ts'
import { DURATION, GRID } from './edited-grids.fixture.ts'
import { joinGrids } from './join-grids.ts'

test('half a beat later in one track of a set leaves the others where they are, and its doubt is settled', () => {
  const half = 60 / 126 / 2
  const tracks = [
    { startSeconds: 0, grid: { ...GRID, anchors: [{ beat: 0, seconds: 0.2, bpm: 124 }] } },
    { startSeconds: 70, grid: { ...GRID, anchors: [{ beat: 0, seconds: 70, bpm: 126 }] } },
    { startSeconds: 130, grid: { ...GRID, anchors: [{ beat: 0, seconds: 130.1, bpm: 130 }] } },
  ]
  const set: BeatGrid = {
    ...joinGrids(tracks, DURATION),
    phaseConfidence: 0.6,
    alternatives: [
      { doubt: 'phase', edit: { kind: 'half-beat', direction: 'later', from: 70, to: 130 }, probability: 0.4 },
      { doubt: 'phase', edit: { kind: 'half-beat', direction: 'later', from: 130, to: DURATION }, probability: 0.3 },
    ],
  }
  const moved = applyGridEdit(set, set.alternatives![0]!.edit, DURATION)
  expect(beatTimes(moved).at(-1)!).toBeLessThan(DURATION)
  expect(beatsToSeconds(moved, -1)).toBeLessThan(0)
  expect(moved.firstPhrase % 4).toBe(moved.firstDownbeat)
  const offBy = (seconds: number): number => {
    const beat = secondsToBeats(moved, seconds)
    return Math.abs(beat - Math.round(beat))
  }
  const isDownbeat = (seconds: number): boolean =>
    (Math.round(secondsToBeats(moved, seconds)) - moved.firstDownbeat) % moved.beatsPerBar === 0
  for (const bar of [0, 12, 34]) expect(offBy(0.2 + (bar * 240) / 124)).toBeLessThan(1e-6)
  for (const bar of [1, 12, 30]) {
    expect(offBy(70 + half + (bar * 240) / 126)).toBeLessThan(1e-6)
    expect(isDownbeat(70 + half + (bar * 240) / 126)).toBe(true)
  }
  for (const bar of [1, 12, 30]) {
    expect(offBy(130.1 + (bar * 240) / 130)).toBeLessThan(1e-6)
    expect(isDownbeat(130.1 + (bar * 240) / 130)).toBe(true)
  }
  expect(moved.alternatives).toEqual([set.alternatives![1]])
  expect(moved.phaseConfidence).toBeCloseTo(0.7, 9)
  const times = beatTimes(moved)
  for (let beat = 1; beat < times.length; beat++) expect(times[beat]! - times[beat - 1]!).toBeGreaterThan(0.2)
  for (const to of [60, 70])
    expect(() => applyGridEdit(set, { kind: 'half-beat', direction: 'later', from: 70, to }, DURATION)).toThrow(
      /after 1:10\.0/,
    )
})

test('half a beat in a part that nobody doubted leaves the confidence in the rest as it was', () => {
  const edit = { kind: 'half-beat', direction: 'later', from: 70, to: 130 } as const
  const elsewhere = { doubt: 'phase', edit: { ...edit, from: 130, to: DURATION }, probability: 0.3 } as const
  for (const set of [
    { ...GRID, phaseConfidence: 0.4 },
    { ...GRID, phaseConfidence: 0.4, alternatives: [elsewhere] },
  ]) {
    const { phaseConfidence, alternatives } = applyGridEdit(set, edit, DURATION)
    expect({ phaseConfidence, alternatives }).toEqual({ phaseConfidence: 0.4, alternatives: set.alternatives })
  }
})
