import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyMixTrack } from './mix-track.fixture.ts'
import { type GraphWish, type MeasureStretch, type TransitionGraph, transitionGraph } from './transition-graph.ts'
import { type MixTrack, pairScore, type SetByHand, transitionTable } from './transition-table.ts'

const FREE = { mostRisePercent: null, mostFallPercent: null, leastBars: 1 }

/** Distances in a square table: from the end of the first to the beginning of the second. */
type Distances = readonly Float32Array[] | null

const graphOf = (
  tracks: readonly MixTrack[],
  distances: Distances,
  wish: GraphWish,
  byHand: readonly SetByHand[] = [],
  mostJudged = 1000,
): TransitionGraph =>
  transitionGraph(
    tracks,
    (order): MeasureStretch =>
      (from, first, end) =>
        distances && Float32Array.from(order.subarray(first, end), (to) => distances[from]![to]!),
    (from, to) => pairScore(tracks, FREE)(from, to, distances === null ? Number.NaN : distances[from]![to]!),
    wish,
    { byHand, mostJudged },
  )

const pool = fc.integer({ min: 1, max: 14 }).chain((count) =>
  fc.tuple(
    fc.array(anyMixTrack, { minLength: count, maxLength: count }),
    fc.option(
      fc.array(fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: count, maxLength: count }), {
        minLength: count,
        maxLength: count,
      }),
    ),
  ),
)
const wish = fc.record({
  exits: fc.integer({ min: 1, max: 4 }),
  least: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
})

/** What a person has set of a few pairs. */
const pairs = fc.uniqueArray(
  fc.record({
    from: fc.integer({ min: 0, max: 13 }),
    to: fc.integer({ min: 0, max: 13 }),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 8, selector: ({ from, to }) => `${from} ${to}` },
)

type Edge = { readonly from: number; readonly to: number; readonly score: number }

/** Every pair looked at, as the definition says. */
const allGood = (
  tracks: readonly MixTrack[],
  distances: Distances,
  least: number,
  byHand: readonly SetByHand[],
): readonly Edge[] => {
  const table = transitionTable(tracks, { from: (from) => distances?.[from] ?? null, into: () => null }, FREE, byHand)
  return tracks.flatMap((_, from) =>
    [...table.from(from)].flatMap((score, to) => (score >= least ? [{ from, to, score }] : [])),
  )
}

test('a graph is what looking at every pair would give', () => {
  fc.assert(
    fc.property(pool, wish, pairs, ([tracks, apart], { exits, least }, set) => {
      const byHand = set.filter(({ from, to }) => from !== to && from < tracks.length && to < tracks.length)
      const distances = apart?.map((row) => Float32Array.from(row)) ?? null
      const graph = graphOf(tracks, distances, { exits, least }, byHand)
      const good = allGood(tracks, distances, least, byHand)
      const best = tracks.flatMap((_, from) =>
        good
          .filter((edge) => edge.from === from)
          .sort((one, other) => other.score - one.score || one.to - other.to)
          .slice(0, exits),
      )
      const { from, to, score } = graph.transitions
      expect([...from].map((one, at) => ({ from: one, to: to[at], score: score[at] }))).toEqual(best)
      const numbers = tracks.map((_, at) => at)
      expect(graph.deadEnds).toEqual(numbers.filter((track) => !good.some((edge) => edge.from === track)))
      expect(graph.unreached).toEqual(numbers.filter((track) => !good.some((edge) => edge.to === track)))
      const groupOf = new Map(graph.islands.flatMap((island, at) => island.map((track) => [track, at])))
      expect(graph.islands.flat().toSorted((one, other) => one - other)).toEqual(numbers)
      for (const edge of good) expect(groupOf.get(edge.from)).toBe(groupOf.get(edge.to))
      // An island holds together: from its first track, good transitions reach all the others.
      for (const island of graph.islands) {
        const reached = new Set([island[0]!])
        for (let size = 0; size !== reached.size; ) {
          size = reached.size
          for (const edge of good)
            if (reached.has(edge.from) || reached.has(edge.to)) reached.add(edge.from).add(edge.to)
        }
        expect([...reached].toSorted((one, other) => one - other)).toEqual(island)
      }
    }),
    { numRuns: 200 },
  )
})

test('where not every pair can be judged, what is said is true all the same, and of what is not sure nothing is said', () => {
  fc.assert(
    fc.property(pool, wish, fc.integer({ min: 1, max: 150 }), ([tracks, apart], { exits, least }, mostJudged) => {
      const distances = apart?.map((row) => Float32Array.from(row)) ?? null
      const graph = graphOf(tracks, distances, { exits, least }, [], mostJudged)
      const good = allGood(tracks, distances, least, [])
      const { from, to, score } = graph.transitions
      for (const [at, one] of from.entries()) expect(good).toContainEqual({ from: one, to: to[at], score: score[at] })
      for (const dead of graph.deadEnds) expect(good.some((edge) => edge.from === dead)).toBe(false)
      for (const alone of graph.unreached) expect(good.some((edge) => edge.to === alone)).toBe(false)
      if (graph.unsure.length > 0) return
      const groupOf = new Map(graph.islands.flatMap((island, at) => island.map((track) => [track, at])))
      for (const edge of good) expect(groupOf.get(edge.from)).toBe(groupOf.get(edge.to))
      for (const edge of good) expect(graph.deadEnds).not.toContain(edge.from)
    }),
    { numRuns: 200 },
  )
})

test('an island that another one was joined to is looked at as a whole', () => {
  const end = { tempoBpm: 124, camelot: '8A', tuningCents: 0, energy: 0.5, voice: null, bass: null, bars: 16 }
  const ends = { 'outro to intro': end, 'break to intro': null, 'drop to drop': null, 'quick cut': null }
  const good = new Set(['0 1', '1 0', '2 3', '3 2', '4 5', '5 6', '6 4', '2 0', '2 4'])
  /** Whose ends match best: of each track its own group, and last what joins 2 with the others, first with 0. */
  const ranked = ['1652340', '0652341', '3650142', '2650143', '5601234', '6401235', '4501236']
  const graph = transitionGraph(
    ranked.map(() => ({ out: ends, into: ends })),
    (order) => (from, first, last) =>
      Float32Array.from(order.subarray(first, last), (to) => 0.1 * ranked[from]!.indexOf(String(to))),
    (from, to) => (good.has(`${from} ${to}`) ? 0.9 : 0.1),
    { exits: 5, least: 0.75 },
    { mostJudged: 34 },
  )
  expect([graph.islands, graph.unsure]).toEqual([[[0, 1, 2, 3, 4, 5, 6]], []])
})

test('islands come with the largest first, and a single track is one', () => {
  const end = { tempoBpm: 124, tuningCents: 0, energy: 0.5, voice: null, bass: null, bars: 16 }
  const inKey = (camelot: string): MixTrack => {
    const ends = {
      'outro to intro': { ...end, camelot },
      'break to intro': null,
      'drop to drop': null,
      'quick cut': null,
    }
    return { out: ends, into: ends }
  }
  const graph = graphOf(['5A', '1A', '1A', '2B', '2A', '5B'].map(inKey), null, { exits: 2, least: 0.9 })
  expect(graph.islands).toEqual([
    [1, 2, 3, 4],
    [0, 5],
  ])
  expect(graphOf([inKey('1A')], null, { exits: 2, least: 0.9 })).toMatchObject({
    islands: [[0]],
    deadEnds: [0],
    unreached: [0],
  })
  expect(graphOf([], null, { exits: 2, least: 0.9 }).islands).toEqual([])
})
