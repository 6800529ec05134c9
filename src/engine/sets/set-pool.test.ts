import { expect, test } from 'vitest'
import type { TrackMeasures } from '../../platform/store/track-store.ts'
import { isInCorridor, thinnedOut } from './set-pool.ts'

test('of a pool of 20,000 some are looked at, over all energies, with what is wanted, and that is told', () => {
  const ids = Array.from({ length: 20_000 }, (_, at) => at + 1)
  const energyOf = (id: number): number => 1 + ((id * 7919) % 1000) / 100
  const measures = new Map(ids.map((id) => [id, { energy: energyOf(id), tempoBpm: 120 } as unknown as TrackMeasures]))
  const kept = new Set([3, 19_999])
  const { ids: chosen, refusals } = thinnedOut(measures, ids, { kept, most: 2000 })
  expect(new Set(chosen).size).toBe(2000)
  expect(chosen).toEqual(expect.arrayContaining([...kept]))
  const tenths = Array.from({ length: 10 }, (_, tenth) => chosen.filter((id) => Math.floor(energyOf(id) - 1) === tenth))
  for (const { length } of tenths) expect(Math.abs(length - 200)).toBeLessThan(5)
  expect(refusals.map(({ reason }) => reason)).toEqual([
    'The pool has 20,000 tracks; 2,000 of them, evenly over all energies, were looked at.',
  ])
  expect(thinnedOut(measures, ids.slice(0, 2000), { kept: new Set(), most: 2000 })).toEqual({
    ids: ids.slice(0, 2000),
    refusals: [],
  })
})

test('half and double time lie in a corridor of tempi, and so does what has no tempo', () => {
  expect([87, 174, 43.5, 120, 0, null].map((bpm) => isInCorridor(bpm, 170, 176))).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
  ])
  expect([isInCorridor(128, 120, null), isInCorridor(128, null, 120), isInCorridor(128, null, null)]).toEqual([
    true,
    true,
    true,
  ])
})
