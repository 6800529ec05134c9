import { expect, test } from 'vitest'
import { percentText, shownPercent, sureText } from './percent-text.ts'

test('a share has one digit after the point, and only the whole is 100 %', () => {
  expect(percentText(0.8754)).toBe('87.5 %')
  expect(percentText(0.9996)).toBe('99.9 %')
  expect(percentText(1)).toBe('100.0 %')
})

test('how sure a model is, is cut off to whole percent, so that only certainty is 100 %', () => {
  expect(sureText(0.987)).toBe('98 % sure')
  expect(sureText(0.9999)).toBe('99 % sure')
  expect(sureText(1)).toBe('100 % sure')
  expect(shownPercent(0.29)).toBe(29)
})
