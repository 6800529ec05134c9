import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { predictLogits } from './boosted-trees.ts'
import type { BoostedTrees } from './regression-trees.ts'

/** Trees of random shapes, some of them a single leaf; thresholds are among the values of the rows. */
const growRandomly = (
  seed: number,
  { trees, columns }: { readonly trees: number; readonly columns: number },
): BoostedTrees => {
  const random = createRandom(seed)
  const nodes: { feature: number; threshold: number; left: number; right: number; value: number }[] = []
  const grow = (depth: number): number => {
    const node = nodes.length
    const isLeaf = depth === 0 || random() < 0.3
    const value = Math.fround(random() - 0.5)
    nodes.push({ feature: -1, threshold: 0, left: 0, right: 0, value })
    if (isLeaf) return node
    const feature = Math.floor(random() * columns)
    const threshold = Math.floor(random() * 5) / 4
    nodes[node] = { feature, threshold, left: grow(depth - 1), right: grow(depth - 1), value: 0 }
    return node
  }
  return {
    classCount: 3,
    columnCount: columns,
    baseScores: Float32Array.of(0.1, -0.2, 0.3),
    treeRoots: Int32Array.from({ length: trees }, () => grow(6)),
    treeOutputs: Uint8Array.from({ length: trees }, (_, tree) => tree % 3),
    features: Int16Array.from(nodes, ({ feature }) => feature),
    thresholds: Float32Array.from(nodes, ({ threshold }) => threshold),
    lefts: Int32Array.from(nodes, ({ left }) => left),
    rights: Int32Array.from(nodes, ({ right }) => right),
    values: Float32Array.from(nodes, ({ value }) => value),
    covers: new Float32Array(nodes.length),
  }
}

test('many rows at once are told the same as each row alone, to the last bit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 48, max: 200 }), (seed, rowCount) => {
      const columns = 5
      const trees = growRandomly(seed, { trees: 7, columns })
      const random = createRandom(seed + 1)
      // Values that equal thresholds go left.
      const rows = Float32Array.from({ length: rowCount * columns }, () => Math.floor(random() * 9) / 8)
      const alone = Array.from({ length: rowCount }, (_, row) => [
        ...predictLogits(trees, rows.subarray(row * columns, (row + 1) * columns), 1),
      ])
      expect([...predictLogits(trees, rows, rowCount)]).toEqual(alone.flat())
    }),
    { numRuns: 50 },
  )
})
