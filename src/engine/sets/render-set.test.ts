import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { renderSet } from './render-set.ts'

let folder = ''
let store: Store
let ids: readonly number[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-render-'))
  store = openStore(join(folder, 'data'))
  store.roots.add(folder)
  ids = [1, 2].map((index) => addFixtureTrack(store, { index, path: join(folder, `${index}.wav`) }))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const move = { fromBeat: 64, toBeat: 0, beats: 16, curve: 'blend' as const, bassSwapBeat: null, nudgeMs: 0 }
/** Nothing that these tests ask for gets as far as a thread. */
const nobody = { size: 0, run: (name: string) => Promise.reject(new Error(`${name} was asked for`)) }
const render = (gridDigests: readonly string[]) =>
  renderSet({ store, pool: nobody }, { trackIds: ids, moves: [move], gridDigests, aroundBars: null, output: null })

test('a set is not rendered on a grid that has changed since its transitions were decided', async () => {
  const digests = ids.map((id) => store.grids.current(id)!.digest)
  await expect(render(['another', digests[1]!])).rejects.toMatchObject({ code: 'GRID_CHANGED' })
  await expect(render(digests)).rejects.toThrow('renderMix was asked for')
})

test('a kept transition of every track of a pair goes with either of them', () => {
  const pair = { fromId: ids[0]!, toId: ids[1]! }
  store.transitions.put(pair, move)
  expect(store.transitions.list()).toMatchObject([{ ...pair, ...move }])
  store.presence.forget([ids[1]!])
  expect(store.transitions.list()).toEqual([])
  expect(store.presence.withOwnWork([ids[0]!])).toEqual([])
})
