import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beatsToSeconds } from '../beats/beat-grid.ts'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import type { ColumnRole } from '../features/column.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import { UserError } from '../support/user-error.ts'
import { findInnerChange } from './inner-change.ts'
import type { Label } from './label.ts'
import { type LabelContext, type LabelRequest, validateLabel } from './validate-label.ts'

/** A beat lasts half a second; beat 0 is at 0.25 s. */
const grid = constantGrid(120, 256, 0.25)
const context: LabelContext = { grid, labels: [] }
const drop = (span: Omit<LabelRequest, 'kind'>): LabelRequest => ({ kind: 'drop', ...span })
const errorOf = (request: LabelRequest, where: LabelContext = context): UserError | null => {
  try {
    validateLabel(request, where)
    return null
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

test('beats, seconds, or both that agree to half a beat give the same label', () => {
  const expected = { label: { kind: 'drop', startBeat: 32, endBeat: 64, source: 'user' }, warnings: [] }
  expect(validateLabel(drop({ startBeat: 32, endBeat: 64 }), context)).toEqual(expected)
  expect(validateLabel(drop({ startSeconds: 16.25, endSeconds: 32.25 }), context)).toEqual(expected)
  expect(validateLabel(drop({ startBeat: 32, endBeat: 64, startSeconds: 16.45, endSeconds: 32.01 }), context)).toEqual(
    expected,
  )
  expect(validateLabel(drop({ startBeat: 32, endSeconds: 32.25 }), context)).toEqual(expected)
  const error = errorOf(drop({ startBeat: 32, endBeat: 64, startSeconds: 16, endSeconds: 32.6 }))
  expect(error?.code).toBe('LABEL_TIMES_DISAGREE')
  expect(error?.message).toBe('The end is beat 64, at 32.250 s, but 32.6 s was given.')
  const oneEdge = errorOf(drop({ startBeat: 32, endBeat: 64, startSeconds: 17 }))
  expect(oneEdge?.message).toBe('The start is beat 32, at 16.250 s, but 17 s was given.')
})

test('where seconds are off by the same at both edges the beats are taken, and it is said', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200 }),
      fc.double({ min: -50, max: 50, noNaN: true }),
      (startBeat, offset) => {
        const [startSeconds, endSeconds] = [0.25 + startBeat / 2 + offset, 0.25 + (startBeat + 32) / 2 + offset]
        const given = drop({ startBeat, endBeat: startBeat + 32, startSeconds, endSeconds })
        const { label, warnings } = validateLabel(given, context)
        expect(label).toMatchObject({ startBeat, endBeat: startBeat + 32 })
        expect(warnings.map(({ code }) => code)).toEqual(Math.abs(offset) <= 0.25 ? [] : ['SECONDS_IGNORED'])
      },
    ),
  )
})

test.each([
  [{ startBeat: 64, endBeat: 64 }, 'LABEL_SPAN_INVALID'],
  [{ startBeat: 64, endBeat: 32 }, 'LABEL_SPAN_INVALID'],
  [{ startBeat: Number.NaN, endBeat: 32 }, 'LABEL_SPAN_INVALID'],
  [{ startBeat: 0, endBeat: Number.POSITIVE_INFINITY }, 'LABEL_SPAN_INVALID'],
  [{ startBeat: 0, endBeat: '32' as unknown as number }, 'LABEL_SPAN_INVALID'],
  [{ startBeat: 0 }, 'LABEL_SPAN_INVALID'],
  [{ startBeat: 0, endBeat: 3 }, 'LABEL_TOO_SHORT'],
  [{ startBeat: -1, endBeat: 32 }, 'LABEL_OUT_OF_TRACK'],
  [{ startBeat: 0, endBeat: 257 }, 'LABEL_OUT_OF_TRACK'],
  [{ startSeconds: 100, endSeconds: 140 }, 'LABEL_OUT_OF_TRACK'],
])('%j is refused as %s', (span, code) => {
  expect(errorOf(drop(span))?.code).toBe(code)
})

test.each(['Drop', '', null, 7, '__proto__'])('%j is no section kind', (kind) => {
  expect(errorOf({ kind, startBeat: 0, endBeat: 32 })?.code).toBe('LABEL_KIND_UNKNOWN')
})

test('the start and the end of a file in seconds are the first and the last beat', () => {
  const { label } = validateLabel(drop({ startSeconds: 0, endSeconds: 128.6 }), context)
  expect(label).toMatchObject({ startBeat: 0, endBeat: 256 })
})

test('off-beat edges snap to the nearest beat and say so; short sections are warned about', () => {
  const { label, warnings } = validateLabel(drop({ startBeat: 31.6, endBeat: 36 }), context)
  expect(label).toMatchObject({ startBeat: 32, endBeat: 36 })
  expect(warnings.map(({ code }) => code)).toEqual(['SNAPPED_TO_BEAT', 'SHORT_SECTION'])
  expect(warnings[0]!.message).toBe('Snapped to the nearest beat: 31.60 to 32.')
})

test('an overlap is refused with the ids, or left to painting', () => {
  const there: Label & { id: number } = { id: 12, kind: 'break', startBeat: 48, endBeat: 80, source: 'user' }
  const error = errorOf(drop({ startBeat: 32, endBeat: 64 }), { grid, labels: [there] })
  expect(error?.code).toBe('LABEL_OVERLAP')
  expect(error?.message).toBe('drop 32–64 overlaps break 48–80 (label 12).')
  expect(error?.details).toEqual({ overlapping: [12] })
  expect(errorOf(drop({ startBeat: 32, endBeat: 64 }), { grid, labels: [there], overlap: 'trim' })).toBeNull()
  expect(errorOf(drop({ startBeat: 32, endBeat: 48 }), { grid, labels: [there] })).toBeNull()
})

test('whatever comes in, the label is on beats of the track or the error is one the user can act on', () => {
  const edge = fc.option(fc.oneof(fc.double(), fc.integer({ min: -10, max: 300 })), { nil: undefined })
  fc.assert(
    fc.property(edge, edge, edge, edge, (startBeat, endBeat, startSeconds, endSeconds) => {
      const request = drop({ startBeat, endBeat, startSeconds, endSeconds })
      if (errorOf(request)) return
      const { label } = validateLabel(request, context)
      expect(Number.isInteger(label.startBeat) && Number.isInteger(label.endBeat)).toBe(true)
      expect(label.startBeat).toBeGreaterThanOrEqual(0)
      expect(label.endBeat).toBeLessThanOrEqual(grid.beatCount)
      expect(label.endBeat - label.startBeat).toBeGreaterThanOrEqual(4)
      if (startBeat !== undefined) expect(Math.abs(label.startBeat - startBeat)).toBeLessThanOrEqual(0.5)
      if (endSeconds !== undefined)
        expect(Math.abs(beatsToSeconds(grid, label.endBeat) - endSeconds)).toBeLessThanOrEqual(0.75)
    }),
  )
})

/** Levels that step up at `beat`, with a ripple that is not a change. */
const stepMatrix = (beat: number, roles: readonly ColumnRole[] = ['change']): FeatureMatrix =>
  wholeMatrix(128, (row, column) => {
    const isStep = column.roles.some((role) => roles.includes(role))
    return (isStep && row < beat ? -20 : 0) + (row % 4)
  })

test('a strong change inside a span is found where it is, and not outside the span or at its edge', () => {
  const matrix = stepMatrix(64)
  expect(findInnerChange(matrix, { startBeat: 32, endBeat: 96 })?.beat).toBe(64)
  expect(findInnerChange(matrix, { startBeat: 0, endBeat: 64 })).toBeNull()
  expect(findInnerChange(matrix, { startBeat: 59, endBeat: 128 })).toBeNull()
  // A voice that comes in begins no other section.
  expect(findInnerChange(stepMatrix(64, ['voice']), { startBeat: 32, endBeat: 96 })).toBeNull()
  expect(findInnerChange(stepMatrix(128, []), { startBeat: 32, endBeat: 96 })).toBeNull()
  const { warnings } = validateLabel(drop({ startBeat: 32, endBeat: 96 }), { ...context, features: matrix })
  expect(warnings).toEqual([
    { code: 'PERHAPS_TWO_TYPES', message: 'The sound changes at bar 17.1. Perhaps these are two sections.' },
  ])
})
