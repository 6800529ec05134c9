import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { editGrid } from './edit-grid.ts'
import { tempoHabits } from './tempo-habits.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-habits-'))
  store = openStore(join(folder, 'data'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const trackOf = (id: number) => store.tracks.get(id)!

test('a tempo that was put right or confirmed counts for what is analysed next, most of all in its genre', async () => {
  const hipHop = addFixtureTrack(store, { index: 1, bpm: 172, tags: { genre: 'Hip-Hop' } })
  const techno = addFixtureTrack(store, { index: 2, bpm: 130, tags: { genre: 'Techno' } })
  addFixtureTrack(store, { index: 3, bpm: 100, tags: { genre: 'hip-hop' } })
  await editGrid(store, trackOf(hipHop), { kind: 'halve' })
  await editGrid(store, trackOf(techno), { kind: 'confirm' })
  const next = trackOf(addFixtureTrack(store, { index: 4, tags: { genre: 'HIP-HOP' } }))
  expect(tempoHabits(store)(next)).toEqual({
    settled: [
      { bpm: 86, weight: 1 },
      { bpm: 130, weight: 0.2 },
    ],
    range: null,
  })
})

test('the BPM range is where tempi in doubt are wanted, and tracks without a genre are of no genre', async () => {
  const id = addFixtureTrack(store, { index: 1, bpm: 170 })
  await editGrid(store, trackOf(id), { kind: 'confirm' })
  store.settings.set('bpm_range_from', 70)
  const { settled, range } = tempoHabits(store)(trackOf(id))
  expect(settled).toEqual([{ bpm: 170, weight: 0.2 }])
  expect(range!.low).toBeCloseTo(70, 0)
  expect(range!.high).toBeCloseTo(140, 0)
})
