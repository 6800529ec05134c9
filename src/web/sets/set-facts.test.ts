import { expect, test } from 'vitest'
import { setFacts } from './set-facts.ts'

const set = { places: [1, 2, 3], minutes: 14.6, overlap_minutes: 2.2, score: 0.824 }

test('a set is told by its length, how well it fits, and what the track that follows best each time would reach', () => {
  expect(setFacts(set, null)).toBe(
    '3 tracks, about 15 minutes; two tracks sound at once for 2 minutes of it. It fits 0.82 of 1.',
  )
  expect(setFacts({ ...set, overlap_minutes: 0.2, score: null }, null)).toBe(
    '3 tracks, about 15 minutes. How well it fits is not known yet.',
  )
  expect(setFacts(set, { is_exact: true, planned_score: 0.84, greedy_score: 0.7 })).toMatch(
    / No order of these tracks fits better\. Always playing the track that follows best, whatever the arc says, would reach 83 % of that\.$/,
  )
  expect(setFacts(set, { is_exact: false, planned_score: 0.84, greedy_score: 0.84 })).toMatch(
    /of 1\. Always playing the track that follows best, whatever the arc says, would do as well\.$/,
  )
})

test('an order that breaks a limit has no score, and of one track there is no order', () => {
  expect(setFacts(set, { is_exact: false, planned_score: 0.84, greedy_score: null })).toMatch(
    /Always playing the track that follows best, whatever the arc says, would break one of the limits\.$/,
  )
  expect(setFacts({ ...set, places: [1] }, { is_exact: true, planned_score: 0, greedy_score: 0 })).toMatch(
    /It fits 0\.82 of 1\.$/,
  )
})
