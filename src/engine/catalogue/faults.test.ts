/** What lies outside a file is never held against it: storages, disks, other versions, other keepers. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initCatalogue, migrateCatalogue, openCatalogue, openKeeper } from '../../catalogue.ts'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type Connection, connect } from '../../platform/catalogue/connect.ts'
import { CATALOGUE_MIGRATIONS } from '../../platform/catalogue/migrations.ts'
import { NO_POSTGRES, sharedPostgres } from '../../platform/catalogue/postgres.fixture.ts'
import { openQueue } from '../../platform/catalogue/queue.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { type Catalogue, reachCatalogue } from './catalogue.ts'
import type { CatalogueKeeper } from './catalogue-actions.ts'
import { fillQueue } from './fill-queue.ts'
import { makeAnalyst } from './run-worker.ts'
import type { WorkEvent } from './see-through.ts'
import { work } from './work.ts'

const postgres = sharedPostgres()
let folder: string
let music: string
let objects: string
let url: string
let keeper: CatalogueKeeper
let connection: Connection

beforeAll(async () => {
  if (postgres === null) return
  folder = mkdtempSync(join(tmpdir(), 'catalogue-faults-'))
  music = join(folder, 'music')
  objects = join(folder, 'objects')
  mkdirSync(music)
  writeTestTrack(join(music, 'one.wav'), { bpm: 120, seed: 1, rootHz: 55 })
  url = postgres.database()
  await initCatalogue(url, objects)
  keeper = await openKeeper(url)
  connection = connect(url)
  await keeper.add(music)
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await keeper?.close()
  await connection?.close()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** Works until nothing waits, or something was given back. @param change what is different of the catalogue */
const workOn = async (
  change: (catalogue: Catalogue) => Partial<Catalogue> = () => ({}),
): Promise<readonly WorkEvent[]> => {
  const events: WorkEvent[] = []
  const stop = new AbortController()
  const reached = await reachCatalogue(url)
  const catalogue = { ...reached, ...change(reached) }
  const queue = await openQueue(catalogue, { supervises: false, report: () => {} })
  try {
    const onEvent = (event: WorkEvent): void => {
      events.push(event)
      if (event.type === 'given back') stop.abort()
    }
    const analyst = await makeAnalyst(catalogue, sharedPool())
    await work({ catalogue, queue, analyst }, { concurrency: 1, signal: stop.signal, untilDone: true, onEvent })
  } finally {
    await queue.close()
    await reached.close()
  }
  return events
}
const again = (): Promise<unknown> =>
  connection.sql(`UPDATE algiers.files SET state = 'waiting', job_id = NULL, put_off_until = NULL`)
/** What the queue holds against files. */
const tries = (): Promise<readonly unknown[]> =>
  connection.sql(`SELECT retry_count FROM algiers_queue.job WHERE retry_count > 0 AND state < 'completed'`)
const WAITS = { waiting: 1, running: 0, done: 0, dead: 0 }

test('a folder of music or of derived bytes that is not mounted puts files off, and counts no try against them', async () => {
  for (const place of [music, objects]) {
    // As where something was mounted, an empty folder is left.
    renameSync(place, `${place} away`)
    mkdirSync(place)
    expect(await workOn()).toMatchObject([{ type: 'given back', code: 'STORAGE_UNREACHABLE' }])
    rmSync(place, { recursive: true })
    renameSync(`${place} away`, place)
    expect(await keeper.status()).toMatchObject(WAITS)
    expect(await tries()).toEqual([])
    await again()
  }
})

test('a full disk of the derived bytes puts files off, and nothing is held against them', async () => {
  const put = (): Promise<never> => Promise.reject(new UserError('STORAGE_FULL', 'Full.'))
  const events = await workOn((reached) => ({ objects: { ...reached.objects, put } }))
  expect(events).toMatchObject([{ type: 'given back', code: 'STORAGE_FULL' }])
  expect(await keeper.status()).toMatchObject(WAITS)
  expect(await tries()).toEqual([])
  await again()
})

test('what was put off comes behind what was not, and waits for its time', async () => {
  await connection.sql(`UPDATE algiers.files SET put_off_until = now() + interval '1 hour'`)
  writeTestTrack(join(music, 'two.wav'), { bpm: 128, seed: 2, rootHz: 65 })
  await keeper.add(music)
  const queue = await openQueue(connection, { supervises: false, report: () => {} })
  expect(await fillQueue(connection, queue)).toEqual({ taken: 1, open: 1 })
  await queue.close()
  await again()
  await connection.sql(`UPDATE algiers_queue.job SET state = 'completed'`)
})

test('a worker whose catalogue is migrated amid a file keeps nothing, leaves the file to others, and ends', async () => {
  let isMigrated = false
  const migrating = ({ objects: own }: Catalogue): Partial<Catalogue> => ({
    objects: {
      ...own,
      put: async (key, bytes) => {
        if (!isMigrated) await connection.sql(`UPDATE algiers.catalogue SET spec = 'of a later version'`)
        isMigrated = true
        await own.put(key, bytes)
      },
    },
  })
  await expect(workOn(migrating)).rejects.toMatchObject({ code: 'CATALOGUE_OTHER_ANALYSIS' })
  expect(await keeper.status()).toMatchObject({ waiting: 2, done: 0, dead: 0 })
  expect(await keeper.verify()).toMatchObject({ analysed: 0, stale: 0 })
})

test('two keepers migrate and fill a catalogue at once, and each file is there once', async () => {
  const newest = CATALOGUE_MIGRATIONS.length
  // As the last migration found it that cannot be made twice.
  const before = newest - 2
  await connection.sql('ALTER TABLE algiers.libraries DROP COLUMN mark')
  await connection.sql('UPDATE algiers.schema_version SET version = $1', [before])
  const migrated = await Promise.all([migrateCatalogue(url), migrateCatalogue(url)])
  expect(migrated.map(({ from, to }) => [from, to]).sort()).toEqual([
    [before, newest],
    [newest, newest],
  ])
  writeTestTrack(join(music, 'three.wav'), { bpm: 124, seed: 3, rootHz: 60 })
  const added = await Promise.all([keeper.add(music), keeper.add(music), workOn()])
  expect(added[0].waiting + added[1].waiting).toBe(1)
  await workOn()
  expect(await keeper.status()).toMatchObject({ waiting: 0, running: 0, done: 3, dead: 0 })
  expect(await keeper.verify()).toEqual({ tracks: 3, analysed: 3, missing: 0, twice: 0, stale: 0 })
})

test('an edited grid whose storage is away has no try counted against it; one that was given up is told, and measured when that is asked for', async () => {
  const catalogue = await openCatalogue(url)
  const mia = (await catalogue.people.of(await keeper.grant({ name: 'mia', role: 'labeller', team: 'radio' })))!
  const [track] = await connection.sql<{ digest: string }>('SELECT audio_digest AS digest FROM algiers.tracks LIMIT 1')
  await catalogue.people.actAs(mia, () => catalogue.app.analysis.editGrid(track!.digest, { kind: 'shift', beats: 1 }))
  await catalogue.app.close()
  const edited = (what: string): Promise<readonly unknown[]> =>
    connection.sql(`SELECT ${what} FROM algiers.team_grids WHERE origin = 'edited'`)
  renameSync(music, `${music} away`)
  expect(await workOn()).toMatchObject([{ type: 'waiting' }])
  renameSync(`${music} away`, music)
  expect(await edited('tries, claimed_until > now() AS "isPutOff"')).toEqual([{ tries: 0, isPutOff: true }])
  await connection.sql(`UPDATE algiers.team_grids SET tries = 5, claimed_until = '-infinity'`)
  await workOn()
  expect(await keeper.status()).toMatchObject({ gridsGivenUp: 1 })
  await keeper.revive()
  await workOn()
  expect(await keeper.status()).toMatchObject({ gridsGivenUp: 0 })
  expect(await connection.sql('SELECT count(*)::int AS measured FROM algiers.grid_analyses')).toEqual([{ measured: 1 }])
})

test('a catalogue that could not be made in full can be made again, and of two that are made at once one is', async () => {
  const other = postgres!.database()
  writeFileSync(join(folder, 'a file'), '')
  await expect(initCatalogue(other, join(folder, 'a file', 'objects'))).rejects.toThrow()
  const made = await Promise.allSettled([initCatalogue(other, null), initCatalogue(other, null)])
  const [done] = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const [refused] = made.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused).toMatchObject({ code: 'CATALOGUE_EXISTS' })
  const catalogue = await openCatalogue(other)
  expect(await catalogue.people.of(done!.owner.token)).toMatchObject({ role: 'owner' })
  await catalogue.app.close()
})

test('names of any characters and any length are kept, found and sorted; a path that no index takes is passed over and counted', async () => {
  const other = postgres!.database()
  await initCatalogue(other, null)
  const [strange, deep] = [join(folder, 'strange'), join(folder, 'deep')]
  for (const place of [strange, deep]) mkdirSync(place)
  const names = ['it\'s "100 %" _\\.wav', 'line\nbreak.wav', '\u{1F3B5}.wav', `${'\u{1F3B5}'.repeat(60)}.wav`]
  for (const [seed, name] of names.entries()) writeTestTrack(join(strange, name), { bpm: 120, seed, rootHz: 55 })
  // No path of a program is so long, so that it is made step by step.
  const above = process.cwd()
  process.chdir(deep)
  for (let depth = 0; depth < 10; depth++) {
    mkdirSync('x'.repeat(250))
    process.chdir('x'.repeat(250))
  }
  writeFileSync('one.wav', '')
  process.chdir(above)
  const kept = await openKeeper(other)
  expect(await kept.add(strange)).toMatchObject({ found: 4, waiting: 4, leftOut: 0 })
  expect(await kept.add(deep)).toMatchObject({ found: 0, waiting: 0, leftOut: 1 })
  await kept.close()
})
