import fc from 'fast-check'
import { expect, it } from 'vitest'
import { slidingMedian } from './percussive-share.ts'

it('is the upper median of each shrinking window, along rows and columns alike', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1, 3, 7, 15),
      fc.integer({ min: 1, max: 3 }),
      (line, window, stride) => {
        const values = new Float32Array(line.length * stride)
        const medians = new Float32Array(values.length)
        for (const [at, value] of line.entries()) values[at * stride] = value
        slidingMedian(values, { offset: 0, stride, length: line.length, window }, medians)
        const half = window >> 1
        for (let at = 0; at < line.length; at++) {
          const around = line.slice(Math.max(0, at - half), at + half + 1).sort((a, b) => a - b)
          expect(medians[at * stride]).toBe(around[around.length >> 1])
        }
      },
    ),
  )
})
