import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../platform/catalogue/connect.ts'
import { CATALOGUE_MIGRATIONS } from '../platform/catalogue/migrations.ts'
import { NO_POSTGRES, sharedPostgres } from '../platform/catalogue/postgres.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

const VERSION = CATALOGUE_MIGRATIONS.length

const postgres = sharedPostgres()
let folder: string
let url: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'catalogue-commands-'))
  if (postgres !== null) url = postgres.database()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const algiers = (...args: readonly string[]): Promise<CliRun> => runAlgiers(folder, [...args, '--json'])
const catalogue = (verb: string, ...args: readonly string[]): Promise<CliRun> =>
  algiers('catalogue', verb, '--catalogue', url, ...args)
type Refused = { readonly error: { readonly code: string; readonly detail: string } }

test.each([
  ['mysql://here/music', 'CATALOGUE_URL_INVALID'],
  ['no address', 'CATALOGUE_URL_INVALID'],
  // In plain text through a network is a decision that somebody must take.
  ['postgres://me:secret@db.example/music', 'CATALOGUE_URL_INVALID'],
  ['postgres://me:secret@127.0.0.1:1/music', 'CATALOGUE_UNREACHABLE'],
])('the address %s is refused as %s, without its password', async (address, code) => {
  for (const verb of ['status', 'init']) {
    const { document, stdout, stderr } = await algiers('catalogue', verb, '--catalogue', address)
    expect(document<Refused>().error.code).toBe(code)
    expect(stdout + stderr).not.toContain('secret')
  }
})

test('without an address the command says what it needs', async () => {
  const { code, stderr } = await algiers('catalogue', 'status')
  expect(code).toBe(2)
  expect(stderr).toContain('--catalogue')
})

test('a catalogue is set up once, filled, and tells how far it is', async ({ skip }) => {
  skip(postgres === null, NO_POSTGRES)
  for (const verb of ['status', 'verify', 'migrate', 'users'])
    expect((await catalogue(verb)).document<Refused>().error.code).toBe('CATALOGUE_MISSING')
  expect((await catalogue('init')).document()).toMatchObject({ version: VERSION, owner: { name: 'owner' } })
  expect((await catalogue('init')).document<Refused>().error.code).toBe('CATALOGUE_EXISTS')
  writeFileSync(join(folder, 'a.mp3'), 'no sound')
  writeFileSync(join(folder, 'notes.txt'), 'no music')
  expect((await catalogue('add', folder)).document()).toMatchObject({ found: 1, waiting: 1 })
  expect((await catalogue('add', join(folder, 'not there'))).document<Refused>().error.code).toBe('ROOT_NOT_FOUND')
  expect((await catalogue('status')).document()).toEqual({
    waiting: 1,
    running: 0,
    done: 0,
    dead: 0,
    eta_seconds: null,
    grids_given_up: 0,
    sections_given_up: 0,
  })
  const verified = await catalogue('verify')
  expect(verified.document()).toEqual({ tracks: 0, analysed: 0, missing: 1, twice: 0, stale: 0 })
  expect(verified.code).toBe(1)
  expect((await catalogue('migrate')).document()).toEqual({ from: VERSION, to: VERSION, waiting: 0 })
})

test('a worker gives up what is no music, ends once nothing waits, and tells of each file in a line', async ({
  skip,
}) => {
  skip(postgres === null, NO_POSTGRES)
  const { stderr, document } = await algiers('worker', '--catalogue', url, '--until-done')
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly code?: string })
  expect(lines.map(({ type }) => type)).toEqual(['ready', 'dead'])
  expect(document()).toEqual({ analysed: 0, dead: 1 })
  expect((await catalogue('dead')).document()).toMatchObject([{ key: 'a.mp3', code: 'AUDIO_FORMAT_UNKNOWN' }])
  expect((await catalogue('verify')).document()).toMatchObject({ missing: 0 })
  expect((await catalogue('dead', '--retry')).document()).toEqual({ waiting: 1 })
})

test('people are let in and kept out; nobody keeps a token that opens anything', async ({ skip }) => {
  skip(postgres === null, NO_POSTGRES)
  const { token } = (await catalogue('grant', 'mia', '--team', 'radio')).document<{ token: string }>()
  expect((await catalogue('users')).document()).toEqual([
    { name: 'mia', role: 'labeller', team: 'radio' },
    { name: 'owner', role: 'owner', team: 'owner' },
  ])
  const { sql, close } = connect(url)
  const kept = JSON.stringify(await sql('SELECT users::text FROM algiers.users'))
  expect(kept).not.toContain(token.split('.')[1])
  await close()
  expect((await catalogue('revoke', 'mia')).document()).toEqual({ name: 'mia' })
  expect((await catalogue('revoke', 'mia')).document<Refused>().error.code).toBe('USER_NOT_FOUND')
})

test('a library goes in and comes out by command', async ({ skip }) => {
  skip(postgres === null, NO_POSTGRES)
  const move = ['--team', 'owner'] as const
  expect((await catalogue('import-library', ...move)).document<Refused>().error.code).toBe('DATABASE_MISSING')
  openStore(folder).close()
  expect((await catalogue('import-library', ...move)).document()).toEqual({
    tracks: 0,
    left_alone: [],
    not_analysed: 0,
    versions: 0,
    renumbered: [],
    damaged: [],
    playlists: 0,
    playlists_left_alone: [],
    notes: 0,
    notes_left_alone: [],
    kept_aside: { sets: 0, transitions: 0, lenses: 0, imported_suggestions: 0, model_scopes: 0, tag_readings: 0 },
  })
  expect((await catalogue('export-library', join(folder, 'out'), ...move)).document()).toEqual({
    tracks: 0,
    notes: 0,
    playlists: 0,
    versions: 0,
    is_continued: true,
    left_behind: { tracks: 0, notes: 0, playlists: 0 },
  })
  expect((await catalogue('export-library', join(folder, 'out'), ...move)).document<Refused>().error.code).toBe(
    'EXPORT_EXISTS',
  )
  expect((await catalogue('import-library')).code).toBe(2)
})

test('a catalogue of a newer Algiers is left alone, and one of an older is brought up to date', async ({ skip }) => {
  skip(postgres === null, NO_POSTGRES)
  const { sql, close } = connect(url)
  const refusedAt = async (version: number, verb: string): Promise<string> => {
    await sql('UPDATE algiers.schema_version SET version = $1', [version])
    return (await catalogue(verb)).document<Refused>().error.code
  }
  expect(await refusedAt(99, 'status')).toBe('CATALOGUE_TOO_NEW')
  expect(await refusedAt(99, 'migrate')).toBe('CATALOGUE_TOO_NEW')
  // No catalogue of an earlier version is out there yet.
  expect(await refusedAt(-1, 'status')).toBe('CATALOGUE_OUTDATED')
  await sql('UPDATE algiers.schema_version SET version = 1')
  await close()
})
