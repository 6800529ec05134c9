import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Label } from '../labels/label.ts'
import { createRandom } from '../support/random.ts'
import { edgesOf, placesFor } from './edge-doubts.ts'

const BEATS = 400

test('no place of an edge lies beyond another edge, be there a stretch without a label between them or not', () => {
  const parts = fc.array(fc.record({ gap: fc.constantFrom(0, 4, 6, 8), length: fc.integer({ min: 4, max: 40 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 1000 }), (lengths, seed) => {
      let end = 0
      const labels = lengths.map(({ gap, length }): Label => {
        const startBeat = end + gap
        end = startBeat + length
        return { kind: 'drop', source: 'user', startBeat, endBeat: end }
      })
      const random = createRandom(seed)
      const logits = Float32Array.from({ length: BEATS }, () => random() - 0.5)
      const edges = edgesOf(labels, { beats: BEATS })
      for (const edge of edges)
        for (const { beat } of placesFor(edge, edges, { logits, beatsPerBar: 4 })) {
          const [low, high] = [Math.min(beat, edge.beat), Math.max(beat, edge.beat)]
          expect(edges.filter((other) => other.beat !== edge.beat && other.beat >= low && other.beat <= high)).toEqual(
            [],
          )
        }
    }),
  )
})
