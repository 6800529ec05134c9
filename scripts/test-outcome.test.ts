import { expect, test } from 'vitest'
import { closingLines, filesToRepeat, type TestOutcome, withRepeated } from './test-outcome.ts'
import { createTestProgress } from './test-progress.ts'

const outcome = (failures: Readonly<Record<string, number>>, strayErrors = 0): TestOutcome => ({
  files: Object.entries(failures).map(([file, failed]) => ({ file, passed: 3 - failed, failed, notes: [] })),
  strayErrors,
})

test('only the files that failed run once more', () => {
  expect(filesToRepeat(outcome({ 'a.test.ts': 0, 'b.test.ts': 2, 'c.test.ts': 1 }))).toEqual(['b.test.ts', 'c.test.ts'])
  expect(filesToRepeat(outcome({ 'a.test.ts': 0 }))).toEqual([])
})

test('many failures, or an error of no file, are not by chance', () => {
  expect(
    filesToRepeat(outcome({ 'a.test.ts': 1, 'b.test.ts': 1, 'c.test.ts': 1, 'd.test.ts': 1, 'e.test.ts': 1 })),
  ).toEqual([])
  expect(filesToRepeat(outcome({ 'a.test.ts': 1 }, 1))).toEqual([])
})

test('the second time counts, and the file is named', () => {
  const both = withRepeated(outcome({ 'a.test.ts': 0, 'b.test.ts': 2 }), outcome({ 'b.test.ts': 0 }))
  expect(closingLines(both)).toEqual(['Run once more alone, since 2 failed: b.test.ts', '6 passed, 0 failed'])
})

test('what fails again has failed', () => {
  const both = withRepeated(outcome({ 'a.test.ts': 0, 'b.test.ts': 2 }), outcome({ 'b.test.ts': 1 }, 1))
  expect(closingLines(both).at(-1)).toBe('5 passed, 2 failed')
})

test('of a run that is cut off, what had begun is named with the test it was at, then what had not begun; both have failed', () => {
  const progress = createTestProgress()
  expect(closingLines(progress.cutOff())).toEqual(['0 passed, 1 failed'])
  progress.hear({ kind: 'planned', files: ['a.test.ts', 'b.test.ts', 'c.test.ts', 'd.test.ts'] })
  for (const file of ['b.test.ts', 'c.test.ts', 'd.test.ts']) progress.hear({ kind: 'begun', file })
  progress.hear({ kind: 'trying', file: 'd.test.ts', test: 'first' })
  progress.hear({ kind: 'trying', file: 'd.test.ts', test: 'second' })
  progress.hear({ kind: 'ended', outcome: { file: 'b.test.ts', passed: 7, failed: 1, notes: ['Skipped: b'] } })
  expect(progress.outcome()).toBeNull()
  expect(closingLines(progress.cutOff())).toEqual([
    ...['Skipped: b', 'Not ended: c.test.ts', 'Not ended: d.test.ts, second', 'Not begun: a.test.ts'],
    '7 passed, 4 failed',
  ])
  const over = outcome({ 'a.test.ts': 0 })
  progress.hear({ kind: 'over', outcome: over })
  expect(progress.outcome()).toBe(over)
})
