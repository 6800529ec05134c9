import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { jobDefinitions } from '../../job-definitions.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { followingOf } from '../../platform/watching/following-of.ts'
import { watchFolder } from '../../platform/watching/watch-folder.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { JobQueue } from '../jobs/job-queue.ts'
import { NO_EARS } from '../kit/ears.ts'
import { isTerminal, type Job } from '../kit/job.ts'
import { putLabels } from '../kit/library.fixture.ts'
import { changedFolders } from './changed-folders.ts'
import { addRoot } from './library-roots.ts'
import { createLibraryWatch, type LibraryWatch } from './library-watch.ts'
import type { WatchEffects } from './root-watch.ts'
import type { ScanPayload } from './scan-job.ts'

/** Shorter than a person would wait, so that a test need not. */
const QUICK = { quietMs: 50, settleMs: 150, mostWaitMs: 60_000, alignEveryMs: 100, msPerSecond: 100 }
const TOLD: WatchEffects = { ...QUICK, watch: watchFolder, followingOf: async () => 'watch' }

let folder = ''
let store: Store
let jobs: JobQueue
let watch: LibraryWatch
let rootId = 0
let whenRoots: () => void

const music = (name: string): string => join(folder, 'music', name)
const write = (name: string, seed = 1): void => {
  mkdirSync(join(music(name), '..'), { recursive: true })
  writeTestTrack(music(name), { bpm: 128, seed, rootHz: 55 })
}
const scans = (): readonly Job[] => jobs.list({ kind: 'scan' }).toReversed()
const places = (): readonly string[] =>
  store.tracks
    .list()
    .flatMap(({ id, locations }) =>
      locations.map(({ path, missingSince }) => `${relative(music(''), path)} ${missingSince ? 'missing' : id}`),
    )
    .sort()
/** Waits until the library holds this and nothing is under way. */
const settled = (wanted: readonly string[]): Promise<void> =>
  vi.waitFor(
    () => {
      expect(places()).toEqual(wanted)
      expect(scans().every(isTerminal)).toBe(true)
    },
    { timeout: 60_000, interval: 20 },
  )

const begin = async (effects: WatchEffects): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  whenRoots = resolve
  watch = createLibraryWatch({ store, emit: ({ type }) => type === 'roots' && whenRoots() }, jobs, effects)
  watch.open()
  await promise
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-watch-'))
  mkdirSync(music(''))
  store = openStore(join(folder, 'data'))
  store.settings.set('base_model', false)
  rootId = (await addRoot(store, music(''))).id
  const workspace = { store, pool: sharedPool(), ears: NO_EARS, emit: () => {} }
  jobs = new JobQueue(workspace, { definitions: jobDefinitions })
  jobs.resume()
})
afterEach(async () => {
  await watch.close()
  await jobs.close()
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

test('new, renamed, moved and deleted files are noticed, and only where they lie is looked', async () => {
  await begin(TOLD)
  expect(watch.followingOf(rootId)).toBe('told')
  write('album/a.wav')
  await settled(['album/a.wav 1'])
  putLabels(store, 1, [{ startBeat: 0, endBeat: 16, kind: 'drop', source: 'user' }])
  renameSync(music('album/a.wav'), music('album/renamed.wav'))
  await settled(['album/renamed.wav 1'])
  mkdirSync(music('other'))
  renameSync(music('album'), music('other/moved'))
  await settled(['other/moved/renamed.wav 1'])
  write('other/b.wav', 2)
  await settled(['other/b.wav 2', 'other/moved/renamed.wav 1'])
  rmSync(music('other/b.wav'))
  await settled(['other/moved/renamed.wav 1'])
  expect(store.labels.list({ trackId: 1 })).toHaveLength(1)
  const { places: last } = scans().at(-1)!.payload as ScanPayload
  expect(last).toEqual([{ rootId, folders: ['other'] }])
})

test('hundreds of files at once make one scan', async () => {
  await begin(TOLD)
  // Empty files are read and refused in no time, and each is told once.
  for (let index = 0; index < 300; index++) writeFileSync(music(`${index}.wav`), '')
  await vi.waitFor(() => expect(scans().filter(isTerminal)).toHaveLength(1), { timeout: 60_000 })
  const { result } = scans()[0] as Job<'scan', ScanPayload, { roots: object[] }>
  expect(result!.roots).toMatchObject([{ filesFound: 300 }])
  // A file of another kind is no reason to look, nor is one that could not be read.
  writeFileSync(music('cover.jpg'), 'x')
  writeFileSync(music('last.wav'), 'x')
  await vi.waitFor(() => expect(scans().filter(isTerminal)).toHaveLength(2), { timeout: 60_000 })
  expect((scans()[1] as typeof result & Job<'scan', ScanPayload, { roots: object[] }>).result!.roots).toMatchObject([
    { filesFound: 301 },
  ])
})

test('a file that is still being copied is waited for', async () => {
  await begin(TOLD)
  write('whole.wav')
  await settled(['whole.wav 1'])
  const piece = Buffer.alloc(2000, 1)
  // Longer than the quiet in which a look begins.
  for (let count = 0; count < 10; count++) {
    appendFileSync(music('growing.wav'), piece)
    await new Promise((resolve) => setTimeout(resolve, QUICK.quietMs + 20))
  }
  write('growing.wav', 2)
  await settled(['growing.wav 2', 'whole.wav 1'])
  expect(store.tracks.ids()).toHaveLength(2)
})

test('where watching fails, the folder is checked from time to time', async () => {
  const watchRefused = async (): Promise<never> => {
    throw Object.assign(new Error('No space left on device'), { code: 'ENOSPC' })
  }
  store.settings.set('watch_interval_seconds', 5)
  await begin({ ...TOLD, watch: watchRefused })
  expect(watch.followingOf(rootId)).toBe('interval')
  write('a.wav')
  await settled(['a.wav 1'])
  renameSync(music('a.wav'), music('b.wav'))
  await settled(['b.wav 1'])
})

test('what changed while nobody watched is found at the start, and only then is there a job', async () => {
  write('a.wav')
  const scan = (): unknown => jobs.start(jobDefinitions[0]!, { analyse: false, newGrids: false })
  scan()
  await settled(['a.wav 1'])
  // A file that is ignored is no news.
  writeFileSync(music('empty.wav'), '')
  scan()
  await settled(['a.wav 1', 'empty.wav 2'])
  store.ignoredFiles.ignoreFilesOf([{ trackId: 2, title: 'empty' }])
  const looks = vi.fn(watchFolder)
  await begin({ ...TOLD, watch: looks })
  // Time for the looks at the start.
  await new Promise((resolve) => setTimeout(resolve, 4 * (QUICK.quietMs + QUICK.settleMs)))
  await watch.close()
  expect(looks).toHaveBeenCalledOnce()
  expect(scans()).toHaveLength(2)
  write('b.wav', 2)
  await begin(TOLD)
  await settled(['a.wav 1', 'b.wav 3'])
  expect(scans()).toHaveLength(3)
})

test('a drive that goes away and comes back is noticed, and loses nothing', async () => {
  await begin(TOLD)
  write('a.wav')
  await settled(['a.wav 1'])
  write('b.wav', 2)
  await settled(['a.wav 1', 'b.wav 2'])
  renameSync(music(''), join(folder, 'elsewhere'))
  const isOffline = (): boolean => store.roots.get(rootId)!.offlineSince !== null
  await vi.waitFor(() => expect(isOffline()).toBe(true), { timeout: 60_000 })
  renameSync(join(folder, 'elsewhere'), music(''))
  await vi.waitFor(() => expect(isOffline()).toBe(false), { timeout: 60_000 })
  expect(places()).toEqual(['a.wav 1', 'b.wav 2'])
  write('c.wav', 3)
  await settled(['a.wav 1', 'b.wav 2', 'c.wav 3'])
})

test('the setting switches it off and on again', async () => {
  await begin(TOLD)
  const changed = (): Promise<void> => new Promise((resolve) => (whenRoots = resolve))
  store.settings.set('watch_folders', false)
  await changed()
  expect(watch.followingOf(rootId)).toBe('off')
  write('a.wav')
  store.settings.set('watch_folders', true)
  store.roots.markScanned(rootId)
  await changed()
  await settled(['a.wav 1'])
})

test('folders of changes: those that hold them, without hidden ones, and all of a root where they are too many', () => {
  const places = ['/music', '/private/music']
  expect(changedFolders(places, ['/music/a/b.wav', '/music/a/c.wav', '/private/music/d/e/f.wav'])).toEqual(['a', 'd/e'])
  expect(changedFolders(places, ['/music/.git/x', '/music/a/.b.wav', '/music/@eaDir/a/b'])).toEqual([])
  expect(changedFolders(places, ['/music/a.wav', '/music/a/b.wav'])).toEqual([''])
  expect(changedFolders(places, ['/music'])).toEqual([''])
  expect(changedFolders(places, ['/elsewhere/a.wav'])).toEqual([''])
  const names = fc.array(fc.constantFrom('a', 'b', 'c.wav', 'd e'), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(names), (paths) => {
      const folders = changedFolders(
        ['/music'],
        paths.map((parts) => `/music/${parts.join('/')}`),
      )
      // Every change lies in a folder that is looked at.
      return paths.every((parts) => folders.some((one) => one === '' || `${parts.join('/')}/`.startsWith(`${one}/`)))
    }),
  )
})

test('network drives are checked from time to time', async () => {
  const on = (path: string, platform: NodeJS.Platform, type = 0xef53): Promise<string> =>
    followingOf(path, platform, async () => type)
  expect(await on('/home/me/Music', 'linux')).toBe('watch')
  expect(await on('/mnt/nas', 'linux', 0x6969)).toBe('interval')
  expect(await on('/mnt/share', 'linux', 0xfe534d42)).toBe('interval')
  expect(await on('\\\\nas\\music', 'win32')).toBe('interval')
  expect(await on('D:\\Music', 'win32')).toBe('watch')
  expect(await on('/Volumes/NAS', 'darwin')).toBe('both')
  expect(await followingOf(join(folder, 'nowhere'), 'linux')).toBe('interval')
})
