import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nthSmallest } from './nth-smallest.ts'

/** Often few different values, since equal ones are where such a search goes astray. */
const lists = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: 1e-6, max: 100, noNaN: true })), {
  minLength: 1,
  maxLength: 60,
})

test('it is what stands at that place once the values are sorted, whatever lies behind them', () => {
  fc.assert(
    fc.property(lists, fc.nat(), (list, at) => {
      const n = at % list.length
      const values = Float32Array.from([...list, -1e9, -1e9])
      expect(nthSmallest(values, list.length, n)).toBe(Float32Array.from(list).sort()[n])
      expect(values.subarray(0, list.length).toSorted()).toEqual(Float32Array.from(list).sort())
    }),
  )
})
