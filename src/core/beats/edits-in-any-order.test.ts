import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UserError } from '../support/user-error.ts'
import { applyGridEdit } from './apply-grid-edit.ts'
import { type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import { beginPhrases } from './begin-phrases.ts'
import { DURATION, expectContract, GRID, grids } from './edited-grids.fixture.ts'
import type { GridEdit } from './grid-edit.ts'
import { moveHalfBeat, reAnchor } from './grid-edits.ts'

/** Somewhere in the track, its ends included. */
const seconds = fc.oneof(fc.double({ min: 0, max: DURATION, noNaN: true }), fc.constantFrom(0, DURATION))

/** Edits in the order that somebody may make them in. */
const edits = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('shift' as const), beats: fc.maxSafeInteger() }),
    fc.record({ kind: fc.constant('shift-phrase' as const), bars: fc.maxSafeInteger() }),
    fc.record({
      kind: fc.constant('phrases' as const),
      seconds: fc.uniqueArray(seconds, { minLength: 1, maxLength: 4 }).map((all) => all.toSorted((a, b) => a - b)),
    }),
    fc.record({ kind: fc.constantFrom('halve' as const, 'double' as const, 'confirm' as const) }),
    fc.record({
      kind: fc.constant('half-beat' as const),
      direction: fc.constantFrom('later' as const, 'earlier' as const),
    }),
    fc
      .record({ direction: fc.constantFrom('later' as const, 'earlier' as const), from: seconds, to: seconds })
      .map((edit) => ({ kind: 'half-beat' as const, ...edit })),
    fc.record({
      kind: fc.constant('nudge' as const),
      seconds: fc.double({ min: -DURATION, max: DURATION, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('tempo' as const), bpm: fc.double({ min: 20, max: 430, noNaN: true }), seconds }),
    fc.record({
      kind: fc.constant('re-anchor' as const),
      as: fc.constantFrom('beat' as const, 'downbeat' as const),
      seconds,
    }),
    fc.record({ kind: fc.constantFrom('pin' as const), seconds }),
    fc
      .record({
        anchors: fc.uniqueArray(
          fc.record({
            beat: fc.integer({ min: -8, max: 400 }),
            seconds: fc.oneof(seconds, fc.constantFrom(-1, 1e9, -1e9, 1e17, -1e300)),
            bpm: fc.oneof(fc.double({ min: 60, max: 200, noNaN: true }), fc.constantFrom(1e-9, 1e9, 1e300)),
          }),
          { minLength: 1, maxLength: 3, selector: ({ beat }) => beat },
        ),
        saysBars: fc.boolean(),
      })
      .map(({ anchors, saysBars }) => ({
        ...{ kind: 'import' as const, program: 'rekordbox', firstDownbeat: 0, firstPhrase: 0, saysBars },
        anchors: anchors.toSorted((a, b) => a.beat - b.beat),
      })),
    fc.record({ kind: fc.constant('metre' as const), beats: fc.integer({ min: 2, max: 7 }), seconds }),
  ),
  { maxLength: 8 },
)

/** The grid as it was where an edit is refused. */
const edited = (grid: BeatGrid, edit: GridEdit): BeatGrid => {
  try {
    return applyGridEdit(grid, edit, DURATION)
  } catch (error) {
    if (error instanceof UserError) return grid
    throw error
  }
}

test('edits keep the contract in any order', () => {
  fc.assert(
    fc.property(grids, edits, (plain, all) => {
      let grid = plain
      for (const edit of all) {
        grid = edited(grid, edit)
        expectContract(grid)
      }
    }),
  )
})

test('before the place that was set last, phrases begin anew and a part moves as they do after it', () => {
  const set = reAnchor(GRID, { seconds: 100, as: 'downbeat', durationSeconds: DURATION })
  expect(set.anchors).toEqual([{ beat: 200, seconds: 100, bpm: 120 }])
  const begun = beginPhrases(set, [0, 41.5], DURATION)
  expectContract(begun)
  // A beat is put in before 41.5 s; what was set keeps its place.
  expect(begun.laterPhrases?.map((beat) => beatsToSeconds(begun, beat))).toEqual([41.5])
  expect(beatsToSeconds(begun, begun.laterPhrases![0]! + 117)).toBeCloseTo(100, 9)
  const moved = moveHalfBeat(set, { direction: 'later', from: 40, to: 60 }, DURATION)
  expectContract(moved)
  const offBeat = (at: number): number => Math.abs(secondsToBeats(moved, at) - Math.round(secondsToBeats(moved, at)))
  for (const [at, off] of [
    [20, 0],
    [50, 0.5],
    [100, 0],
  ] as const)
    expect(offBeat(at)).toBeCloseTo(off, 6)
})

test('a grid that an earlier version put out of order is edited as any other', () => {
  const anchors = [
    { beat: 200, seconds: 100, bpm: 120 },
    { beat: 81, seconds: 40.5, bpm: 60 },
    { beat: 82, seconds: 41.5, bpm: 120 },
  ]
  for (const edit of [
    { kind: 'nudge', seconds: 0.01 },
    { kind: 're-anchor', seconds: 50, as: 'beat' },
    { kind: 'double' },
    { kind: 'half-beat', direction: 'later' },
    { kind: 'phrases', seconds: [0, 60.5] },
  ] as const)
    expectContract(applyGridEdit({ ...GRID, beatCount: 399, anchors }, edit, DURATION))
})

test('what is nowhere in the track, or no number of beats, is refused', () => {
  for (const edit of [
    { kind: 'tempo', bpm: 120, seconds: 1e15 },
    { kind: 'tempo', bpm: 120, seconds: -1 },
    { kind: 'pin', seconds: DURATION + 1 },
    { kind: 're-anchor', seconds: -0.1, as: 'beat' },
    { kind: 'shift', beats: 1e308 },
    { kind: 'shift-phrase', bars: -1e308 },
  ] as const)
    expect(() => applyGridEdit(GRID, edit, DURATION)).toThrow(expect.objectContaining({ code: 'GRID_EDIT_INVALID' }))
})
