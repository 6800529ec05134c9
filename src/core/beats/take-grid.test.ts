import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyGridEdit } from './apply-grid-edit.ts'
import { beatsToSeconds } from './beat-grid.ts'
import { constantGrid } from './constant-grid.fixture.ts'
import type { GridImport } from './grid-edit.ts'
import { shiftDownbeat } from './grid-edits.ts'
import { inMetre, isSameBeat } from './take-grid.ts'

const DURATION = 64
const OWN = { ...constantGrid(120, 128), tempoConfidence: 0.4, downbeatConfidence: 0.4 }
const theirs: GridImport = {
  kind: 'import',
  program: 'rekordbox',
  anchors: [
    { beat: 4, seconds: 2.5, bpm: 100 },
    { beat: 44, seconds: 26.5, bpm: 150 },
  ],
  firstDownbeat: 2,
  firstPhrase: 6,
  saysBars: true,
}

test('the grid of another program has its beats, bars and phrases, counted from the first beat of the track', () => {
  const grid = applyGridEdit(OWN, theirs, DURATION)
  // Four beats of 0.6 s before 2.5 s, and beats of 0.4 s from 26.5 s to the end.
  expect(beatsToSeconds(grid, 0)).toBeCloseTo(0.1, 9)
  expect(grid.beatCount).toBe(44 + 94)
  expect([grid.firstDownbeat, grid.firstPhrase]).toEqual([2, 6])
  expect(grid).toMatchObject({ tempoConfidence: 1, phaseConfidence: 1, downbeatConfidence: 1 })
  expect(applyGridEdit(OWN, { ...theirs, saysBars: false }, DURATION).downbeatConfidence).toBe(0.4)
})

test('phrases that begin anew go along with the nearest bar of the other program', () => {
  const own = applyGridEdit(OWN, { kind: 'phrases', seconds: [0, 20] }, DURATION)
  expect(own.laterPhrases).toEqual([40])
  const anchors = [{ beat: 0, seconds: 0, bpm: 120 }]
  const beatLater = { ...theirs, anchors, firstDownbeat: 1, firstPhrase: 1 }
  expect(applyGridEdit(own, beatLater, DURATION)).toMatchObject({ firstPhrase: 1, laterPhrases: [41] })
})

test('in another metre than it was offered in, a phrase begins with the nearest bar', () => {
  const own = applyGridEdit(OWN, { kind: 'metre', beats: 3, seconds: 0 }, DURATION)
  const grid = applyGridEdit(own, inMetre({ ...theirs, firstPhrase: 10 }, 3), DURATION)
  expect(grid).toMatchObject({ beatsPerBar: 3, firstDownbeat: 2, firstPhrase: 11 })
})

test('what is no grid is refused', () => {
  const [first, second] = theirs.anchors as [GridImport['anchors'][number], GridImport['anchors'][number]]
  for (const wrong of [
    { anchors: [] },
    { anchors: [second, first] },
    { anchors: [{ ...first, bpm: 0 }] },
    { anchors: [{ ...first, beat: 0.5 }] },
    { anchors: [{ ...first, seconds: Number.NaN }] },
    { firstDownbeat: 0.5 },
    { firstPhrase: 7 },
    { firstPhrase: Number.NaN },
    { anchors: [first, { ...second, bpm: 1e9 }] },
    { anchors: [{ ...first, bpm: 1e-9 }] },
    { anchors: [first, { ...second, beat: 46 }] },
    {
      anchors: [
        { ...first, bpm: 1e9 },
        { beat: 8, seconds: 4.5, bpm: 120 },
      ],
    },
    ...[1e9, 1e17, -1e300].map((seconds) => ({ anchors: [{ ...first, seconds }] })),
    { anchors: [{ ...first, beat: 1e15 }] },
  ])
    expect(() => applyGridEdit(OWN, { ...theirs, ...wrong }, DURATION)).toThrow(
      expect.objectContaining({ code: 'GRID_EDIT_INVALID' }),
    )
})

test('two grids have the same beats until one of them moves, counts other bars, or has another tempo', () => {
  expect(isSameBeat(OWN, OWN)).toBe(true)
  expect(isSameBeat(OWN, shiftDownbeat(OWN, 4))).toBe(true)
  for (const edit of [
    { kind: 'shift', beats: 1 },
    { kind: 'half-beat', direction: 'later' },
    { kind: 'double' },
    { kind: 'halve' },
    { kind: 'metre', beats: 3, seconds: 0 },
  ] as const)
    expect(isSameBeat(OWN, applyGridEdit(OWN, edit, DURATION))).toBe(false)
  fc.assert(
    fc.property(fc.double({ min: -0.2, max: 0.2, noNaN: true }), (seconds) => {
      const moved = applyGridEdit(OWN, { kind: 'nudge', seconds }, DURATION)
      if (Math.abs(Math.abs(seconds) - 0.01) > 1e-9) expect(isSameBeat(OWN, moved)).toBe(Math.abs(seconds) < 0.01)
    }),
  )
})
