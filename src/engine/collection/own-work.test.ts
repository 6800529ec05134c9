import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { ownWorkOf, workedOn } from './own-work.ts'

test('work on more tracks than are looked at at once is counted as if they were, a transition between two of them once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-work-'))
  const store = openStore(folder)
  const ids = Array.from({ length: 260 }, (_, index) =>
    addFixtureTrack(store, { index, cached: false, kinds: index % 2 === 0 ? ['intro', 'drop'] : [] }),
  )
  const move = { fromBeat: 64, toBeat: 0, beats: 32, curve: 'blend', bassSwapBeat: null, nudgeMs: 0 } as const
  store.transitions.put({ fromId: ids[0]!, toId: ids[259]! }, move)
  const whole = store.presence.ownWork(ids)
  expect(whole).toMatchObject({ labels: 260, transitions: 1 })
  expect(await ownWorkOf(store, ids)).toEqual(whole)
  expect([...(await workedOn(store, ids))]).toEqual(store.presence.withOwnWork(ids))
  store.close()
  rmSync(folder, { recursive: true })
})
