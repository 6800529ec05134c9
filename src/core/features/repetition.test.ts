import fc from 'fast-check'
import { expect, it } from 'vitest'
import { windowSimilarity } from './repetition.ts'

const WIDTH = 3

it('averages the dot products along each diagonal', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(...Array.from({ length: WIDTH }, () => fc.integer({ min: -9, max: 9 }))), { maxLength: 14 }),
      fc.integer({ min: 1, max: 5 }),
      (rows, windowBeats) => {
        const windows = Math.max(0, rows.length - windowBeats + 1)
        const similarity = windowSimilarity(Float32Array.from(rows.flat()), WIDTH, windowBeats)
        expect(similarity).toHaveLength(windows * windows)
        for (let a = 0; a < windows; a++)
          for (let b = 0; b < windows; b++) {
            let sum = 0
            for (let step = 0; step < windowBeats; step++)
              for (let column = 0; column < WIDTH; column++) sum += rows[a + step]![column]! * rows[b + step]![column]!
            expect(similarity[a * windows + b]).toBeCloseTo(sum / windowBeats, 4)
          }
      },
    ),
  )
})
