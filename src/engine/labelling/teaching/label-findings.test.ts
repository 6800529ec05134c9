import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../../platform/store/store.ts'
import { addFixtureTrack, putLabels, putNewGrid } from '../../kit/library.fixture.ts'
import { labelFindings } from './label-findings.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-findings-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

test('each thing that a grid may be instead is a finding of its own, so that the chosen one is mended', async () => {
  const trackId = addFixtureTrack(store, { index: 1, kinds: ['intro', 'drop', 'outro'] })
  const { grid } = store.grids.current(trackId)!
  const alternatives = [1, -1].map((beats) => ({
    doubt: 'bars' as const,
    edit: { kind: 'shift' as const, beats },
    probability: 0.3,
  }))
  const labels = store.labels.list({ trackId })
  putNewGrid(store, {
    trackId,
    origin: 'estimated',
    edit: null,
    grid: { ...grid, downbeatConfidence: 0.4, alternatives },
  })
  putLabels(store, trackId, labels)
  const { findings } = await labelFindings(store, async () => ({
    flaws: [],
    imbalance: null,
    tracksChecked: 1,
    tracksUnheard: 0,
  }))
  expect(findings.map(({ id, mend }) => [id, mend])).toEqual([
    [`GRID_DOUBT-track-${trackId}-shift-1`, { kind: 'grid', edit: { kind: 'shift', beats: 1 } }],
    [`GRID_DOUBT-track-${trackId}-shift--1`, { kind: 'grid', edit: { kind: 'shift', beats: -1 } }],
  ])
})
