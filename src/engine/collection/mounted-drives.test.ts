import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { forgetLostTracks } from './forget-tracks.ts'
import { addRoot } from './library-roots.ts'
import type { DeviceOf } from './list-tree.ts'
import { type ScanReport, scanRoot } from './scan-root.ts'

let folder: string
let store: Store
let isMounted: boolean
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-drives-'))
  store = openStore(join(folder, 'data'))
  for (const place of ['music/usb/crate', 'music/own']) mkdirSync(join(folder, place), { recursive: true })
  for (const [seed, name] of ['usb/crate/a.wav', 'usb/b.wav', 'own/c.wav'].entries())
    writeTestTrack(join(folder, 'music', name), { bpm: 480, seed, rootHz: 55 })
  isMounted = true
  await addRoot(store, join(folder, 'music'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const usb = (): string => join(folder, 'music/usb')
const deviceOf: DeviceOf = async (place) => (isMounted && place.startsWith(usb()) ? 2 : 1)
const scan = async (within?: readonly string[]): Promise<ScanReport> => {
  const workspace = { store, pool: inlineRunner, ears: NO_EARS, emit: () => {} }
  const report = await scanRoot(workspace, store.roots.list()[0]!, { deviceOf, within })
  await forgetLostTracks(store)
  return report
}
const names = (): readonly string[] =>
  store.tracks.list().flatMap(({ locations }) => locations.map(({ path }) => basename(path)))

test.each([
  ['is gone', () => {}],
  ['is empty', () => mkdirSync(usb())],
])('a drive within a folder is away when its place %s: nothing is forgotten, and it comes back', async (_, leave) => {
  await scan()
  renameSync(usb(), join(folder, 'elsewhere'))
  isMounted = false
  leave()
  for (const within of [undefined, ['usb/crate'], ['usb']]) {
    const report = await scan(within)
    expect(report).toMatchObject({ offline: false, filesMissing: 0 })
    expect(report.failures).toMatchObject([{ file: usb(), error: { code: 'ROOT_OFFLINE' } }])
  }
  expect(names().toSorted()).toEqual(['a.wav', 'b.wav', 'c.wav'])
  rmSync(usb(), { recursive: true, force: true })
  renameSync(join(folder, 'elsewhere'), usb())
  isMounted = true
  expect(await scan()).toMatchObject({ filesRead: 0, filesUnchanged: 3, failures: [] })
})

test('files that a drive no longer holds are gone, and so are those of a folder that was never one', async () => {
  await scan()
  rmSync(join(usb(), 'b.wav'))
  rmSync(join(folder, 'music/own'), { recursive: true })
  expect(await scan()).toMatchObject({ filesMissing: 2, failures: [] })
  expect(names()).toEqual(['a.wav'])
})

test('where music was put into the place of a drive itself, the drive is not waited for any more', async () => {
  await scan()
  rmSync(usb(), { recursive: true })
  isMounted = false
  mkdirSync(usb())
  writeTestTrack(join(usb(), 'new.wav'), { bpm: 480, seed: 9, rootHz: 55 })
  writeFileSync(join(usb(), 'note.txt'), '')
  expect(await scan()).toMatchObject({ filesMissing: 2, failures: [] })
  expect(names().toSorted()).toEqual(['c.wav', 'new.wav'])
})
