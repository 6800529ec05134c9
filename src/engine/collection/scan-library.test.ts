import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { presentLocation } from '../../core/library/track.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { NO_EARS } from '../kit/ears.ts'
import { putLabels } from '../kit/library.fixture.ts'
import { addRoot, removeRoot } from './library-roots.ts'
import { type LibraryScan, scanLibrary } from './scan-library.ts'

/** A user without rights. */
const NOBODY = 65534

let folder = ''
let store: Store
/** One task after the other, in the order of the files. */
const pool: TaskRunner = { size: 1, run: (name, input, options) => sharedPool().run(name, input, options) }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-scan-'))
  mkdirSync(join(folder, 'music'))
  store = openStore(join(folder, 'data'))
  await addRoot(store, join(folder, 'music'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const music = (name: string): string => join(folder, 'music', name)
/** Eight seconds are enough to be read; an analysis needs a plausible tempo. */
const write = (name: string, seed = 1, bpm = 480): void => {
  mkdirSync(dirname(music(name)), { recursive: true })
  writeTestTrack(music(name), { bpm, seed, rootHz: 55 })
}
const scan = (): Promise<LibraryScan> => scanLibrary({ store, pool, ears: NO_EARS, emit: () => {} }, { analyse: false })
const label = (trackId: number): void => {
  putLabels(store, trackId, [{ startBeat: 0, endBeat: 16, kind: 'drop', source: 'user' }])
}
const places = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    store.tracks
      .list()
      .flatMap((track) =>
        track.locations.map(({ path, missingSince }) => [
          relative(music(''), path),
          `${track.id}${missingSince ? ' missing' : ''}`,
        ]),
      ),
  )
/** Appends a text chunk after the samples, as tag editors do. */
const retag = (path: string, artist: string): void => {
  const text = Buffer.from(`${artist.padEnd(artist.length + (artist.length % 2))}`)
  const chunk = Buffer.concat([Buffer.from('LIST\0\0\0\0INFOIART\0\0\0\0', 'latin1'), text])
  chunk.writeUInt32LE(chunk.length - 8, 4)
  chunk.writeUInt32LE(text.length, 16)
  appendFileSync(path, chunk)
  const whole = readFileSync(path)
  whole.writeUInt32LE(whole.length - 8, 4)
  writeFileSync(path, whole)
}

test('a second scan of unchanged files reads nothing', async () => {
  write('a.wav')
  write('deep/er/b.wav', 2)
  expect((await scan()).roots[0]).toMatchObject({ filesFound: 2, tracksAdded: 2, filesRead: 2 })
  expect((await scan()).roots[0]).toMatchObject({ filesFound: 2, tracksAdded: 0, filesRead: 0, filesUnchanged: 2 })
})

test('a renamed, moved and re-tagged file stays its track and keeps its labels', async () => {
  write('a.wav')
  await scan()
  label(1)
  renameSync(music('a.wav'), music('renamed.wav'))
  await scan()
  expect(places()).toEqual({ 'renamed.wav': '1' })
  mkdirSync(music('sub'))
  renameSync(music('renamed.wav'), music('sub/moved.wav'))
  await scan()
  retag(music('sub/moved.wav'), 'Somebody')
  await scan()
  expect(places()).toEqual({ 'sub/moved.wav': '1' })
  expect(store.tracks.list()).toHaveLength(1)
  expect(store.tracks.get(1)?.tags.artist).toBe('Somebody')
  expect(store.labels.list({ trackId: 1 })).toHaveLength(1)
})

test('two copies are one track with two locations; deleting one leaves the other', async () => {
  write('a.wav')
  copyFileSync(music('a.wav'), music('copy.wav'))
  await scan()
  expect(places()).toEqual({ 'a.wav': '1', 'copy.wav': '1' })
  rmSync(music('a.wav'))
  await scan()
  expect(places()).toEqual({ 'copy.wav': '1' })
})

test('a folder that is taken out of the library while it is scanned stays out, and the scan ends well', async () => {
  for (let seed = 1; seed <= 6; seed++) write(`${seed}.wav`, seed)
  const [root] = store.roots.list()
  const onProgress = ({ done }: { readonly done: number }): void => {
    if (done === 2) void removeRoot(store, String(root!.id))
  }
  const report = await scanLibrary({ store, pool, ears: NO_EARS, emit: () => {} }, { analyse: false, onProgress })
  expect(report.failures).toEqual([])
  expect(store.roots.list()).toEqual([])
  expect(store.tracks.list().flatMap(({ locations }) => locations)).toEqual([])
})

test('a deleted file is missing, its track and labels stay, and it returns', async () => {
  write('a.wav')
  write('b.wav', 2)
  await scan()
  label(1)
  renameSync(music('a.wav'), join(folder, 'away.wav'))
  expect((await scan()).roots[0]).toMatchObject({ filesMissing: 1 })
  expect(places()).toEqual({ 'a.wav': '1 missing', 'b.wav': '2' })
  renameSync(join(folder, 'away.wav'), music('a.wav'))
  await scan()
  expect(places()).toEqual({ 'a.wav': '1', 'b.wav': '2' })
  expect(store.labels.list()).toHaveLength(1)
})

test('other sound under the same name is another track; the old one keeps its labels', async () => {
  write('a.wav')
  await scan()
  label(1)
  write('a.wav', 9)
  utimesSync(music('a.wav'), 1, 1)
  await scan()
  expect(places()).toEqual({ 'a.wav': '2' })
  expect(store.labels.list({ trackId: 1 })).toHaveLength(1)
  expect(store.labels.list({ trackId: 2 })).toHaveLength(0)
})

test.each([
  ['absent', (): void => renameSync(join(folder, 'music'), join(folder, 'elsewhere'))],
  [
    'an empty mount point',
    (): void => {
      renameSync(join(folder, 'music'), join(folder, 'elsewhere'))
      mkdirSync(join(folder, 'music'))
    },
  ],
])('a root that is %s is offline: nothing is marked or lost, and it comes back', async (_, unplug) => {
  write('a.wav')
  await scan()
  label(1)
  unplug()
  const away = await scan()
  expect(away.roots[0]).toMatchObject({ offline: true, filesMissing: 0 })
  expect(places()).toEqual({ 'a.wav': '1' })
  expect(presentLocation(store.tracks.get(1)!)).toBeNull()
  rmSync(join(folder, 'music'), { recursive: true, force: true })
  renameSync(join(folder, 'elsewhere'), join(folder, 'music'))
  expect((await scan()).roots[0]).toMatchObject({ offline: false, filesRead: 0 })
  expect(presentLocation(store.tracks.get(1)!)?.path).toBe(music('a.wav'))
  expect(store.labels.list()).toHaveLength(1)
})

test('names with a newline, emoji, 250 bytes and decomposed accents are found again as they are', async () => {
  const names = [
    'a\nb.wav',
    '🎧 – Ночь.wav',
    `${'x'.repeat(246)}.wav`,
    'Cafe\u0301.wav',
    'Caf\u00e9.wav',
    '  .wav',
    '$(x)`y`.wav',
  ]
  for (const [seed, name] of names.entries()) write(name, seed)
  expect((await scan()).failures).toEqual([])
  expect(Object.keys(places()).sort()).toEqual([...names].sort())
  expect((await scan()).roots[0]).toMatchObject({ filesRead: 0 })
})

test('links that loop, lead nowhere or to folders do no harm; folders named like files are searched', async () => {
  write('x.mp3/a.wav')
  symlinkSync(music(''), music('x.mp3/loop'))
  symlinkSync(music('self.wav'), music('self.wav'))
  symlinkSync(music('nowhere'), music('dangling.wav'))
  const { failures, roots } = await scan()
  expect(failures).toEqual([])
  expect(roots[0]).toMatchObject({ filesFound: 1 })
})

test('a link to a file of the library is a place of its track; one that leads out of it is told, and no row', async () => {
  write('a.wav')
  mkdirSync(join(folder, 'music-private/album'), { recursive: true })
  renameSync(music('a.wav'), join(folder, 'music-private/secret.wav'))
  write('a.wav', 2)
  symlinkSync(music('a.wav'), music('inside.wav'))
  symlinkSync(join(folder, 'music-private/secret.wav'), music('outside.wav'))
  symlinkSync(join(folder, 'music-private/album'), music('album'))
  symlinkSync(join(folder, 'music-private/album'), music('.hidden'))
  const { failures } = await scan()
  expect(places()).toEqual({ 'a.wav': '1', 'inside.wav': '1' })
  expect(failures.map(({ file, error }) => [relative(music(''), file), error.code])).toEqual([
    ['album', 'OUTSIDE_LIBRARY'],
    ['outside.wav', 'OUTSIDE_LIBRARY'],
  ])

  const other = await addRoot(store, join(folder, 'music-private'))
  expect((await scan()).failures).toEqual([])
  label(2)
  expect(store.tracks.findByPath(music('outside.wav'))?.id).toBe(2)
  await removeRoot(store, String(other.id))
  expect((await scan()).roots[0]).toMatchObject({ filesMissing: 1, offline: false })
  expect(places()).toMatchObject({ 'a.wav': '1', 'outside.wav': '2 missing' })
})

test('a folder that holds nothing but links out of the library is not taken for a drive that is away', async () => {
  mkdirSync(join(folder, 'elsewhere'))
  write('a.wav')
  await scan()
  renameSync(music('a.wav'), join(folder, 'elsewhere/a.wav'))
  symlinkSync(join(folder, 'elsewhere/a.wav'), music('a.wav'))
  expect((await scan()).roots[0]).toMatchObject({ offline: false, filesMissing: 1 })
})

test('text renamed to .mp3 and an empty file are reported, the others go on', async () => {
  write('good.wav', 1, 128)
  writeFileSync(music('text.mp3'), 'this is no music at all\n'.repeat(100))
  writeFileSync(music('empty.wav'), '')
  const { failures, roots } = await scanLibrary({ store, pool, ears: NO_EARS, emit: () => {} })
  expect(roots[0]).toMatchObject({ filesFound: 3 })
  expect(failures.map(({ file }) => relative(music(''), file)).sort()).toEqual(['empty.wav', 'text.mp3'])
  expect(new Set(failures.map(({ error }) => error.code))).not.toContain('INTERNAL')
})

test.skipIf(process.platform === 'win32')(
  'a folder that cannot be read is reported, and its files are not missing',
  async () => {
    write('closed/a.wav')
    await scan()
    chmodSync(folder, 0o755)
    chmodSync(music('closed'), 0)
    // The superuser may read everything, so this process is somebody else for a moment.
    const isSuperuser = process.geteuid?.() === 0
    if (isSuperuser) process.seteuid!(NOBODY)
    const { failures, roots } = await scan().finally(() => isSuperuser && process.seteuid!(0))
    chmodSync(music('closed'), 0o700)
    expect(failures[0]?.error.code).toBe('AUDIO_UNREADABLE')
    expect(roots[0]).toMatchObject({ filesMissing: 0 })
  },
)

test('a cancelled scan keeps what it read, and the next one goes on from there', async () => {
  for (let seed = 0; seed < 6; seed++) write(`${seed}.wav`, seed)
  const cancel = new AbortController()
  const cancelled = scanLibrary(
    { store, pool, ears: NO_EARS, emit: () => {} },
    {
      signal: cancel.signal,
      onProgress: ({ stage, done }) => stage === 'reading' && done === 2 && cancel.abort('stop'),
    },
  )
  await expect(cancelled).rejects.toBe('stop')
  const kept = store.tracks.list().length
  expect(kept).toBeGreaterThanOrEqual(2)
  expect(kept).toBeLessThan(6)
  expect((await scan()).roots[0]).toMatchObject({ filesRead: 6 - kept, tracksAdded: 6 - kept })
})

test('a file that vanishes while others are read is told, and the others are tracks', async () => {
  for (let seed = 1; seed <= 3; seed++) write(`${seed}.wav`, seed)
  const removing: TaskRunner = {
    size: 1,
    run: async (name, input, options) => {
      const output = await pool.run(name, input, options)
      rmSync(music('2.wav'), { force: true })
      return output as never
    },
  }
  const { failures, roots } = await scanLibrary(
    { store, pool: removing, ears: NO_EARS, emit: () => {} },
    { analyse: false },
  )
  expect(failures.map(({ file, error }) => [relative(music(''), file), error.code])).toEqual([
    ['2.wav', 'AUDIO_NOT_FOUND'],
  ])
  expect(roots[0]).toMatchObject({ filesFound: 3, tracksAdded: 2 })
  expect(Object.keys(places()).sort()).toEqual(['1.wav', '3.wav'])
})
