import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { initCatalogue } from '../../src/catalogue.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { putFixtureTrack } from '../../src/engine/catalogue/catalogue.fixture.ts'
import { type Connection, connect } from '../../src/platform/catalogue/connect.ts'
import { startPostgres } from '../../src/platform/catalogue/postgres.fixture.ts'
import { nearestTracks, readSound } from '../../src/platform/catalogue/sound-rows.ts'
import { peakResidentKib } from '../speed/peak-memory.ts'
import type { Outcome } from './outcome.ts'
import { processorMs } from './processor-time.ts'

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname
const PAGE_LIMIT_MS = 60
const SIMILAR_LIMIT_MS = 40
const LEAST_RECALL = 0.97
const MEMORY_LIMIT_MEGABYTES = 400
const DIMENSIONS = 512
/** Sounds of music have far fewer degrees of freedom than numbers. */
const DEGREES = 24
const AT_ONCE = 1000
const ROUNDS = 100
const EXACT_ROUNDS = 25
const NEAREST = 20

const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))]!

/** Vectors of length 1 that lie near a surface of few dimensions. */
const vectorMaker = (): (() => string) => {
  const random = createRandom(7)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const directions = Array.from({ length: DEGREES }, () => Float64Array.from({ length: DIMENSIONS }, normal))
  return () => {
    const vector = Float64Array.from({ length: DIMENSIONS }, () => 0.3 * (random() - 0.5))
    for (const direction of directions) {
      const weight = normal()
      for (let at = 0; at < DIMENSIONS; at++) vector[at]! += weight * direction[at]!
    }
    const length = Math.hypot(...vector)
    return `[${Array.from(vector, (value) => (value / length).toFixed(4)).join(',')}]`
  }
}

/** Copies one analysed track again and again, with other names, tempi and keys. */
const fill = async ({ sql }: Connection, tracks: number): Promise<void> => {
  const id = await putFixtureTrack(sql, { title: 'The first', embedding: [1] })
  await sql(
    `INSERT INTO algiers.tracks (audio_digest, tags, title_key, artist_key, search_text, bpm, camelot, energy, duration_seconds, loudness_lufs)
     SELECT 'synthetic-' || n, jsonb_build_object('title', 'Title ' || n, 'artist', 'Artist ' || n % 5000), 'title ' || n, 'artist ' || n % 5000,
       'title ' || n || E'\\nartist ' || n % 5000, 90 + n * 7919 % 900 / 10.0, 1 + n % 12 || (CASE WHEN n % 2 = 0 THEN 'A' ELSE 'B' END),
       1 + n * 31 % 90 / 10.0, 180 + n % 240, -14 + n % 80 / 10.0 FROM generate_series(1, $1) AS n`,
    [tracks],
  )
  await sql(
    `INSERT INTO algiers.analyses (audio_digest, spec, feature_spec, grid, grid_digest, duration_seconds, facts, vector)
     SELECT tracks.audio_digest, spec, feature_spec, grid, grid_digest, tracks.duration_seconds, facts, vector
     FROM algiers.tracks CROSS JOIN (SELECT analyses.* FROM algiers.analyses JOIN algiers.tracks ON analysis_id = analyses.id WHERE tracks.id = $1) AS first
     WHERE tracks.id <> $1`,
    [id],
  )
  await sql(
    `UPDATE algiers.tracks SET analysis_id = analyses.id FROM algiers.analyses WHERE analyses.audio_digest = tracks.audio_digest AND analysis_id IS NULL`,
  )
}

/** Gives the first tracks sounds; where there are fewer tracks, more are made for that. */
const fillSounds = async ({ sql }: Connection, vectors: number): Promise<number> => {
  await sql('DROP INDEX algiers.tracks_by_sound')
  const make = vectorMaker()
  const [{ most }] = (await sql<{ most: number }>('SELECT max(id) AS most FROM algiers.tracks')) as [{ most: number }]
  for (let at = 0; at < vectors; at += AT_ONCE) {
    const sounds = Array.from({ length: Math.min(AT_ONCE, vectors - at) }, make)
    await sql(
      at + AT_ONCE <= most
        ? `UPDATE algiers.tracks SET embedding = sound::halfvec, pack_digest = 'synthetic' FROM unnest($1::text[]) WITH ORDINALITY AS made (sound, n) WHERE id = $2 + n`
        : `INSERT INTO algiers.tracks (audio_digest, tags, title_key, search_text, bpm, camelot, embedding, pack_digest)
           SELECT 'sounding-' || $2::int + n, '{}', 'sound ' || n, 'sound', 120 + n % 20, 1 + n % 12 || 'A', sound::halfvec, 'synthetic'
           FROM unnest($1::text[]) WITH ORDINALITY AS made (sound, n)`,
      [sounds, at],
    )
  }
  const begun = performance.now()
  await sql(`SET maintenance_work_mem = '2GB'; SET max_parallel_maintenance_workers = 2;
    CREATE INDEX tracks_by_sound ON algiers.tracks USING hnsw (embedding halfvec_cosine_ops) WITH (m = 16, ef_construction = 100)`)
  const seconds = (performance.now() - begun) / 1000
  await sql('VACUUM ANALYZE algiers.tracks')
  await sql('ANALYZE algiers.analyses')
  return seconds
}

/** A real server over so many tracks: its pages, its neighbours, its memory. */
export const catalogueScale = async (tracks: number, vectors: number): Promise<readonly Outcome[]> => {
  const postgres = startPostgres()
  if (postgres === null) return []
  const url = postgres.database()
  const { owner } = await initCatalogue(url, null)
  const connection = connect(url)
  const child = spawn(process.execPath, [MAIN, 'serve', '--catalogue', url, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    await fill(connection, tracks)
    const buildSeconds = await fillSounds(connection, vectors)
    const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
    const { address } = JSON.parse(line) as { readonly address: string }
    const ask = async (path: string): Promise<{ readonly ms: number; readonly answer: unknown }> => {
      const asked = performance.now()
      const reply = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${owner.token}` } })
      const answer = await reply.json()
      if (reply.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`)
      return { ms: performance.now() - asked, answer }
    }
    const random = createRandom(3)
    const pages: number[] = []
    const similar: number[] = []
    const queries = [
      '',
      'sort=artist',
      'sort=bpm&bpm_min=120&bpm_max=130',
      'sort=added&order=desc',
      'key=8A&sort=energy',
    ]
    const spent = (): number => processorMs(child.pid!) + processorMs(postgres.pid())
    const beforePages = spent()
    for (let round = 0; round < ROUNDS; round++) {
      const query = queries[round % queries.length]!
      pages.push((await ask(`/api/tracks?limit=100&offset=${Math.floor(random() * 2000)}&${query}`)).ms)
    }
    const beforeSimilar = spent()
    const anyId = (): number => 2 + Math.floor(random() * (Math.min(tracks, vectors) - 2))
    for (let round = 0; round < ROUNDS; round++)
      similar.push(
        (await ask(`/api/tracks/${anyId()}/similar?limit=${NEAREST}${round % 2 ? '&tempo_within=4' : ''}`)).ms,
      )
    const afterSimilar = spent()
    let [found, wanted] = [0, 0]
    for (let round = 0; round < EXACT_ROUNDS; round++) {
      const id = anyId()
      const query = { id, ...(await readSound(connection.sql, id))!, limit: NEAREST, filter: null }
      const near = new Set((await nearestTracks(connection, query)).map((one) => one.id))
      const exact = await nearestTracks(connection, { ...query, isExact: true })
      wanted += exact.length
      found += exact.filter((one) => near.has(one.id)).length
    }
    const recall = found / wanted
    const megabytes = (peakResidentKib(child.pid!) ?? 0) / 1024
    const [pageP95, similarP95] = [percentile(pages, 0.95), percentile(similar, 0.95)]
    return [
      {
        holds: pageP95 <= PAGE_LIMIT_MS,
        what: `a page of 100 of ${tracks} tracks of a catalogue: p95 ${pageP95.toFixed(0)} ms (limit ${PAGE_LIMIT_MS}), median ${percentile(pages, 0.5).toFixed(0)} ms, ${((beforeSimilar - beforePages) / ROUNDS).toFixed(0)} ms of processor each, the database's included`,
      },
      {
        holds: similarP95 <= SIMILAR_LIMIT_MS && recall >= LEAST_RECALL,
        what: `the ${NEAREST} most similar of ${vectors}: p95 ${similarP95.toFixed(0)} ms (limit ${SIMILAR_LIMIT_MS}), median ${percentile(similar, 0.5).toFixed(0)} ms, ${((afterSimilar - beforeSimilar) / ROUNDS).toFixed(0)} ms of processor each; ${recall.toFixed(3)} of the exact ones found (least ${LEAST_RECALL}); index built in ${buildSeconds.toFixed(0)} s`,
      },
      {
        holds: megabytes > 0 && megabytes <= MEMORY_LIMIT_MEGABYTES,
        what: `memory of the server: ${megabytes.toFixed(0)} MB at most (limit ${MEMORY_LIMIT_MEGABYTES})`,
      },
    ]
  } finally {
    child.kill()
    await connection.close()
    postgres.stop()
  }
}
