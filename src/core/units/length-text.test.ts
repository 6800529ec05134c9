import { expect, test } from 'vitest'
import { lengthText } from './length-text.ts'

test.each([
  [0, '0 min'],
  [59.4, '59 min'],
  // An hour is never 60 minutes.
  [59.6, '1 h 0 min'],
  [119.6, '2 h 0 min'],
  [72_185, '1,203 h 5 min'],
])('%s minutes are %s', (minutes, text) => {
  expect(lengthText(minutes)).toBe(text)
})
