import { DatabaseSync } from 'node:sqlite'
import { createRandom } from '../../src/core/support/random.ts'
import { addFixtureTrack } from '../../src/engine/kit/library.fixture.ts'
import { openStore } from '../../src/platform/store/store.ts'

const SEED_TRACKS = 1000
const CURVE_VALUES = 700
/** Values that may not occur twice, or that should not. */
const NAMED = ['audio_digest', 'file_digest', 'path', 'title_key', 'search_text']

type ColumnRow = { readonly name: string; readonly pk: number }

/** The rows of one table once more for the tracks of the `copy`-th thousand. */
const copyRows = (database: DatabaseSync, table: string, copy: number): void => {
  const columns = database.prepare(`SELECT name, pk FROM pragma_table_info('${table}')`).all() as ColumnRow[]
  const key = table === 'tracks' ? 'id' : 'track_id'
  if (!columns.some(({ name }) => name === key)) return
  const copied = columns.filter(({ name, pk }) => name === key || !(pk > 0 && name === 'id'))
  const values = copied.map(({ name }) =>
    name === key
      ? `${name} + ${copy * SEED_TRACKS}`
      : NAMED.includes(name) && table !== 'grids' && table !== 'analyses'
        ? `'${copy} ' || ${name}`
        : name,
  )
  const names = copied.map(({ name }) => name).join(', ')
  database.exec(
    `INSERT INTO ${table} (${names}) SELECT ${values.join(', ')} FROM ${table} WHERE ${key} <= ${SEED_TRACKS}`,
  )
}

/** The step that all labels came by. */
export const BULK_STEP = 1

/** Fills a data directory with so many analysed tracks, in thousands: one by one they would take an hour. */
export const writeManyTracks = (dataDir: string, tracks: number): void => {
  const random = createRandom(1)
  const store = openStore(dataDir)
  for (let index = 0; index < SEED_TRACKS; index++)
    addFixtureTrack(store, {
      index,
      cached: false,
      bpm: 90 + random() * 90,
      tags: { title: `Title ${Math.floor(random() * SEED_TRACKS)}`, artist: `Artist ${index % 321}` },
      facts: {
        camelot: `${(index % 12) + 1}${index % 2 ? 'A' : 'B'}`,
        energy: (index % 10) + 1,
        energyCurve: Array.from({ length: CURVE_VALUES }, random),
      },
      kinds: index % 5 === 0 ? ['intro', 'drop', 'outro'] : [],
    })
  const path = store.directory.database
  store.close()
  const database = new DatabaseSync(path)
  database.exec('PRAGMA synchronous = OFF')
  database.exec('PRAGMA foreign_keys = OFF')
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all()
  database.exec('BEGIN')
  for (let copy = 1; copy * SEED_TRACKS < tracks; copy++)
    for (const { name } of tables as { name: string }[]) copyRows(database, name, copy)
  database
    .prepare(`INSERT INTO label_steps (id, says, way_back, made_at) VALUES (?, 'Accepted', '{"kind":"bulk"}', ?)`)
    .run(BULK_STEP, new Date().toISOString())
  database.prepare('INSERT INTO bulk_labels (label_id, step_id) SELECT id, ? FROM labels').run(BULK_STEP)
  database.exec('COMMIT')
  database.close()
}
