import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeEars } from '../../platform/inference/ears-pack.ts'
import { writeTinyEars } from '../../platform/inference/tiny-ears.fixture.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { keepTagPrecision } from './tag-precision.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-precision-'))
  store = openStore(join(folder, 'library'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

test('what is known of a network by now is told of tracks that it heard long ago, without hearing them again', () => {
  const pack = join(folder, 'ears')
  writeTinyEars(pack)
  store.settings.set('ears_folder', pack)
  const id = addFixtureTrack(store, { index: 0, audioDigest: 'a' })
  const key = { audioDigest: 'a', packDigest: describeEars(pack).digest }
  const tags = [{ tag: 'band 0', group: 'signal', share: 0.5, probability: 0.5 }]
  store.hearing.put(id, key, { embedding: new Float32Array(2), tags, flags: { version: 1, flags: [] } })
  const told = (): unknown => store.hearing.tags(id, 'a')
  keepTagPrecision(store)
  expect(told()).toEqual([{ ...tags[0], expectedPrecision: null, shown: false }])
  writeTinyEars(pack, {}, [{ name: 'band 0', heard_precision: 0.6, shown_from: 0.4, shown_precision: 0.9 }])
  keepTagPrecision(store)
  expect(told()).toEqual([{ ...tags[0], expectedPrecision: 0.9, shown: true }])
  expect(store.hearing.has(id, key, 1)).toBe(true)
  // A pack that cannot be read keeps what was known.
  rmSync(pack, { recursive: true })
  keepTagPrecision(store)
  expect(told()).toEqual([{ ...tags[0], expectedPrecision: 0.9, shown: true }])
})
