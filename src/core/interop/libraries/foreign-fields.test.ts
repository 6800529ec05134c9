import { expect, test } from 'vitest'
import { readDate, readYear } from './foreign-fields.ts'

test.each([
  ['2020', 2020],
  [' 2020-01-05', 2020],
  ['20201', null],
  ['99999', null],
  ['0', null],
  ['0000', null],
  ['MMXX', null],
  [undefined, null],
])('the year of %s is %s', (text, year) => expect(readYear(text)).toBe(year))

test.each([
  ['2025/4/16', '2025-04-16'],
  ['2025-04-16T10:00:00Z', '2025-04-16'],
  ['16.04.2025', null],
  ['2025-13-01', null],
])('the date of %s is %s', (text, date) => expect(readDate(text)).toBe(date))
