import { expect, test } from 'vitest'
import { isOlder } from './is-older.ts'

test.each([
  ['0.1.0', '0.2.0', true],
  ['0.9.0', '0.10.0', true],
  ['1.2.3', '1.2.4', true],
  ['0.2.0', '0.1.0', false],
  ['0.1.0', '0.1.0', false],
  ['1.0.0', '0.9.9', false],
  ['', '0.1.0', false],
])('%s is older than %s: %s', (one, other, older) => {
  expect(isOlder(one, other)).toBe(older)
})
