import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteRange } from './byte-range.ts'

test.each([
  ['bytes=0-9', { first: 0, last: 9 }],
  ['bytes=90-', { first: 90, last: 99 }],
  ['bytes=90-1000', { first: 90, last: 99 }],
  ['bytes=-10', { first: 90, last: 99 }],
  ['bytes=-5000', { first: 0, last: 99 }],
  ['Bytes = 3-3', { first: 3, last: 3 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=100-200', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-2', null],
  ['bytes=abc', null],
  ['bytes=-', null],
  ['bytes=', null],
  ['bytes=1-2-3', null],
  ['bytes=0-9,20-29', null],
  ['lines=0-9', null],
  [undefined, null],
])('%s of 100 bytes is %j', (header, expected) => {
  expect(byteRange(header, 100)).toEqual(expected)
})

test('whatever is asked for lies within the bytes', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(), (noise, from, to, length) => {
      for (const header of [noise, `bytes=${noise}`, `bytes=${from}-${to}`, `bytes=-${to}`, `bytes=${from}-`]) {
        const range = byteRange(header, length)
        if (range === null || range === 'unsatisfiable') continue
        expect(0 <= range.first && range.first <= range.last && range.last < length).toBe(true)
      }
    }),
  )
})
