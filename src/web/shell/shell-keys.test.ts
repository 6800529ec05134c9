import { expect, test } from 'vitest'
import { press } from '../kit/keys/press.fixture.ts'
import { shellActionOf, stepTowardsScreen } from './shell-keys.ts'

test('Ctrl or Cmd and K opens the palette, a question mark the keys, space plays', () => {
  expect(shellActionOf(press('k', { ctrlKey: true }), true)).toBe('palette')
  expect(shellActionOf(press('K', { metaKey: true }), true)).toBe('palette')
  expect(shellActionOf(press('?', { shiftKey: true }), true)).toBe('help')
  expect(shellActionOf(press('?', { shiftKey: true }), false)).toBeNull()
  expect(shellActionOf(press(' '), false)).toBe('play')
  expect(shellActionOf(press('k'), true)).toBeNull()
})

const SCREENS = [
  { path: '/training', key: 'T' },
  { path: '/desk/:track', key: null },
]
const step = (key: string, leading: number | null, nowMs: number) =>
  stepTowardsScreen(SCREENS, press(key), { leading, nowMs })

test('G and a letter soon after lead to a screen', () => {
  const first = step('g', null, 1000)
  expect(first).toEqual({ leading: 1000, goTo: null, isTaken: true })
  expect(step('t', first.leading, 1400)).toEqual({ leading: null, goTo: '/training', isTaken: true })
  expect(step('q', first.leading, 1400)).toEqual({ leading: null, goTo: null, isTaken: false })
  expect(step('t', first.leading, 4000).goTo).toBeNull()
  expect(step('s', null, 1000).isTaken).toBe(false)
})
