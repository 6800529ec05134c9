import { createRandom } from '../../src/core/support/random.ts'
import { putFixtureTrack } from '../../src/engine/catalogue/catalogue.fixture.ts'
import type { Connection, Sql } from '../../src/platform/catalogue/connect.ts'

const DIMENSIONS = 512
/** Sounds of music have far fewer degrees of freedom than numbers. */
const DEGREES = 24
const NOISE = 0.3
const AT_ONCE = 500
const HEADER_BYTES = 4
const PACK = 'synthetic'
/** Of analyses, above those that the database gave out. */
const IDS_FROM = 1000

/** Vectors of length 1 that lie near a surface of few dimensions, as the database takes them in. */
const vectorMaker = (seed: number): (() => Buffer) => {
  const random = createRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const directions = Array.from({ length: DEGREES }, () => Float64Array.from({ length: DIMENSIONS }, normal))
  const vector = new Float64Array(DIMENSIONS)
  const halves = new Float16Array(DIMENSIONS)
  const bits = new Uint16Array(halves.buffer)
  return () => {
    for (let at = 0; at < DIMENSIONS; at++) vector[at] = NOISE * (random() - 0.5)
    for (const direction of directions) {
      const weight = normal()
      for (let at = 0; at < DIMENSIONS; at++) vector[at]! += weight * direction[at]!
    }
    const length = Math.hypot(...vector)
    const bytes = Buffer.alloc(HEADER_BYTES + 2 * DIMENSIONS)
    bytes.writeUInt16BE(DIMENSIONS, 0)
    for (let at = 0; at < DIMENSIONS; at++) {
      halves[at] = vector[at]! / length
      bytes.writeUInt16BE(bits[at]!, HEADER_BYTES + 2 * at)
    }
    return bytes
  }
}

/** A track and its analysis name each other, so that both are written by one statement. */
const writeTracks = async (sql: Sql, first: number, at: number, sounds: readonly Buffer[]): Promise<void> => {
  const array = sounds.map((_, nth) => `$${nth + 3}::halfvec`).join(',')
  await sql(
    `WITH made AS MATERIALIZED (
       SELECT $1::int + nth AS n, sound FROM unnest(ARRAY[${array}]) WITH ORDINALITY AS sounds (sound, nth)
     ), written AS (
       INSERT INTO algiers.tracks (audio_digest, tags, title_key, artist_key, search_text, bpm, camelot, energy, duration_seconds,
         loudness_lufs, embedding, pack_digest, analysis_id)
       SELECT 'synthetic-' || n, jsonb_build_object('title', 'Title ' || n, 'artist', 'Artist ' || n % 5000), 'title ' || n,
         'artist ' || n % 5000, 'title ' || n || E'\\nartist ' || n % 5000, 90 + n * 7919 % 900 / 10.0,
         1 + n % 12 || (CASE WHEN n % 2 = 0 THEN 'A' ELSE 'B' END), 1 + n * 31 % 90 / 10.0, 180 + n % 240, -14 + n % 80 / 10.0, sound,
         '${PACK}', ${IDS_FROM} + n FROM made
     )
     INSERT INTO algiers.analyses (id, audio_digest, spec, feature_spec, grid, grid_digest, duration_seconds, facts, vector)
     OVERRIDING SYSTEM VALUE
     SELECT ${IDS_FROM} + n, 'synthetic-' || n, spec, feature_spec, grid, grid_digest, 180 + n % 240, facts, vector
     FROM made CROSS JOIN algiers.analyses WHERE analyses.audio_digest = (SELECT audio_digest FROM algiers.tracks WHERE id = $2)`,
    [at, first, ...sounds],
  )
}

/** @returns the seconds that an index of sounds takes */
const index = async ({ session }: Connection, table: 'tracks' | 'section_sounds'): Promise<number> => {
  const client = await session()
  try {
    const begun = performance.now()
    await client.query(`SET maintenance_work_mem = '4GB'; SET max_parallel_maintenance_workers = 2;
      CREATE INDEX ${table}_by_sound ON algiers.${table} USING hnsw (embedding halfvec_cosine_ops) WITH (m = 16, ef_construction = 100)`)
    return (performance.now() - begun) / 1000
  } finally {
    client.release()
  }
}

/**
 * Fills an empty catalogue with so many tracks of other names, tempi, keys and sounds, each with the analysis of one real track.
 * @returns the seconds that the index of their sounds took
 */
export const fillCatalogue = async (
  connection: Connection,
  tracks: number,
  tell: (line: string) => void,
): Promise<number> => {
  const { sql } = connection
  const first = await putFixtureTrack(sql, { title: 'The first' })
  await sql('DROP INDEX algiers.tracks_by_sound')
  const make = vectorMaker(7)
  for (let at = 0; at < tracks; at += AT_ONCE)
    await writeTracks(sql, first, at, Array.from({ length: Math.min(AT_ONCE, tracks - at) }, make))
  tell(`${tracks} tracks are written, and their index is being built`)
  const seconds = await index(connection, 'tracks')
  await sql('VACUUM ANALYZE algiers.tracks')
  await sql('VACUUM ANALYZE algiers.analyses')
  return seconds
}

/** Of each section, at 120 beats a minute. */
export const BEATS = 32
const KINDS = ['intro', 'build', 'drop', 'break', 'verse', 'chorus', 'drop', 'outro'] as const
export const SECTIONS_OF_TRACK = KINDS.length
const READ = KINDS.map((kind, place) => ({
  kind,
  startBeat: BEATS * place,
  endBeat: BEATS * (place + 1),
  confidence: 0.9,
  runnerUp: 'verse',
  probabilities: {},
  evidence: [],
}))
/** The team that asks works on one track of so many itself. */
const OWN_FROM = 100

const writeSections = (sql: Sql, at: number, sounds: readonly Buffer[]): Promise<unknown> => {
  const array = sounds.map((_, nth) => `$${nth + 2}::halfvec`).join(',')
  return sql(
    `INSERT INTO algiers.section_sounds (track_id, start_beat, end_beat, start_seconds, end_seconds, kind, is_label, bpm, camelot,
       energy, pack_digest, embedding)
     SELECT tracks.id, ${BEATS} * place, ${BEATS} * (place + 1), ${BEATS} * place / 2.0, ${BEATS} * (place + 1) / 2.0,
       ('{${KINDS}}'::text[])[place + 1], false, bpm, camelot, energy, pack_digest, sound
     FROM unnest(ARRAY[${array}]) WITH ORDINALITY AS sounds (sound, nth)
       CROSS JOIN LATERAL (SELECT $1::int + nth - 1 AS n, ($1::int + nth - 1) % ${SECTIONS_OF_TRACK} AS place) AS placed
       JOIN algiers.tracks ON audio_digest = 'synthetic-' || 1 + n / ${SECTIONS_OF_TRACK}`,
    [at, ...sounds],
  )
}

/** Gives the first tracks sections with sounds of their own, so many in all; a team has its own in one of a hundred. @returns as `fillCatalogue` */
export const fillSections = async (connection: Connection, sections: number, team: string): Promise<number> => {
  const { sql } = connection
  await sql('DROP INDEX algiers.section_sounds_by_sound; TRUNCATE algiers.section_sounds, algiers.sounded_tracks')
  const make = vectorMaker(11)
  for (let at = 0; at < sections; at += AT_ONCE)
    await writeSections(sql, at, Array.from({ length: Math.min(AT_ONCE, sections - at) }, make))
  await sql(
    `UPDATE algiers.analyses SET sections = $1, sections_version = 0, sections_spec = '${PACK}'
     WHERE id IN (SELECT analysis_id FROM algiers.tracks WHERE id IN (SELECT track_id FROM algiers.section_sounds))`,
    [JSON.stringify(READ)],
  )
  await sql('INSERT INTO algiers.teams (name) VALUES ($1) ON CONFLICT DO NOTHING', [team])
  await sql(
    `INSERT INTO algiers.sounded_tracks (team_id, track_id, made)
     SELECT teams.id, track_id, 1 FROM algiers.teams, (SELECT DISTINCT track_id FROM algiers.section_sounds) AS sounded
     WHERE name = $1 AND track_id % ${OWN_FROM} = 0`,
    [team],
  )
  await sql(
    `INSERT INTO algiers.section_sounds SELECT own.team_id, section_sounds.track_id, start_beat, end_beat, start_seconds, end_seconds,
       kind, true, bpm, camelot, energy, pack_digest, embedding
     FROM algiers.section_sounds JOIN algiers.sounded_tracks AS own ON own.track_id = section_sounds.track_id`,
  )
  const seconds = await index(connection, 'section_sounds')
  await sql('VACUUM ANALYZE algiers.section_sounds')
  return seconds
}
