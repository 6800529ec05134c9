import { expect, test } from 'vitest'
import type { Track } from '../../core/library/track.ts'
import { withoutTooLong } from './plan.ts'

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
