import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leftOfText } from './left-of-text.ts'

test('words stand behind their point, before it near the right edge, and never leave a picture that they fit into', () => {
  expect([leftOfText(100, 5, 50, 320), leftOfText(300, 5, 50, 320), leftOfText(160, 5, 200, 320)]).toEqual([
    105, 245, 120,
  ])
  const pixels = fc.integer({ min: 0, max: 320 })
  fc.assert(
    fc.property(pixels, pixels, (x, width) => {
      const left = leftOfText(x, 5, width, 320)
      expect(left >= 0 && left + width <= 320).toBe(true)
    }),
  )
})
