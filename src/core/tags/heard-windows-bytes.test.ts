import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeHeardWindows, encodeHeardWindows } from './heard-windows-bytes.ts'

const unit = (values: readonly number[]): readonly number[] => values.map((value) => value / Math.hypot(...values))

test('windows come back to a 255th, their embeddings as near as no ear could tell', () => {
  const probability = fc.float({ min: 0, max: 1, noNaN: true })
  const direction = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 })
  const row = fc.record({
    tags: fc.array(probability, { minLength: 3, maxLength: 3 }),
    embedding: direction.filter((values) => Math.hypot(...values) > 0.1).map(unit),
  })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      const heard = {
        count: rows.length,
        seconds: 0.9985,
        tags: Float32Array.from(rows.flatMap(({ tags }) => tags)),
        embeddings: Float32Array.from(rows.flatMap(({ embedding }) => embedding)),
      }
      const back = decodeHeardWindows(encodeHeardWindows(heard))
      expect(back).toMatchObject({ count: rows.length, seconds: 0.9985 })
      expect(back.tags).toHaveLength(heard.tags.length)
      back.tags.forEach((value, at) => {
        expect(Math.abs(value - heard.tags[at]!)).toBeLessThanOrEqual(0.5 / 255 + 1e-6)
      })
      for (const [at, { embedding }] of rows.entries()) {
        const cosine = embedding.reduce((sum, value, place) => sum + value * back.embeddings[at * 16 + place]!, 0)
        expect(cosine).toBeGreaterThan(0.999)
      }
    }),
  )
})
