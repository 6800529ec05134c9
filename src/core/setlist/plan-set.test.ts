import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENERGY_ARCS, energyRanks } from './energy-arc.ts'
import { scoreOfObstacle } from './obstacles.ts'
import { scoreChosen } from './order-problem.ts'
import { type PoolTrack, planSet, type SetWish } from './plan-set.ts'
import { columnOf, generatedPool, keepRows } from './set-pool.fixture.ts'

const WISH: SetWish = { minutes: 60, arc: ENERGY_ARCS.peak, artistGap: 1, mustPlay: [], fixed: [], seed: 1 }
const { tracks, edgesFrom } = generatedPool(60, 2)
const plan = (wish: Partial<SetWish>, pool = tracks, edges = edgesFrom): ReturnType<typeof planSet> =>
  planSet(pool, { from: keepRows(edges), into: keepRows(columnOf(edges, pool.length)) }, { ...WISH, ...wish })
const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'none'
}

test('the set is about as long as wished, better than the greedy one, and the same each time', () => {
  const planned = plan({})
  // A track has 5 minutes on average.
  expect(Math.abs(planned.minutes - 60)).toBeLessThan(5)
  expect(planned.score).toBeGreaterThan(planned.greedyScore!)
  expect(planned.score).toBeLessThanOrEqual(1)
  expect(plan({})).toEqual(planned)
})

test('where nearest neighbours come to a track that leads nowhere, they have no score', () => {
  const edges = (dead: number) => (from: number) =>
    Float64Array.of(
      ...[
        [-1, 0.9, 0.8],
        [dead, -1, dead],
        [0.8, 0.8, -1],
      ][from]!,
    )
  const wish = { minutes: 15, artistGap: 0, fixed: [{ place: 0, track: 0 }] }
  const planned = plan(wish, tracks.slice(0, 3), edges(scoreOfObstacle('tempo')))
  expect([planned.order, planned.greedyScore]).toEqual([[0, 2, 1], null])
  expect(plan(wish, tracks.slice(0, 3), edges(0.1)).greedyScore).toBeGreaterThan(0)
})

test('its energy goes as the arc says', () => {
  const meanOf = (order: readonly number[]): number =>
    order.reduce((sum, track) => sum + tracks[track]!.energy!, 0) / order.length
  const { order } = plan({ arc: [0, 1] })
  const half = Math.floor(order.length / 2)
  expect(meanOf(order.slice(0, half)) + 0.3).toBeLessThan(meanOf(order.slice(half)))
})

test('wishes are kept: places, the last one too, tracks that must be played, no artist again too soon', () => {
  const { order } = plan({
    artistGap: 3,
    mustPlay: [7, 8],
    fixed: [
      { place: 0, track: 11 },
      { place: -1, track: 5 },
    ],
  })
  expect([order[0], order.at(-1)]).toEqual([11, 5])
  expect(order).toEqual(expect.arrayContaining([7, 8]))
  for (const [place, track] of order.entries())
    for (const near of order.slice(Math.max(0, place - 3), place))
      expect(tracks[near]!.artist, `place ${place}`).not.toBe(tracks[track]!.artist)
})

test('a pool that is too short is played whole, one track is a set of one, none is an error', () => {
  const few = tracks.slice(0, 5)
  const edges = (from: number): Float64Array => edgesFrom(from).slice(0, 5)
  const planned = plan({ artistGap: 0 }, few, edges)
  expect([...planned.order].sort()).toEqual([0, 1, 2, 3, 4])
  expect(planned.isExact).toBe(true)
  expect(plan({}, [tracks[0]!], () => Float64Array.of(scoreOfObstacle('the same track'))).order).toEqual([0])
  expect(codeOf(() => plan({}, [], () => new Float64Array()))).toBe('SET_POOL_EMPTY')
})

test('wishes that contradict each other, and sets that cannot be, are refused', () => {
  const twice = (...fixed: SetWish['fixed']): string => codeOf(() => plan({ fixed }))
  expect(twice({ place: 2, track: 1 }, { place: 2, track: 3 })).toBe('SET_WISH_CONTRADICTORY')
  expect(twice({ place: 2, track: 1 }, { place: 4, track: 1 })).toBe('SET_WISH_CONTRADICTORY')
  expect(() =>
    plan({
      fixed: [
        { place: 2, track: 1 },
        { place: 2, track: 3 },
      ],
    }),
  ).toThrow('T1 and T3 are both fixed at place 3.')
  expect(() =>
    plan({
      fixed: [
        { place: 2, track: 1 },
        { place: 4, track: 1 },
      ],
    }),
  ).toThrow('T1 is fixed at places 3 and 5.')
  expect(() => plan({ fixed: [{ place: 900, track: 1 }] })).toThrow('There is no place 901 in a set of 60 tracks.')
  expect(() => plan({ fixed: [{ place: -900, track: 1 }] })).toThrow(
    'There is no place 900 from the end in a set of 60 tracks.',
  )
  const islands = (from: number): Float64Array =>
    Float64Array.from(tracks, (_, to) => (to !== from && to % 30 === from % 30 ? 1 : scoreOfObstacle('tempo')))
  expect(codeOf(() => plan({ mustPlay: [1, 2] }, tracks, islands))).toBe('SET_IMPOSSIBLE')
  expect(codeOf(() => plan({ mustPlay: [1, 31, 2] }, tracks, islands))).toBe('SET_IMPOSSIBLE')
  const same: readonly PoolTrack[] = tracks.map((track) => ({ ...track, artist: 'one' }))
  expect(codeOf(() => plan({ mustPlay: [4, 5] }, same))).toBe('SET_IMPOSSIBLE')
  // Two tracks of an island are a set, if a short one; of one artist, one track is.
  expect(plan({}, tracks, islands).order).toHaveLength(2)
  expect(plan({}, same).order).toHaveLength(1)
})

test('a track of unknown energy or artist is planned like any other', () => {
  const bare = tracks.map((track) => ({ ...track, energy: null, artist: null }))
  expect(plan({ artistGap: 5 }, bare).order.length).toBeGreaterThan(5)
})

const messageOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

test('what is in the way is said by titles: short outros, tempi, voices, and single steps', () => {
  const must = { mustPlay: [1, 2, 3], minutes: 1, leastBars: 16 }
  const short = tracks.map((track, at) => ({ ...track, outBars: at > 0 && at < 4 ? 8 : 32 }))
  const blocked =
    (obstacle: Parameters<typeof scoreOfObstacle>[0]) =>
    (from: number): Float64Array =>
      from > 0 && from < 4
        ? new Float64Array(tracks.length).fill(scoreOfObstacle(obstacle)).with(from, scoreOfObstacle('the same track'))
        : edgesFrom(from)
  expect(messageOf(() => plan(must, short, blocked('bars')))).toBe(
    'No path: three tracks have no outro of 16 bars (T1, T2, T3).',
  )
  expect(messageOf(() => plan(must, tracks, blocked('tempo')))).toBe(
    'No path: three tracks have no other one near enough in tempo (T1, T2, T3).',
  )
  expect(messageOf(() => plan(must, tracks, blocked('voices')))).toContain('a voice in every way out (T1, T2, T3)')
  const apart = (from: number): Float64Array =>
    Float64Array.from(tracks, (_, to) =>
      to === from ? scoreOfObstacle('the same track') : to % 2 === from % 2 ? 1 : scoreOfObstacle('tempo'),
    )
  expect(messageOf(() => plan({ mustPlay: [1, 2], minutes: 1 }, tracks, apart))).toMatch(
    /^Even in the best order the step of the tempo from T[12] to T[12] is too large\.$/,
  )
})

test('where most tracks are too far in tempo, what is in the way is said of those that are near enough', () => {
  const must = { mustPlay: [1, 2, 3], minutes: 1, leastBars: 16 }
  const near = (obstacle: Parameters<typeof scoreOfObstacle>[0]) => (from: number) =>
    Float64Array.from(tracks, (_, to) => {
      if (to === from) return scoreOfObstacle('the same track')
      if (from === 0 || from > 3) return edgesFrom(from)[to]!
      return scoreOfObstacle(to % 10 === 0 ? obstacle : 'tempo')
    })
  const short = tracks.map((track, at) => ({ ...track, outBars: at === 1 ? 8 : 32 }))
  expect(messageOf(() => plan(must, short, near('bars')))).toBe(
    'No path: one track has no outro of 16 bars (T1); two tracks have no other one near enough in tempo with an intro of 16 bars (T2, T3).',
  )
  expect(messageOf(() => plan(must, tracks, near('voices')))).toContain('a voice in every way out (T1, T2, T3)')
})

test('a set that had to be shorter says why', () => {
  const few = (from: number): Float64Array =>
    Float64Array.from(tracks, (_, to) =>
      to === from ? scoreOfObstacle('the same track') : from < 5 && to < 5 ? 1 : scoreOfObstacle('tempo'),
    )
  const planned = plan({ artistGap: 0 }, tracks, few)
  expect(planned.order.length).toBeLessThanOrEqual(6)
  expect(planned.shortenedBecause).toMatch(
    /^No path: 55 tracks have no other one near enough in tempo \(T\d+, .* and 50 more\)\.$/,
  )
  expect(plan({}).shortenedBecause).toBeNull()
})

test('a set that has to become much shorter takes a few searches, not one for each length', () => {
  const pool = generatedPool(24, 2)
  const asked = (edges: (from: number) => Float64Array): { readonly times: number; readonly places: number } => {
    let times = 0
    const counted = (ask: (track: number) => Float64Array) => (track: number) => {
      times++
      return ask(track)
    }
    const [from, into] = [counted(keepRows(edges)), counted(keepRows(columnOf(edges, 24)))]
    const { order } = planSet(pool.tracks, { from, into }, { ...WISH, minutes: 80, artistGap: 0 })
    return { times, places: order.length }
  }
  const pairs = (from: number): Float64Array =>
    Float64Array.from(pool.tracks, (_, to) =>
      to === from ? scoreOfObstacle('the same track') : to % 12 === from % 12 ? 1 : scoreOfObstacle('tempo'),
    )
  const [whole, short] = [asked(pool.edgesFrom), asked(pairs)]
  expect([whole.places > 12, short.places]).toEqual([true, 2])
  expect(short.times).toBeLessThan(1.5 * whole.times)
})

test('whatever is locked stays where it is, whatever the seed', () => {
  const pool = tracks.slice(0, 20)
  const edges = (from: number): Float64Array => edgesFrom(from).slice(0, 20)
  const locks = fc.uniqueArray(
    fc.record({ place: fc.integer({ min: 0, max: 7 }), track: fc.integer({ min: 0, max: 19 }) }),
    {
      maxLength: 5,
      selector: ({ place }) => place,
    },
  )
  const each = locks.filter((list) => new Set(list.map(({ track }) => track)).size === list.length)
  fc.assert(
    fc.property(each, fc.integer({ min: 1, max: 99 }), (fixed, seed) => {
      const { order } = plan({ fixed, seed, artistGap: 0, minutes: 40 }, pool, edges)
      for (const { place, track } of fixed) expect(order[place]).toBe(track)
      expect(new Set(order).size).toBe(order.length)
    }),
    { numRuns: 12 },
  )
})

test('nearest neighbours are held against the same wishes, and are never better than the plan', () => {
  const wishes = fc.record({
    mustPlay: fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { maxLength: 6 }),
    seed: fc.integer({ min: 1, max: 99 }),
  })
  const pool = generatedPool(30, 6)
  fc.assert(
    fc.property(wishes, (wish) => {
      const { score, greedyScore } = plan({ ...wish, minutes: 40, artistGap: 0 }, pool.tracks, pool.edgesFrom)
      expect(greedyScore).toBeLessThanOrEqual(score)
    }),
    { numRuns: 12 },
  )
})

test('of several orders that looked best, the one that is best once they are judged is the set', () => {
  const pool = generatedPool(30, 6)
  // Nothing that was not judged is as good as it looks, and each look at an order makes others look better.
  const seen = Array.from({ length: 30 }, (_, from) => pool.edgesFrom(from).slice())
  const judged: Int32Array[] = []
  const settle = (order: ArrayLike<number>): boolean => {
    judged.push(Int32Array.from(order))
    for (let place = 1; place < order.length; place++)
      seen[order[place - 1]!]![order[place]!] = Math.max(0.05, pool.edgesFrom(order[place - 1]!)[order[place]!]! - 0.4)
    return true
  }
  const planned = planSet(
    pool.tracks,
    { from: (from) => seen[from]!, into: (to) => Float64Array.from(seen, (row) => row[to]!), settle },
    { ...WISH, minutes: 40, artistGap: 0 },
  )
  const ranks = energyRanks(pool.tracks.map(({ energy }) => energy))
  const judgedAs = (order: readonly number[]): number =>
    scoreChosen(
      order.slice(1).map((to, at) => seen[order[at]!]![to]!),
      order.map((track) => ranks[track]!),
      planned.arc,
    )!
  const full = judged.map((order) => [...order]).filter(({ length }) => length === planned.order.length)
  expect(full.length).toBeGreaterThan(2)
  expect(planned.score).toBeCloseTo(Math.max(...full.map(judgedAs)), 9)
  expect(planned.score).toBeCloseTo(judgedAs(planned.order), 9)
})
