/**
 * @file Leaves out edges that only the best way through a lattice has.
 * Method: an edge counts by its posterior probability over all ways (forward–backward), neighbours within a bar taken together, since ways that
 * disagree by a beat or two agree that there is an edge. That finds more true edges among fewer wrong ones than the best way alone
 * (posterior decoding: Holmes & Durbin, J. Comp. Biol. 5, 1998). In dance music the best way among these edges is taken; in songs, where kinds
 * are hard to tell and the best way passes over edges, all of them. Shares chosen by nested grouped folds, decision 0066.
 * Conventions: nodes as in segment-lattice.ts; whatever the lattice forbids stays forbidden.
 */
import { cutPosteriors, type SegmentLattice } from './segment-lattice.ts'

/** Edges that fewer of all ways have are left out. */
const LEAST_SHARE = { dance: 0.4, song: 0.35 } as const
const NEAR_BEATS = 4
/** From this likeness on a track is a song. */
const LEAST_SONG = 0.5

type Place = {
  /** In beats, rising. */
  readonly nodes: readonly number[]
  readonly songShare: number
}

/** The likeliest inner node of each neighbourhood that has its share, rising. */
const likelyNodes = (cuts: Float64Array, nodes: readonly number[], least: number): readonly number[] => {
  const inner = [...nodes.keys()].slice(1, -1)
  const near = (node: number): readonly number[] =>
    inner.filter((other) => Math.abs(nodes[other]! - nodes[node]!) <= NEAR_BEATS)
  const likely: number[] = []
  for (const node of inner.toSorted((a, b) => cuts[b]! - cuts[a]! || a - b)) {
    const around = near(node)
    if (around.some((other) => likely.includes(other))) continue
    if (around.reduce((sum, other) => sum + cuts[other]!, 0) > least) likely.push(node)
  }
  return likely.sort((a, b) => a - b)
}

/** @returns the same lattice without the edges that too few ways have */
export const keepSharedEdges = (lattice: SegmentLattice, { nodes, songShare }: Place): SegmentLattice => {
  const cuts = cutPosteriors(lattice)
  if (cuts === null) return lattice
  const { nodeCount, labelCount, segmentScores } = lattice
  const isSong = songShare >= LEAST_SONG
  const last = nodeCount - 1
  const scoresOf = (from: number, to: number): Float64Array => {
    const cell = (from * nodeCount + to) * labelCount
    return segmentScores.subarray(cell, cell + labelCount)
  }
  const kept = [0, ...likelyNodes(cuts, nodes, LEAST_SHARE[isSong ? 'song' : 'dance']), last]
  // Where nothing may run from one edge to the next, all nodes between them stay.
  const open = kept.flatMap((node, at) => {
    const next = kept[at + 1]
    if (next === undefined || scoresOf(node, next).some((score) => score > -Infinity)) return [node]
    return Array.from({ length: next - node }, (_, step) => node + step)
  })
  const edges = new Set(kept)
  const shared = new Float64Array(segmentScores.length).fill(-Infinity)
  for (const [at, from] of open.entries())
    for (const to of open.slice(at + 1)) {
      shared.set(scoresOf(from, to), (from * nodeCount + to) * labelCount)
      if (isSong && edges.has(to)) break
    }
  return { ...lattice, segmentScores: shared }
}
