import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { giveWay } from '../../core/support/give-way.ts'
import { addLabelledTracks, putLabels } from '../../engine/kit/library.fixture.ts'
import { listBackups } from './list-backups.ts'
import { restoreBackup } from './restore-backup.ts'
import { openStore, type Store } from './store.ts'

let place = ''
let folder = ''
let store: Store
let trackId: number
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'algiers-gone-'))
  folder = join(place, 'data')
  store = openStore(folder)
  trackId = addLabelledTracks(store, 2)[0]!
})
afterEach(() => {
  store.close()
  rmSync(place, { recursive: true })
})

const file = (name: string): string => join(folder, name)
const code = (value: string): Error => expect.objectContaining({ code: value }) as Error
const WRITES: Readonly<Record<string, () => unknown>> = {
  'labels, in a transaction': () => putLabels(store, trackId, []),
  'a setting, by itself': () => store.settings.set('base_model', false),
  'a folder': () => store.roots.add('/music'),
  'a job': () => store.jobs.add({ kind: 'scan', status: 'pending', priority: 1, payload: {}, progress: {} }),
  'a model': () => store.models.publish({ version: 7, onnx: Uint8Array.of(1), card: {} }),
}
const inOtherProcess = (): string => {
  const script = `
    import { openStore } from ${JSON.stringify(new URL('./store.ts', import.meta.url).href)}
    try { const { tracks, labels } = openStore(process.argv[1]).counts(); process.stdout.write(tracks + ' ' + labels) }
    catch (error) { process.stdout.write(error.code) }`
  return execFileSync(process.execPath, ['--input-type=module', '-e', script, folder], { encoding: 'utf8' })
}

describe.each<[string, () => void, string]>([
  ['deleted', () => rmSync(file('algiers.db')), 'The library file was deleted or moved.'],
  [
    'moved',
    () => renameSync(file('algiers.db'), join(place, 'elsewhere.db')),
    'The library file was deleted or moved.',
  ],
  [
    'replaced by an equal one',
    () => {
      copyFileSync(file('algiers.db'), file('copy'))
      renameSync(file('copy'), file('algiers.db'))
    },
    'Another file lies in the place of the library.',
  ],
  ['deleted with its folder', () => rmSync(folder, { recursive: true }), 'The library file was deleted or moved.'],
  [
    'replaced with its folder',
    () => {
      renameSync(folder, join(place, 'old'))
      mkdirSync(folder)
      writeFileSync(file('algiers.db'), 'something else')
    },
    'Another file lies in the place of the library.',
  ],
])('a library file that is %s while it is open', (_how, lose, said) => {
  test('takes no write any more, and is still read', () => {
    expect(store.fault()).toBeNull()
    lose()
    expect(store.fault()).toBe(said)
    for (const [what, write] of Object.entries(WRITES)) {
      let thrown: unknown = null
      try {
        write()
      } catch (error) {
        thrown = error
      }
      if (what !== 'a model' || existsSync(store.directory.models))
        expect([what, thrown]).toEqual([what, code('DATABASE_GONE')])
      else expect(thrown).not.toBeNull()
    }
    expect(store.counts()).toEqual({ tracks: 2, labels: 6 })
    expect(store.labels.list({ trackId })).toHaveLength(3)
  })
})

test('what was open of a deleted library is copied, so that nothing is lost with it', async () => {
  rmSync(file('algiers.db'))
  expect(store.fault()).not.toBeNull()
  await giveWay()
  await store.backups.settled()
  const [copy, ...others] = listBackups(store.directory.backups)
  expect([copy, others]).toMatchObject([{ kind: 'hand', holds: { tracks: 2, labels: 6 } }, []])
  await expect(store.backups.run()).rejects.toMatchObject({ code: 'DATABASE_GONE' })
  store.close()
  expect(() => openStore(folder)).toThrow(code('DATABASE_MISSING'))
  expect(existsSync(file('algiers.db'))).toBe(false)
  restoreBackup(folder, copy!.name)
  store = openStore(folder)
  expect(store.counts()).toEqual({ tracks: 2, labels: 6 })
})

test('a file that is put back takes writes again', () => {
  renameSync(file('algiers.db'), join(place, 'elsewhere.db'))
  expect(() => store.roots.add('/music')).toThrow(code('DATABASE_GONE'))
  renameSync(join(place, 'elsewhere.db'), file('algiers.db'))
  expect(store.roots.add('/music').path).toBe('/music')
})

test.each(['algiers.db-wal', 'algiers.db-shm'])(
  'without %s nothing that was acknowledged is lost, before or after',
  (name) => {
    store.roots.add('/before')
    rmSync(file(name))
    store.roots.add('/after')
    expect(store.fault()).toBeNull()
    // As a process that is killed leaves them: without closing anything.
    const left = join(place, 'left')
    mkdirSync(left)
    for (const one of readdirSync(folder).filter((entry) => entry.startsWith('algiers.db')))
      copyFileSync(file(one), join(left, one))
    folder = left
    const again = openStore(left)
    expect(again.roots.list().map(({ path }) => path)).toEqual(['/after', '/before', '/gone'])
    again.close()
  },
)

describe('a start', () => {
  test.each<[string, (folder: string) => void]>([
    ['copies', () => writeFileSync(file('backups/algiers-day-2026-11-20.db'), 'x')],
    ['a model', () => writeFileSync(file('models/dj_section_v1.json'), '{}')],
    ['a write-ahead log', () => writeFileSync(file('algiers.db-wal'), 'x')],
  ])('makes no new library beside %s', (_what, leave) => {
    store.close()
    for (const name of readdirSync(folder)) if (name.startsWith('algiers.db')) rmSync(file(name))
    expect(inOtherProcess()).toBe('0 0')
    for (const name of readdirSync(folder)) if (name.startsWith('algiers.db')) rmSync(file(name))
    leave(folder)
    const before = readdirSync(folder)
    expect(() => openStore(folder)).toThrow(code('DATABASE_MISSING'))
    expect(readdirSync(folder)).toEqual(before)
    // An empty file is no library either.
    writeFileSync(file('algiers.db'), '')
    expect(() => openStore(folder)).toThrow(code('DATABASE_MISSING'))
    rmSync(file('backups'), { recursive: true })
    rmSync(file('models'), { recursive: true })
    for (const name of readdirSync(folder)) if (name.startsWith('algiers.db')) rmSync(file(name))
    store = openStore(folder)
  })

  test('takes no database of another program for a new library', () => {
    store.close()
    for (const name of readdirSync(folder)) if (name.startsWith('algiers.db')) rmSync(file(name))
    execFileSync(process.execPath, [
      '-e',
      `new (require('node:sqlite').DatabaseSync)(process.argv[1]).exec('CREATE TABLE x (y)')`,
      file('algiers.db'),
    ])
    expect(() => openStore(folder)).toThrow(code('DATABASE_DAMAGED'))
    rmSync(file('algiers.db'))
    rmSync(folder, { recursive: true })
    store = openStore(folder)
  })

  test('waits for no pipe, wherever one lies', () => {
    store.close()
    for (const name of [
      'algiers.db',
      'algiers.db-wal',
      'algiers.db-journal',
      'lock.db',
      'lock.db-journal',
      'restore.db',
    ]) {
      rmSync(file(name), { force: true })
      execFileSync('mkfifo', [file(name)])
      expect(() => openStore(folder)).toThrow(code('DATA_DIR_UNWRITABLE'))
      rmSync(file(name))
    }
    writeFileSync(file('backups/algiers-day-2026-11-20.db'), 'x')
    execFileSync('mkfifo', [file('backups/algiers-day-2026-11-20.db-journal')])
    expect(listBackups(file('backups'))).toMatchObject([{ holds: null }])
    rmSync(folder, { recursive: true })
    store = openStore(folder)
  })
})
