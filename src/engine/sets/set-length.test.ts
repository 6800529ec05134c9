import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longerText, shorterText } from './set-length.ts'

test('what a set lacks, and the length that is shown beside it, make the length that was wished for', () => {
  expect(shorterText(60, 32.4, 6, 'Why.')).toBe('The set is 28 minutes shorter than wished. Why.')
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.double({ min: 0.1, max: 700, noNaN: true }),
      fc.integer({ min: 1, max: 80 }),
      (wished, minutes, tracks) => {
        const text = shorterText(wished, minutes, tracks, 'Why.') ?? longerText(wished, minutes, tracks)
        if (text === null) return
        const [, apart, way] = /^The set is ([\d,]+) minutes? (shorter|longer)/.exec(text)!
        const off = Number(apart!.replace(',', ''))
        expect(Math.round(minutes) + (way === 'shorter' ? off : -off)).toBe(wished)
      },
    ),
  )
})

test('one track more or less, or half a minute, is no other length', () => {
  for (const minutes of [52, 60, 70]) {
    expect(shorterText(60, minutes, 6, 'Why.')).toBeNull()
    expect(longerText(60, minutes, 5)).toBeNull()
  }
  expect(longerText(1, 1.4, 9)).toBeNull()
  expect(longerText(1, 9, 0)).toBeNull()
})
