import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutPosteriors, findBestPath, type SegmentLattice } from './segment-lattice.ts'
import { keepSharedEdges } from './shared-edges.ts'

const LABELS = 2

/** @param scoreOf of the segment between two nodes, for either label */
const latticeOf = (nodeCount: number, scoreOf: (from: number, to: number, label: number) => number): SegmentLattice => {
  const segmentScores = new Float64Array(nodeCount * nodeCount * LABELS).fill(-Infinity)
  for (let from = 0; from < nodeCount; from++)
    for (let to = from + 1; to < nodeCount; to++)
      for (let label = 0; label < LABELS; label++)
        segmentScores[(from * nodeCount + to) * LABELS + label] = scoreOf(from, to, label)
  return {
    nodeCount,
    labelCount: LABELS,
    segmentScores,
    cutScores: new Float64Array(nodeCount),
    transitionScores: new Float64Array(LABELS * LABELS),
    initialScores: new Float64Array(LABELS),
    finalScores: new Float64Array(LABELS),
  }
}

const innerEdges = (lattice: SegmentLattice): readonly number[] =>
  findBestPath(lattice)!
    .segments.slice(1)
    .map(({ from }) => from)

const DANCE = 0
const SONG = 1

test('an edge that the best way has and few others is left out', () => {
  // One way with the edge is a little better than either without it, but there are two of those.
  const lattice = latticeOf(3, (from, to, label) => (to - from === 2 ? 1.9 : label === from ? 1 : -9))
  expect(innerEdges(lattice)).toEqual([1])
  expect(cutPosteriors(lattice)![1]).toBeLessThan(0.4)
  expect(innerEdges(keepSharedEdges(lattice, { nodes: [0, 32, 64], songShare: DANCE }))).toEqual([])
})

test('ways that disagree by a bar agree that there is an edge', () => {
  // An edge at node 1 or at node 2, never at both; each alone is too rare.
  const lattice = latticeOf(4, (from, to) => (from === 1 && to === 2 ? -Infinity : to - from === 3 ? 1.9 : 0))
  const [, first] = cutPosteriors(lattice)!
  expect(first).toBeLessThan(0.35)
  const near = { nodes: [0, 32, 36, 64], songShare: SONG }
  expect(innerEdges(keepSharedEdges(lattice, near))).toEqual([1])
  expect(innerEdges(keepSharedEdges(lattice, { ...near, nodes: [0, 16, 36, 64] }))).toEqual([])
})

test('a song has an edge that most of its ways have, where the best way passes over it', () => {
  // The best way has no edge; four others have one.
  const lattice = latticeOf(3, (from, to, label) => (to - from < 2 ? 0 : label === 0 ? 0.9 : -9))
  expect(innerEdges(lattice)).toEqual([])
  expect(innerEdges(keepSharedEdges(lattice, { nodes: [0, 32, 64], songShare: DANCE }))).toEqual([])
  expect(innerEdges(keepSharedEdges(lattice, { nodes: [0, 32, 64], songShare: SONG }))).toEqual([1])
})

test('there is a way wherever neighbours may follow each other, and none over what was forbidden', () => {
  const scores = fc.array(fc.oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.constant(-Infinity)), {
    minLength: 72,
    maxLength: 72,
  })
  fc.assert(
    fc.property(scores, fc.constantFrom(DANCE, SONG), (list, songShare) => {
      const lattice = latticeOf(6, (from, to, label) => {
        const score = list[(from * 6 + to) * LABELS + label]!
        return to === from + 1 ? Math.max(-9, score) : score
      })
      const path = findBestPath(keepSharedEdges(lattice, { nodes: [0, 8, 12, 24, 28, 40], songShare }))!
      for (const { from, to, label } of path.segments)
        expect(lattice.segmentScores[(from * 6 + to) * LABELS + label]).toBeGreaterThan(-Infinity)
    }),
  )
})
