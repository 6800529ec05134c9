/** Who may do what in a catalogue: every operation that is declared, tried by whoever must not. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initCatalogue, type OpenCatalogue, openCatalogue, openKeeper } from '../catalogue.ts'
import { putFixtureTrack } from '../engine/catalogue/catalogue.fixture.ts'
import { type Connection, connect } from '../platform/catalogue/connect.ts'
import { NO_POSTGRES, sharedPostgres } from '../platform/catalogue/postgres.fixture.ts'
import type { Operation } from './operations/operation.ts'
import { operations } from './operations/operations.ts'
import { sampleRequest } from './sample-request.fixture.ts'
import { type CatalogueServer, startCatalogueServer } from './start-catalogue-server.ts'

const postgres = sharedPostgres()
const ALL = Object.entries(operations) as readonly (readonly [string, Operation])[]
const bugs: unknown[] = []
const tokens: Record<string, string> = {}
let connection: Connection
let catalogue: OpenCatalogue
let server: CatalogueServer
let radio = 0
/** Tables of the catalogue, and whether their rows belong to a team. */
let tables: readonly { readonly name: string; readonly isOwned: boolean }[] = []

const ask = (who: string | null, [, operation]: (typeof ALL)[number]): Promise<Response> => {
  const { method, path, body } = sampleRequest(operation)
  const isJson = body !== undefined && operation.consumes === undefined
  return fetch(`${server.address}${path}`, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(60_000),
    headers: {
      ...(who === null ? {} : { authorization: `Bearer ${tokens[who]}` }),
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...(operation.consumes === undefined ? {} : { 'content-type': operation.consumes }),
    },
    ...(isJson ? { body: JSON.stringify(body) } : operation.consumes === undefined ? {} : { body: 'nothing' }),
  })
}

/** What radio has, and what belongs to everybody. */
const state = async (): Promise<unknown> => {
  const parts = tables.map(
    ({ name, isOwned }) =>
      `(SELECT json_build_object('table', '${name}', 'rows', json_agg(one::text ORDER BY one::text)) FROM algiers.${name} AS one ${isOwned ? `WHERE team_id = ${radio}` : ''})`,
  )
  return (await connection.sql(`SELECT json_build_array(${parts.join(',')}) AS state`))[0]
}

/** The endless answer of events is tried by itself. */
const ENDING = ALL.filter(([, { isEndless }]) => !isEndless)
const SECRET = 'secret-of-radio'
const FIRST_BEAT = 37

beforeAll(async () => {
  if (postgres === null) return
  const url = postgres.database()
  await initCatalogue(url, null)
  const keeper = await openKeeper(url)
  for (const [name, role, team] of [
    ['mia', 'labeller', 'radio'],
    ['ada', 'reader', 'radio'],
    ['eve', 'owner', 'other'],
  ] as const)
    tokens[name] = await keeper.grant({ name, role, team })
  await keeper.close()
  connection = connect(url)
  await putFixtureTrack(connection.sql, { title: 'Here', embedding: [1, 0.1] })
  catalogue = await openCatalogue(url)
  const report = (bug: unknown): void => void bugs.push(bug)
  server = await startCatalogueServer(catalogue, { host: '127.0.0.1', port: 0, report, log: () => {} })
  radio = (await connection.sql<{ id: number }>(`SELECT id FROM algiers.teams WHERE name = 'radio'`))[0]!.id
  tables = await connection.sql(
    `SELECT tables.table_name AS name, bool_or(column_name = 'team_id') AS "isOwned" FROM information_schema.tables
     JOIN information_schema.columns USING (table_schema, table_name)
     WHERE table_schema = 'algiers' AND table_name NOT IN ('events', 'schema_version') GROUP BY 1 ORDER BY 1`,
  )
  const work = [
    ['POST', '/api/training/labels', { track_id: 1, label_value: 'intro', start_beat: FIRST_BEAT, end_beat: 101 }],
    ['POST', '/api/playlists', { name: SECRET, folders: [SECRET], track_ids: [1] }],
    ['PATCH', '/api/notes', { track_ids: [1], rating: 5, comment: SECRET, my_tags: [SECRET] }],
  ] as const
  for (const [method, path, body] of work) {
    const made = await fetch(`${server.address}${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens.mia}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect([path, made.ok]).toEqual([path, true])
  }
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await server?.close()
  await catalogue?.app.close()
  await connection?.close()
})

test('whatever is declared asks for a token', async () => {
  for (const one of ALL) expect([one[0], (await ask(null, one)).status]).toEqual([one[0], 401])
})

test('an owner of another team neither sees nor changes what a team has, whatever is asked by whatever number', async () => {
  // Rows that only a look across teams could come upon: read as they are, they would show.
  await connection.sql(
    `INSERT INTO algiers.model_versions (team_id, version, onnx, card, is_active) VALUES (${radio}, 1, '\\x00', '{"notes":"${SECRET}"}', true);
     INSERT INTO algiers.jobs (team_id, kind, payload, progress) VALUES (${radio}, 'train', '{"notes":"${SECRET}"}', '{"note":"${SECRET}"}')`,
  )
  const before = await state()
  try {
    for (const one of ENDING) {
      const answer = await ask('eve', one)
      const said = await answer.text()
      expect([one[0], said.includes(SECRET), said.includes(`"start_beat":${FIRST_BEAT}`)]).toEqual([
        one[0],
        false,
        false,
      ])
      expect([one[0], await state()]).toEqual([one[0], before])
      expect([one[0], answer.status]).not.toEqual([one[0], 500])
    }
  } finally {
    await connection.sql('DELETE FROM algiers.model_versions; DELETE FROM algiers.jobs')
  }
  expect(bugs).toEqual([])
})

test('a reader changes nothing by anything that is declared', async () => {
  const before = await state()
  const seen: string[] = []
  for (const one of ENDING) {
    const answer = await ask('ada', one)
    const said = await answer.text()
    if (said.includes(`"start_beat":${FIRST_BEAT}`) || said.includes(SECRET)) seen.push(one[0])
    expect([one[0], await state()]).toEqual([one[0], before])
    expect([one[0], answer.status]).not.toEqual([one[0], 500])
  }
  // The same looks that show a stranger nothing show it to the team.
  expect(seen).toEqual(
    expect.arrayContaining(['track', 'listLabels', 'listTracks', 'listPlaylists', 'playlist', 'myTags']),
  )
  expect(bugs).toEqual([])
})

test('the same requests of a labeller change something, so that the refusals above say something', async () => {
  const changing: string[] = []
  for (const one of ENDING) {
    const before = JSON.stringify(await state())
    await (await ask('mia', one)).text()
    if (JSON.stringify(await state()) !== before) changing.push(one[0])
  }
  expect(changing).toEqual(expect.arrayContaining(['editGrid', 'addLabel', 'deleteLabel']))
  expect(bugs).toEqual([])
})
