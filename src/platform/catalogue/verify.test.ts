import { afterEach, beforeEach, expect, test } from 'vitest'
import { initCatalogue } from '../../catalogue.ts'
import { verify } from './catalogue-row.ts'
import { type Connection, connect } from './connect.ts'
import { NO_POSTGRES, sharedPostgres } from './postgres.fixture.ts'

const postgres = sharedPostgres()
let connection: Connection

// Of each try its own, since the last one has planted its faults in it.
beforeEach(async ({ skip }) => {
  if (postgres === null) return skip(NO_POSTGRES)
  const url = postgres.database()
  await initCatalogue(url, null)
  connection = connect(url)
})
afterEach(() => connection?.close())

const SPEC = 'now'

/** Tracks by their digests, with the spec of their analysis. */
const put = async (digest: string, spec: string | null): Promise<void> => {
  await connection.sql(
    `INSERT INTO algiers.tracks (audio_digest, tags, title_key, search_text) VALUES ($1, '{}', $1, $1)`,
    [digest],
  )
  if (spec !== null) await analyse(digest, spec)
}
const analyse = async (digest: string, spec: string): Promise<void> => {
  await connection.sql(
    `WITH made AS (INSERT INTO algiers.analyses (audio_digest, spec, feature_spec, grid, grid_digest, duration_seconds, facts, vector)
       VALUES ($1, $2, '', '{}', '', 1, '{}', '{}') RETURNING id)
     UPDATE algiers.tracks SET analysis_id = made.id FROM made WHERE audio_digest = $1`,
    [digest, spec],
  )
}

test('each fault that somebody plants is counted, and once', async () => {
  const found = (): Promise<unknown> => verify(connection.sql, SPEC)
  await put('a', SPEC)
  await put('b', SPEC)
  const whole = { tracks: 2, analysed: 2, missing: 0, twice: 0, stale: 0 }
  expect(await found()).toEqual(whole)
  await put('old', 'before')
  expect(await found()).toEqual({ ...whole, tracks: 3, stale: 1 })
  await put('none', null)
  expect(await found()).toEqual({ ...whole, tracks: 4, stale: 1, missing: 1 })
  // What was found in another recording says nothing of this one.
  await connection.sql(
    `UPDATE algiers.tracks SET analysis_id = (SELECT id FROM algiers.analyses WHERE audio_digest = 'a') WHERE audio_digest = 'none'`,
  )
  expect(await found()).toEqual({ ...whole, tracks: 4, stale: 1, missing: 1 })
  await analyse('none', SPEC)
  await connection.sql(`INSERT INTO algiers.prefixes (url) VALUES ('/music')`)
  await connection.sql(
    `INSERT INTO algiers.files (prefix_id, key, size_bytes, stamp, state) VALUES (1, 'waits', 1, '', 'waiting'), (1, 'lost', 1, '', 'done'),
       (1, 'dead', 1, '', 'dead')`,
  )
  expect(await found()).toEqual({ tracks: 4, analysed: 3, stale: 1, missing: 2, twice: 0 })
  await connection.sql('DROP INDEX algiers.analyses_once')
  await analyse('a', SPEC)
  expect(await found()).toEqual({ tracks: 4, analysed: 3, stale: 1, missing: 2, twice: 1 })
})
