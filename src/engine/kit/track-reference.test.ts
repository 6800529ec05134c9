import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from './library.fixture.ts'
import { findTrack } from './track-reference.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-reference-'))
let store: Store
const ids: Record<string, number> = {}

beforeAll(() => {
  store = openStore(folder)
  const titles = {
    one: 'Fine 1',
    ten: 'Fine 10',
    again: 'Fine 1 (Again)',
    twin: 'Twin',
    otherTwin: 'twin',
    long: 'Twins',
  }
  for (const [index, [name, title]] of Object.entries(titles).entries())
    ids[name] = addFixtureTrack(store, { index, tags: { title }, path: `/music/${name} file.mp3` })
})
afterAll(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

test('a whole title is meant before a part of others, and a whole file name before a part of a path', () => {
  expect(findTrack(store, 'fine 1')?.id).toBe(ids.one)
  expect(findTrack(store, 'Fine 10')?.id).toBe(ids.ten)
  expect(findTrack(store, 'again')?.id).toBe(ids.again)
  expect(findTrack(store, 'Twin file')?.id).toBe(ids.twin)
  expect(findTrack(store, 'twin file.mp3')?.id).toBe(ids.twin)
  expect(findTrack(store, 'music/ten')?.id).toBe(ids.ten)
  expect(findTrack(store, 'nowhere')).toBeNull()
})

test('where several fit equally well, these are named and no others', () => {
  expect(() => findTrack(store, 'fine')).toThrow(/fits 3 tracks/)
  expect(() => findTrack(store, 'TWIN')).toThrow(/fits 2 tracks: \d+ Twin, \d+ twin\./)
})
