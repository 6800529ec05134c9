import { expect, test } from 'vitest'
import { kindText } from './kind-text.ts'

test('a kind has its colour where colours are shown, and is plain elsewhere', () => {
  expect(kindText('drop', true)).toBe('\u001b[38;2;239;68;68mdrop\u001b[39m')
  expect(kindText('drop', false)).toBe('drop')
})
