import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barOf, barRange, parsePlace, placeText, spanText } from './bar-text.ts'

const four = { beatsPerBar: 4, firstDownbeat: 0 }
const pickedUp = { beatsPerBar: 4, firstDownbeat: 3 }

test('a place is its bar and its beat in it, both from 1', () => {
  expect(placeText(four, 128)).toBe('33.1')
  expect(placeText(four, 130)).toBe('33.3')
  expect(placeText(pickedUp, 3)).toBe('1.1')
  expect(placeText(pickedUp, 0)).toBe('0.2')
  expect(barOf(pickedUp, 2)).toBe(0)
})

test('a span on bars is named by its first and last bar, another by its places', () => {
  expect(spanText(four, { startBeat: 64, endBeat: 128 })).toBe('bars 17–32')
  expect(spanText(four, { startBeat: 16, endBeat: 20 })).toBe('bar 5')
  expect(spanText(four, { startBeat: 17, endBeat: 32 })).toBe('bars 5.2 to 9.1')
  expect(barRange(four, { startBeat: 17, endBeat: 32 })).toBe('5.2 to 9.1')
  expect(barRange(four, { startBeat: 64, endBeat: 128 })).toBe('17–32')
  expect(barRange(four, { startBeat: 16, endBeat: 20 })).toBe('5')
})

test('what is typed is read as a place, and nothing else is', () => {
  expect(parsePlace(four, '33')).toBe(128)
  expect(parsePlace(four, ' 33.3 ')).toBe(130)
  expect(parsePlace(four, '33,3')).toBe(130)
  expect(['', 'x', '33.', '33.0', '33.5', '1.2.3', '3 4'].map((text) => parsePlace(four, text))).toEqual(
    Array(7).fill(null),
  )
})

test('every beat of every metre comes back exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 7 }), fc.nat(6), fc.nat(99_999), (beatsPerBar, first, beat) => {
      const metre = { beatsPerBar, firstDownbeat: first % beatsPerBar }
      expect(parsePlace(metre, placeText(metre, beat))).toBe(beat)
    }),
  )
})
