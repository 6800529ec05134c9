import fc from 'fast-check'
import { expect, test } from 'vitest'
import { besideHand, type HandWindow, type ReachingTrack } from './beside-hand.ts'
import { MIX_STYLES } from './mix-styles.ts'
import { anyReachingTrack } from './mix-track.fixture.ts'
import { planSet, type SetWish } from './plan-set.ts'
import { transitionTable } from './transition-table.ts'

const FREE = { mostRisePercent: null, mostFallPercent: null, leastBars: 1 }
const SILENT = { from: () => null, into: () => null }
const WISH: SetWish = { minutes: 20, arc: [0.5], artistGap: 0, mustPlay: [], fixed: [], seed: 1 }

const windows = (count: number): fc.Arbitrary<readonly HandWindow[]> => {
  const track = fc.integer({ min: 0, max: count - 1 })
  const beat = fc.integer({ min: 0, max: 640 })
  return fc.uniqueArray(
    fc
      .record({
        from: track,
        to: track,
        leavesAt: beat,
        entersBy: beat,
        score: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .filter(({ from, to }) => from !== to),
    { maxLength: 3 * count, selector: ({ from, to }) => from * count + to },
  )
}

/** Whether every track of an order has come in before it goes out, by some of the ways that there are. */
const isPlayable = (
  tracks: readonly ReachingTrack[],
  byHand: readonly HandWindow[],
  order: readonly number[],
): boolean => {
  /** Every way from one place into the next. */
  const steps = order.slice(1).map((to, at) => {
    const [from, own] = [order[at]!, byHand.find((one) => one.from === order[at]! && one.to === to)]
    if (own !== undefined) return [own]
    return MIX_STYLES.filter((style) => tracks[from]!.out[style] !== null && tracks[to]!.into[style] !== null).map(
      (style) => ({ leavesAt: tracks[from]!.leavesAt[style]!, entersBy: tracks[to]!.entersBy[style]! }),
    )
  })
  let ends: readonly number[] = [Number.NEGATIVE_INFINITY]
  for (const [at, ways] of steps.entries()) {
    const alone = tracks[order[at]!]!.aloneBeats
    ends = ways.filter(({ leavesAt }) => ends.some((end) => end + alone <= leavesAt)).map(({ entersBy }) => entersBy)
    if (ends.length === 0) return false
  }
  return true
}

test('no planned set holds a track that goes out before it has come in, whatever windows a person has set', () => {
  let planned = 0
  const pools = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 3, max: 7 }) }, fc.constant(13)).chain((count) =>
    fc.record({
      tracks: fc.array(anyReachingTrack, { minLength: count, maxLength: count }),
      byHand: windows(count),
      fixed: fc.uniqueArray(
        fc.record({ place: fc.integer({ min: 0, max: 2 }), track: fc.integer({ min: 0, max: count - 1 }) }),
        {
          maxLength: 2,
          selector: ({ place }) => place,
        },
      ),
    }),
  )
  fc.assert(
    fc.property(pools, ({ tracks, byHand, fixed }) => {
      const left = besideHand(tracks, byHand)
      const edges = { ...transitionTable(left.tracks, SILENT, FREE, byHand), passes: left.passes }
      const pool = tracks.map((_, at) => ({
        title: `T${at}`,
        minutes: 4,
        openingMinutes: 0,
        closingMinutes: 0,
        energy: null,
        artist: null,
        outBars: 8,
      }))
      try {
        const { order } = planSet(pool, edges, { ...WISH, fixed })
        expect(isPlayable(tracks, byHand, order)).toBe(true)
        if (order.length > 2) planned++
      } catch (error) {
        expect(['SET_IMPOSSIBLE', 'SET_WISH_CONTRADICTORY']).toContain((error as { code: string }).code)
      }
    }),
    { numRuns: 25 },
  )
  expect(planned).toBeGreaterThan(2)
})
