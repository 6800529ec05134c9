import { afterAll, beforeEach, expect, test } from 'vitest'
import { type Connection, connect } from './connect.ts'
import { CATALOGUE_MIGRATIONS } from './migrations.ts'
import { NO_POSTGRES, sharedPostgres } from './postgres.fixture.ts'
import { migrateSchema, requireSchema } from './schema.ts'

const postgres = sharedPostgres()
let connection: Connection | undefined
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(() => connection?.close())

test('a catalogue of the first version keeps its labels and the grids that they are counted on, and has its sections heard', async () => {
  connection = connect(postgres!.database())
  const { sql } = connection
  await sql('CREATE SCHEMA algiers')
  await sql(CATALOGUE_MIGRATIONS[0]!)
  await sql(`CREATE TABLE algiers.schema_version (version integer NOT NULL); INSERT INTO algiers.schema_version VALUES (1);
    INSERT INTO algiers.teams (name) VALUES ('radio');
    INSERT INTO algiers.tracks (audio_digest, tags, title_key, search_text) VALUES ('a', '{}', 'a', 'a'), ('b', '{}', 'b', 'b');
    INSERT INTO algiers.analyses (audio_digest, spec, feature_spec, grid, grid_digest, duration_seconds, facts, vector)
      SELECT audio_digest, 's', 'f', '{"beatCount": 8}', 'grid of ' || audio_digest, 4, '{}', '{}' FROM algiers.tracks;
    UPDATE algiers.tracks SET embedding = array_fill(1, ARRAY[512])::real[]::halfvec WHERE id = 2;
    UPDATE algiers.tracks SET analysis_id = analyses.id FROM algiers.analyses WHERE analyses.audio_digest = tracks.audio_digest;
    INSERT INTO algiers.labelled_tracks VALUES (1, 1);
    INSERT INTO algiers.labels (team_id, track_id, kind, start_beat, end_beat, source) VALUES (1, 1, 'drop', 0, 8, 'user')`)
  await expect(requireSchema(connection)).rejects.toMatchObject({ code: 'CATALOGUE_OUTDATED' })
  expect(await migrateSchema(connection)).toEqual({ from: 1, to: CATALOGUE_MIGRATIONS.length })
  await requireSchema(connection)
  expect(await sql('SELECT team_id, track_id, version, digest, origin, grid FROM algiers.team_grids')).toEqual([
    { team_id: 1, track_id: 1, version: 1, digest: 'grid of a', origin: 'estimated', grid: { beatCount: 8 } },
  ])
  expect(await sql('SELECT kind, start_beat, end_beat FROM algiers.labels')).toEqual([
    { kind: 'drop', start_beat: 0, end_beat: 8 },
  ])
  expect(
    await sql('SELECT team_id, track_id FROM algiers.sounded_tracks WHERE made < wanted ORDER BY track_id'),
  ).toEqual([
    { team_id: 1, track_id: 1 },
    { team_id: null, track_id: 2 },
  ])
})

test('a sigma at the end of a word, as earlier versions kept it, is found as any other', async () => {
  await connection?.close()
  connection = connect(postgres!.database())
  const { sql } = connection
  await migrateSchema(connection)
  await sql(`UPDATE algiers.schema_version SET version = version - 1; INSERT INTO algiers.teams (name) VALUES ('radio');
    INSERT INTO algiers.tracks (audio_digest, tags, title_key, artist_key, search_text) VALUES
      ('a', '{}', 'οδος', 'κωστας', E'οδος\nκωστας'), ('b', '{}', 'air', NULL, 'air');
    INSERT INTO algiers.track_notes (team_id, track_id, my_tags, tag_keys, said_key)
      VALUES (1, 1, '{b,Σας}', '{b,σας}', E'b\nσας'), (1, 2, '{}', '{}', '')`)
  await migrateSchema(connection)
  expect(await sql('SELECT title_key, artist_key, search_text FROM algiers.tracks ORDER BY id')).toEqual([
    { title_key: 'οδοσ', artist_key: 'κωστασ', search_text: 'οδοσ\nκωστασ' },
    { title_key: 'air', artist_key: null, search_text: 'air' },
  ])
  expect(await sql('SELECT my_tags, tag_keys, said_key FROM algiers.track_notes ORDER BY track_id')).toEqual([
    { my_tags: ['b', 'Σας'], tag_keys: ['b', 'σασ'], said_key: 'b\nσασ' },
    { my_tags: [], tag_keys: [], said_key: '' },
  ])
})
