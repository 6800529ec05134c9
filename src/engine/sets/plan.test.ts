import { expect, test } from 'vitest'
import type { Track } from '../../core/library/track.ts'
import { lengthRefusals, withoutTooLong } from './plan.ts'

const entry = (id: number, minutes: number) => ({ track: { id } as Track, title: `T${id}`, minutes })
const entries = [entry(1, 5), entry(2, 240), entry(3, 6), entry(4, 70)]
const wish = { minutes: 60, mustPlay: [], fixed: [] }
const idsOf = (wanted: Partial<typeof wish>, of = entries): readonly number[] =>
  withoutTooLong({ entries: of, refusals: [] }, { ...wish, ...wanted }).entries.map(({ track }) => track.id)

test('what is longer than the whole set is left out and told, unless it is wanted or there is nothing else', () => {
  expect(idsOf({})).toEqual([1, 3])
  expect(idsOf({ minutes: 240 })).toEqual([1, 2, 3, 4])
  expect(idsOf({ mustPlay: [4] as never[] })).toEqual([1, 3, 4])
  expect(idsOf({ fixed: [{ place: 1, trackId: 2 }] as never[] })).toEqual([1, 2, 3])
  expect(idsOf({}, [entry(2, 240)])).toEqual([2])
  const before = { trackId: null, title: null, reason: 'Before.' }
  expect(withoutTooLong({ entries, refusals: [before] }, wish).refusals).toEqual([
    before,
    { trackId: 2, title: 'T2', reason: 'Longer than the whole set.' },
    { trackId: 4, title: 'T4', reason: 'Longer than the whole set.' },
  ])
})

test('a set that is too short says why, as far as that is known', () => {
  const told = (reckoned: number, whyNoMore: string | null = null): readonly string[] =>
    lengthRefusals(60, 40, { tracks: { length: 10 }, minutes: reckoned, whyNoMore }).map(({ reason }) => reason)
  const short = 'The set is 20 minutes shorter than wished.'
  expect(told(58)).toEqual([`${short} Its tracks overlap for longer than tracks usually do.`])
  // As long as it was reckoned with: nothing overlaps more.
  expect(told(41)).toEqual([short])
  expect(told(58, 'T1 leads nowhere.')).toEqual([`${short} T1 leads nowhere.`])
})
