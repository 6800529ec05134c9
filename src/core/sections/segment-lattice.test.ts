import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cutPosteriors,
  findBestPath,
  type LatticeSegment,
  type SegmentLattice,
  stretchPosteriors,
} from './segment-lattice.ts'

/** Every segmentation of a lattice, with its score by the definition. */
const allPaths = (lattice: SegmentLattice): { segments: LatticeSegment[]; score: number }[] => {
  const { nodeCount, labelCount, segmentScores, cutScores, transitionScores, initialScores, finalScores } = lattice
  const found: { segments: LatticeSegment[]; score: number }[] = []
  const extend = (segments: LatticeSegment[], score: number): void => {
    const before = segments.at(-1)
    const from = before?.to ?? 0
    if (before && from === nodeCount - 1) found.push({ segments, score: score + finalScores[before.label]! })
    for (let to = from + 1; to < nodeCount; to++)
      for (let label = 0; label < labelCount; label++) {
        const entry = before
          ? transitionScores[before.label * labelCount + label]! + cutScores[from]!
          : initialScores[label]!
        const own = segmentScores[(from * nodeCount + to) * labelCount + label]!
        extend([...segments, { from, to, label }], score + entry + own)
      }
  }
  extend([], 0)
  return found
}

const latticeOf = (nodeCount: number, labelCount: number): fc.Arbitrary<SegmentLattice> => {
  const score = fc.oneof(
    { weight: 9, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(-Infinity) },
  )
  const scores = (length: number): fc.Arbitrary<Float64Array> =>
    fc.array(score, { minLength: length, maxLength: length }).map((list) => Float64Array.from(list))
  return fc.record({
    nodeCount: fc.constant(nodeCount),
    labelCount: fc.constant(labelCount),
    segmentScores: scores(nodeCount * nodeCount * labelCount),
    cutScores: scores(nodeCount),
    transitionScores: scores(labelCount * labelCount),
    initialScores: scores(labelCount),
    finalScores: scores(labelCount),
  })
}

const lattices = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 3 }))
  .chain(([nodes, labels]) => latticeOf(nodes, labels))

test('the best path is the best of all paths', () => {
  fc.assert(
    fc.property(lattices, (lattice) => {
      const best = Math.max(-Infinity, ...allPaths(lattice).map(({ score }) => score))
      const found = findBestPath(lattice)
      if (best === -Infinity) expect(found).toBeNull()
      else expect(found!.score).toBeCloseTo(best, 9)
    }),
  )
})

test('the path found has the score it claims and covers the track without gaps', () => {
  fc.assert(
    fc.property(lattices, (lattice) => {
      const found = findBestPath(lattice)
      if (!found) return
      expect(found.segments[0]!.from).toBe(0)
      expect(found.segments.at(-1)!.to).toBe(lattice.nodeCount - 1)
      for (let n = 1; n < found.segments.length; n++) expect(found.segments[n]!.from).toBe(found.segments[n - 1]!.to)
      const same = allPaths(lattice).find(({ segments }) => JSON.stringify(segments) === JSON.stringify(found.segments))
      expect(same!.score).toBeCloseTo(found.score, 9)
    }),
  )
})

test('posteriors are the shares of all paths', () => {
  fc.assert(
    fc.property(lattices, (lattice) => {
      const paths = allPaths(lattice).filter(({ score }) => score > -Infinity)
      const posteriors = stretchPosteriors(lattice)
      if (paths.length === 0) {
        expect(posteriors).toBeNull()
        return
      }
      const largest = Math.max(...paths.map(({ score }) => score))
      const expected = new Float64Array((lattice.nodeCount - 1) * lattice.labelCount)
      let total = 0
      for (const { segments, score } of paths) {
        const weight = Math.exp(score - largest)
        total += weight
        for (const { from, to, label } of segments)
          for (let node = from; node < to; node++) expected[node * lattice.labelCount + label]! += weight
      }
      for (let cell = 0; cell < expected.length; cell++)
        expect(posteriors![cell]).toBeCloseTo(expected[cell]! / total, 9)
    }),
  )
})

test('cut posteriors are those of the sum over all paths', () => {
  fc.assert(
    fc.property(lattices, (lattice) => {
      const paths = allPaths(lattice).filter(({ score }) => score > -Infinity)
      const cuts = cutPosteriors(lattice)
      if (paths.length === 0) {
        expect(cuts).toBeNull()
        return
      }
      const total = paths.reduce((sum, { score }) => sum + Math.exp(score), 0)
      for (let node = 0; node < lattice.nodeCount; node++) {
        const through = paths.filter(({ segments }) => segments.some(({ from, to }) => from === node || to === node))
        const share = through.reduce((sum, { score }) => sum + Math.exp(score), 0) / total
        expect(cuts![node]).toBeCloseTo(share, 9)
      }
    }),
  )
})
