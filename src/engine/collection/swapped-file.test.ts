import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { analyseTracks } from '../analysis/analyse-tracks.ts'
import { NO_EARS } from '../kit/ears.ts'
import type { Workspace } from '../kit/workspace.ts'
import { addRoot } from './library-roots.ts'
import { type LibraryScan, scanLibrary } from './scan-library.ts'

let folder = ''
let store: Store
const path = (name: string): string => join(folder, name)
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-swapped-'))
  for (const name of ['music', 'outside']) mkdirSync(path(name))
  for (const [seed, name] of ['music/a.wav', 'outside/a.wav'].entries())
    writeTestTrack(path(name), { bpm: 120 + seed, seed, rootHz: 55 })
  // A file from outside that looks the same in a list, to the millisecond.
  for (const name of ['music/a.wav', 'outside/a.wav']) utimesSync(path(name), 1_600_000_000, 1_600_000_000)
  store = openStore(path('data'))
  await addRoot(store, path('music'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** Swaps something after the file was looked at and before a thread opens it. */
const workspaceWith = (swap: () => void): Workspace => {
  let isSwapped = false
  const run: TaskRunner['run'] = (name, input, options) => {
    if (!isSwapped) swap()
    isSwapped = true
    return sharedPool().run(name, input, options)
  }
  return { store, pool: { size: 1, run }, ears: NO_EARS, emit: () => {} }
}
const scan = (swap: () => void = () => {}): Promise<LibraryScan> => scanLibrary(workspaceWith(swap), { analyse: false })
const link = (): void => {
  renameSync(path('music/a.wav'), path('kept.wav'))
  symlinkSync(path('outside/a.wav'), path('music/a.wav'))
}

test.skipIf(process.platform === 'win32')(
  'a link out of the library that took the place of a file is not scanned',
  async () => {
    const { failures } = await scan(link)
    expect(failures.map(({ error }) => error.code)).toEqual(['OUTSIDE_LIBRARY'])
    expect(store.tracks.list()).toEqual([])
  },
)

test.skipIf(process.platform === 'win32')('nor is it analysed', async () => {
  await scan()
  const { failures } = await analyseTracks(workspaceWith(link))
  expect(failures.map(({ error }) => error.code)).toEqual(['OUTSIDE_LIBRARY'])
})

test('another file that took its place is read by the next scan', async () => {
  const replace = (): void => {
    renameSync(path('music/a.wav'), path('kept.wav'))
    writeFileSync(path('music/a.wav'), 'still being copied')
  }
  const [{ leftOut }] = (await scan(replace)).roots as [LibraryScan['roots'][number]]
  expect(leftOut.map(({ reason, files }) => [reason, ...files])).toEqual([['still_changing', 'a.wav']])
  expect(store.tracks.list()).toEqual([])
})
