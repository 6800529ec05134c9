/**
 * @file Moves tracks so that what mixes lies close.
 * Method: ForceAtlas2 (Jacomy et al. 2014, https://doi.org/10.1371/journal.pone.0098679) of graphology, from given places on; it
 * uses no chance, so the same tracks and transitions give the same picture.
 * Conventions: as in `graph-places.ts`.
 */
import { UndirectedGraph } from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import type { KeptTransitions } from './transition-graph.ts'

/** Its types say that it is an ES module, which it is not. */
const layout = forceAtlas2 as unknown as typeof forceAtlas2.default

/** Where forces between all pairs would take longer than those between groups of tracks. */
const APPROXIMATE_FROM = 500
/** What 10,000 tracks take a few seconds for; fewer tracks are cheap to settle further. */
const [MOST_ROUNDS, LEAST_ROUNDS, ROUNDS_SHARED] = [300, 60, 300_000] as const

/** @param places where each track begins, shape (tracks, 2) @returns where it comes to rest */
export const settleGraph = (places: Float64Array, { from, to, score }: KeptTransitions): Float64Array => {
  const count = places.length / 2
  const graph = new UndirectedGraph()
  for (let track = 0; track < count; track++) graph.addNode(track, { x: places[2 * track]!, y: places[2 * track + 1]! })
  for (let at = 0; at < from.length; at++) graph.mergeEdge(from[at]!, to[at]!, { weight: score[at]! })
  const iterations = Math.round(Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, ROUNDS_SHARED / Math.max(1, count))))
  const settings = {
    ...layout.inferSettings(graph),
    barnesHutOptimize: count > APPROXIMATE_FROM,
    edgeWeightInfluence: 1,
  }
  layout.assign(graph, { iterations, settings })
  const settled = new Float64Array(places.length)
  graph.forEachNode((node, { x, y }) => {
    settled[2 * Number(node)] = x as number
    settled[2 * Number(node) + 1] = y as number
  })
  return settled
}
