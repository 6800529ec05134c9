import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addRoot } from './library-roots.ts'
import { readTagsAgain } from './read-tags-again.ts'
import { type LibraryScan, scanLibrary } from './scan-library.ts'

let folder = ''
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-tags-'))
  for (const name of ['music', 'music/before', 'music/after']) mkdirSync(join(folder, name))
  store = openStore(join(folder, 'data'))
  await addRoot(store, join(folder, 'music'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const music = (name: string): string => join(folder, 'music', name)
const write = (name: string): void => writeTestTrack(music(name), { bpm: 480, seed: 1, rootHz: 55 })
const workspace = () => ({ store, pool: inlineRunner, ears: NO_EARS, emit: () => {} })
const scan = (): Promise<LibraryScan> => scanLibrary(workspace(), { analyse: false })
/** As an earlier version left them. */
const makeOld = (): void => {
  store.close()
  const database = new DatabaseSync(join(folder, 'data', 'algiers.db'))
  database.exec(`UPDATE tracks SET tags_version = 0, tags = '{"title":"Old","artist":null,"album":null,"genre":null}'`)
  database.close()
  store = openStore(join(folder, 'data'))
}

test('tags that an earlier version read are read again, once, and the sound is not', async () => {
  write('one.wav')
  await scan()
  const [track] = store.tracks.list()
  expect(track!.tags).toMatchObject({ format: 'WAV', bitRateKbps: expect.any(Number) })
  makeOld()
  expect(store.tracks.list()[0]!.tags).toMatchObject({ title: 'Old', format: null, rating: null })
  const [root] = (await scan()).roots
  expect(root).toMatchObject({ filesRead: 0, filesUnchanged: 1 })
  expect(store.tracks.list()[0]!.tags).toEqual(track!.tags)
  expect(store.tracks.withOldTags(1)).toEqual([])
})

test('where a file cannot be read now, what was read before stays, and is read again another time', async () => {
  write('one.wav')
  await scan()
  makeOld()
  writeFileSync(music('one.wav'), 'no sound')
  await readTagsAgain(workspace(), store.roots.list()[0]!)
  expect(store.tracks.list()[0]!.tags.title).toBe('Old')
  expect(store.tracks.withOldTags(1)).toHaveLength(1)
})

test('a file that moved is found by where it lies now', async () => {
  write('before/one.wav')
  await scan()
  renameSync(music('before/one.wav'), music('after/one.wav'))
  await scan()
  expect(store.tracks.find({ path: 'before' }).total).toBe(0)
  expect(store.tracks.find({ path: 'after' }).total).toBe(1)
})
