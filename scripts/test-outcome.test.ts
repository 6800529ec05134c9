import { expect, test } from 'vitest'
import { closingLines, filesToRepeat, type TestOutcome, withRepeated } from './test-outcome.ts'

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
