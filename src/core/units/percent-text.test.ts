import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentText } from './percent-text.ts'

test.each([
  [0.8754, 1, '87.5 %'],
  [1, 1, '100.0 %'],
  [0.9996, 1, '99.9 %'],
  [0.9949, 0, '99 %'],
  [0.999999, 0, '99 %'],
  [0, 1, '0.0 %'],
  [0.0001, 1, '< 0.1 %'],
  [0.004, 0, '< 1 %'],
] as const)('%d with %i digits is %s', (share, digits, text) => expect(percentText(share, digits)).toBe(text))

test('only all is 100 %, and only nothing is 0 %', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(2), (share, digits) => {
      const text = percentText(share, digits)
      expect(text.startsWith('100')).toBe(share === 1)
      expect(/^0(?:\.0+)? %$/.test(text)).toBe(share === 0)
    }),
  )
})
