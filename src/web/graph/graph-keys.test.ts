import { expect, test } from 'vitest'
import { press } from '../kit/keys/press.fixture.ts'
import { graphActionOf } from './graph-keys.ts'

test('arrows walk, Enter and Backspace build the path, and single keys can be switched off', () => {
  expect(graphActionOf(press('ArrowRight'), false)).toBe('forward')
  expect(graphActionOf(press('Enter'), false)).toBe('add')
  expect(graphActionOf(press('Backspace'), false)).toBe('take back')
  expect(graphActionOf(press('+', { shiftKey: true }), true)).toBe('zoom in')
  expect(graphActionOf(press('h'), true)).toBe('hear')
  for (const key of ['h', 'c', '+', '-', '0']) expect(graphActionOf(press(key), false)).toBeNull()
  expect(graphActionOf(press(' '), false)).toBe('hear')
  expect(graphActionOf(press('ArrowRight', { ctrlKey: true }), true)).toBeNull()
})
