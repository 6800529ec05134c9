import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initCatalogue, migrateCatalogue, openKeeper } from '../../catalogue.ts'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { type Connection, connect } from '../../platform/catalogue/connect.ts'
import { CATALOGUE_MIGRATIONS } from '../../platform/catalogue/migrations.ts'
import { NO_POSTGRES, sharedPostgres } from '../../platform/catalogue/postgres.fixture.ts'
import { openQueue } from '../../platform/catalogue/queue.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { reachCatalogue } from './catalogue.ts'
import type { CatalogueKeeper } from './catalogue-actions.ts'
import { fillQueue } from './fill-queue.ts'
import { makeAnalyst } from './run-worker.ts'
import type { WorkEvent } from './see-through.ts'
import { work } from './work.ts'

const postgres = sharedPostgres()
let music: string
let url: string
let keeper: CatalogueKeeper
let connection: Connection

beforeAll(async () => {
  music = mkdtempSync(join(tmpdir(), 'catalogue-music-'))
  if (postgres === null) return
  url = postgres.database()
  await initCatalogue(url, null)
  keeper = await openKeeper(url)
  connection = connect(url)
  writeTestTrack(join(music, 'one.wav'), { bpm: 120, seed: 1, rootHz: 55 })
  writeTestTrack(join(music, 'two.wav'), { bpm: 128, seed: 2, rootHz: 65 })
  copyFileSync(join(music, 'two.wav'), join(music, 'two again.wav'))
  writeFileSync(join(music, 'poison.mp3'), 'no sound at all')
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  rmSync(music, { recursive: true, force: true })
  await keeper?.close()
  await connection?.close()
})

/** Works until nothing waits, or is told to end after so many files, on the threads of all tests. */
const workAll = async (concurrency = 2, most = Number.POSITIVE_INFINITY): Promise<readonly WorkEvent[]> => {
  const events: WorkEvent[] = []
  const stop = new AbortController()
  const catalogue = await reachCatalogue(url)
  const queue = await openQueue(catalogue, { supervises: false, report: () => {} })
  try {
    const analyst = await makeAnalyst(catalogue, sharedPool())
    const onEvent = (event: WorkEvent): void => {
      events.push(event)
      if (events.length === most) stop.abort()
    }
    await work({ catalogue, queue, analyst }, { concurrency, signal: stop.signal, untilDone: true, onEvent })
  } finally {
    await queue.close()
    await catalogue.close()
  }
  return events
}

/** Gives a file to workers once more, as a queue does that never heard of its end. */
const redeliver = (key: string): Promise<readonly unknown[]> =>
  connection.sql(`UPDATE algiers.files SET state = 'waiting', job_id = NULL WHERE key = $1`, [key])

test('every file is analysed once, the same recording is one track, and what cannot be read is given up with its reason', async () => {
  expect(await keeper.add(music)).toMatchObject({ found: 4, waiting: 4 })
  expect(await keeper.add(music)).toMatchObject({ found: 4, waiting: 0 })
  expect(await keeper.status()).toEqual({
    waiting: 4,
    running: 0,
    done: 0,
    dead: 0,
    etaSeconds: null,
    gridsGivenUp: 0,
    sectionsGivenUp: 0,
  })
  await workAll()
  expect(await keeper.status()).toEqual({
    waiting: 0,
    running: 0,
    done: 3,
    dead: 1,
    etaSeconds: 0,
    gridsGivenUp: 0,
    sectionsGivenUp: 0,
  })
  expect(await keeper.verify()).toEqual({ tracks: 2, analysed: 2, missing: 0, twice: 0, stale: 0 })
  expect(await keeper.dead(10)).toMatchObject([{ key: 'poison.mp3', code: 'AUDIO_FORMAT_UNKNOWN' }])
  const tempi = await connection.sql('SELECT round(bpm::numeric, 2)::float8 AS bpm FROM algiers.tracks ORDER BY bpm')
  expect(tempi).toEqual([{ bpm: 120 }, { bpm: 128 }])
})

test('a file that is delivered again changes nothing', async () => {
  await redeliver('one.wav')
  expect((await keeper.verify()).missing).toBe(0)
  const events = await workAll()
  expect(events).toMatchObject([{ type: 'analysed', isNew: false }])
  expect(await keeper.verify()).toEqual({ tracks: 2, analysed: 2, missing: 0, twice: 0, stale: 0 })
})

test('a file that has changed is analysed anew, and one that was repaired leaves the list of the dead', async () => {
  writeTestTrack(join(music, 'poison.mp3'), { bpm: 124, seed: 3, rootHz: 60 })
  expect(await keeper.add(music)).toMatchObject({ found: 4, waiting: 1 })
  await workAll()
  expect(await keeper.status()).toMatchObject({ done: 4, dead: 0 })
  expect(await keeper.dead(10)).toEqual([])
  expect(await keeper.verify()).toMatchObject({ tracks: 3, analysed: 3, missing: 0 })
})

test('files that the queue has forgotten are given to it again', async () => {
  await redeliver('two.wav')
  const queue = await openQueue(connection, { supervises: false, report: () => {} })
  expect(await fillQueue(connection, queue)).toEqual({ taken: 1, open: 1 })
  await connection.sql('DELETE FROM algiers_queue.job')
  expect((await queue.claim(1)).length).toBe(0)
  await fillQueue(connection, queue)
  await fillQueue(connection, queue)
  expect((await queue.claim(1)).length).toBe(1)
  await queue.close()
  await connection.sql(`UPDATE algiers_queue.job SET state = 'completed'`)
  await workAll()
  expect(await keeper.status()).toMatchObject({ waiting: 0, done: 4 })
})

test('more urgent files come first', async () => {
  const more = mkdtempSync(join(tmpdir(), 'catalogue-urgent-'))
  writeTestTrack(join(more, 'later.wav'), { bpm: 122, seed: 5, rootHz: 50 })
  await keeper.add(more)
  const urgent = mkdtempSync(join(tmpdir(), 'catalogue-urgent-'))
  writeTestTrack(join(urgent, 'now.wav'), { bpm: 126, seed: 6, rootHz: 50 })
  await keeper.add(urgent, { priority: 5 })
  const events = await workAll(1)
  expect(events.map((event) => 'path' in event && event.path.endsWith('now.wav'))).toEqual([true, false])
  rmSync(more, { recursive: true, force: true })
  rmSync(urgent, { recursive: true, force: true })
  await connection.sql(`DELETE FROM algiers.files WHERE prefix_id NOT IN (SELECT min(id) FROM algiers.prefixes)`)
  await connection.sql('DELETE FROM algiers.prefixes WHERE id NOT IN (SELECT min(id) FROM algiers.prefixes)')
})

test('a catalogue that another version analyses is left alone until it is migrated, and then analysed again', async () => {
  await connection.sql(`UPDATE algiers.catalogue SET spec = 'of another version'`)
  await expect(workAll()).rejects.toMatchObject({ code: 'CATALOGUE_OTHER_ANALYSIS' })
  await connection.sql(`UPDATE algiers.analyses SET spec = 'of another version'`)
  const current = CATALOGUE_MIGRATIONS.length
  expect(await migrateCatalogue(url)).toMatchObject({ from: current, to: current, waiting: 4 })
  await workAll()
  expect(await keeper.status()).toMatchObject({ waiting: 0, done: 4 })
})

test('a worker that is told to end finishes what it has begun, begins nothing more, and loses nothing', async () => {
  for (const key of ['one.wav', 'two.wav', 'two again.wav']) await redeliver(key)
  expect(await workAll(1, 1)).toHaveLength(1)
  expect(await keeper.status()).toMatchObject({ waiting: 2, running: 0, done: 2 })
  expect(await workAll(1)).toHaveLength(2)
  expect(await keeper.status()).toMatchObject({ waiting: 0, done: 4 })
})

test('a file that no worker survives is given up, and says so', async () => {
  await redeliver('two.wav')
  const queue = await openQueue(connection, { supervises: false, report: () => {} })
  await fillQueue(connection, queue)
  // As the queue leaves a file whose workers fell silent too often.
  await connection.sql(
    `UPDATE algiers_queue.job SET name = 'algiers_analyse_dead', output = '{"value":{"message":"job heartbeat timeout"}}' WHERE state = 'created'`,
  )
  await fillQueue(connection, queue)
  await queue.close()
  expect(await keeper.dead(10)).toMatchObject([{ key: 'two.wav', code: 'WORKER_LOST' }])
  expect(await keeper.revive()).toBe(1)
  await workAll()
  expect(await keeper.status()).toMatchObject({ dead: 0, done: 4 })
})

test('without the rule that keeps results single, a second delivery shows as one too many', async () => {
  await connection.sql('DROP INDEX algiers.analyses_once')
  await connection.sql(
    `INSERT INTO algiers.analyses (audio_digest, spec, feature_spec, grid, grid_digest, duration_seconds, facts, vector)
     SELECT audio_digest, spec, feature_spec, grid, grid_digest, duration_seconds, facts, vector FROM algiers.analyses ORDER BY id DESC LIMIT 1`,
  )
  expect((await keeper.verify()).twice).toBe(1)
})
