import { expect, test } from 'vitest'
import { keyText } from './key-text.ts'

test('keys read as they are printed on the keyboard', () => {
  expect(keyText('Mod+K', false)).toBe('Ctrl K')
  expect(keyText('Mod+K', true)).toBe('⌘ K')
  expect(keyText('Shift+ArrowDown', false)).toBe('Shift ↓')
  expect(keyText('+', false)).toBe('+')
  expect(keyText('Alt+[', true)).toBe('⌥ [')
})
