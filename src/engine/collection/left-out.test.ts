import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import type { LeftOut } from '../../core/library/left-out.ts'
import { realFolders } from '../../platform/decoding/library-place.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { NO_EARS } from '../kit/ears.ts'
import { crawl } from './crawl.ts'
import { addRoot } from './library-roots.ts'
import { scanLibrary } from './scan-library.ts'

let folder = ''
let store: Store
const music = (name: string): string => join(folder, 'music', name)
const scan = (pool: TaskRunner = sharedPool()) =>
  scanLibrary({ store, pool, ears: NO_EARS, emit: () => {} }, { analyse: false })
const reasons = (leftOut: readonly LeftOut[]) => leftOut.map(({ reason, count, files }) => [reason, count, ...files])

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-left-out-'))
  mkdirSync(music(''), { recursive: true })
  store = openStore(join(folder, 'data'))
  await addRoot(store, music(''))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

test('what is passed over is counted and named by its reason, and what nobody would miss is not', async () => {
  writeTestTrack(music('good.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  for (const name of ['cover.jpg', 'notes.txt', '.DS_Store', '._cover.jpg']) writeFileSync(music(name), 'x')
  for (const name of ['._good.wav', '.secret.mp3', '.hidden/a.wav', '@eaDir/a.wav', '.Trash-1000/a.wav'])
    writeAt(name, 'x')
  symlinkSync(music('nowhere.wav'), music('dangling.wav'))
  symlinkSync(music('self.wav'), music('self.wav'))
  mkdirSync(music('album'))
  symlinkSync(music('album'), music('link to album'))
  execFileSync('mkfifo', [music('pipe.wav')])
  const { roots, failures } = await scan()
  expect(failures).toEqual([])
  expect(roots[0]!.filesFound).toBe(1)
  expect(reasons(roots[0]!.leftOut)).toEqual([
    ['hidden', 2, '.hidden/', '.secret.mp3'],
    ['resource_fork', 1, '._good.wav'],
    ['linked_folder', 1, 'link to album'],
    ['broken_link', 1, 'dangling.wav'],
    ['link_loop', 1, 'self.wav'],
    ['not_a_file', 1, 'pipe.wav'],
  ])
})

test.skipIf(process.platform !== 'linux')(
  'a name that is not UTF-8 is told with its bytes, file or folder',
  async () => {
    const bytes = (text: string): Buffer => Buffer.concat([Buffer.from(`${music('')}/`), Buffer.from(text, 'latin1')])
    writeFileSync(bytes('Caf\xe9 \xe4.wav'), 'x')
    mkdirSync(bytes('M\xfcnchen'))
    writeFileSync(bytes('B\xfccher.txt'), 'x')
    writeTestTrack(music('Café.wav'), { bpm: 128, seed: 1, rootHz: 55 })
    const { roots } = await scan()
    expect(roots[0]!.filesFound).toBe(1)
    expect(reasons(roots[0]!.leftOut)).toEqual([['name_not_utf8', 2, 'Caf\\xE9 \\xE4.wav', 'M\\xFCnchen/']])
  },
)

test('twins of one name in composed and decomposed letters are two files; a rename between them keeps the track', async () => {
  const [composed, decomposed] = ['Caf\u00e9.wav', 'Cafe\u0301.wav']
  writeTestTrack(music(composed), { bpm: 128, seed: 1, rootHz: 55 })
  writeTestTrack(music(decomposed), { bpm: 128, seed: 2, rootHz: 55 })
  // Path, size and time decide what is read, and both were written in one moment.
  utimesSync(music(composed), 1, 1)
  await scan()
  expect(store.tracks.findByPath(music(composed))?.id).not.toBe(store.tracks.findByPath(music(decomposed))?.id)
  const { id } = store.tracks.findByPath(music(composed))!
  rmSync(music(decomposed))
  renameSync(music(composed), music(decomposed))
  await scan()
  expect(store.tracks.findByPath(music(decomposed))?.id).toBe(id)
  expect(store.tracks.get(id)!.locations).toHaveLength(1)
})

test('what needs ffmpeg is told where that is missing, and a file that is known stays', async () => {
  for (const name of ['a.m4b', 'b.caf', 'c.wav']) writeFileSync(music(name), 'x')
  const folders = await realFolders(store.roots.list())
  const without = await crawl(music(''), { folders, hasFfmpeg: false, isKnown: (path) => path === 'a.m4b' })
  expect(without.files.map(({ path }) => path)).toEqual(['a.m4b', 'c.wav'])
  expect(without.leftOut).toEqual([{ file: 'b.caf', reason: 'needs_ffmpeg' }])
  const withIt = await crawl(music(''), { folders, hasFfmpeg: true })
  expect(withIt.files.map(({ path }) => path)).toEqual(['a.m4b', 'b.caf', 'c.wav'])
})

test('a file that grows while it is read is no track yet', async () => {
  writeTestTrack(music('a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  const growing: TaskRunner = {
    size: 1,
    run: async (name, input, options) => {
      const output = await sharedPool().run(name, input, options)
      writeFileSync(music('a.wav'), 'more', { flag: 'a' })
      return output as never
    },
  }
  expect(reasons((await scan(growing)).roots[0]!.leftOut)).toEqual([['still_changing', 1, 'a.wav']])
  expect(store.tracks.list()).toEqual([])
  expect((await scan()).roots[0]).toMatchObject({ tracksAdded: 1, leftOut: [] })
})

test('only what lies in the named folders is looked at; what has gone from them is missing, other files are not', async () => {
  for (const [seed, name] of ['a/1.wav', 'a/deep/2.wav', 'b/3.wav'].entries()) {
    mkdirSync(join(music(name), '..'), { recursive: true })
    writeTestTrack(music(name), { bpm: 128, seed, rootHz: 55 })
  }
  await scan()
  const rootId = store.roots.list()[0]!.id
  rmSync(music('a/deep'), { recursive: true })
  rmSync(music('b/3.wav'))
  writeTestTrack(music('a/4.wav'), { bpm: 128, seed: 9, rootHz: 55 })
  const places = [{ rootId, folders: ['a/deep/deeper', 'a/deep'] }]
  const { roots } = await scanLibrary(
    { store, pool: sharedPool(), ears: NO_EARS, emit: () => {} },
    { analyse: false, places },
  )
  // The folder has gone, so the one that held it is looked at.
  expect(roots[0]).toMatchObject({ filesFound: 2, tracksAdded: 1, filesMissing: 1, offline: false })
  expect(store.tracks.findByPath(music('b/3.wav'))!.locations[0]!.missingSince).toBeNull()
})

const writeAt = (name: string, text: string): void => {
  mkdirSync(join(music(name), '..'), { recursive: true })
  writeFileSync(music(name), text)
}
