import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

let dataDir = ''
const algiers = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, [...args, '--json'])
const labels = async (): Promise<number> =>
  (await algiers('labels', 'stats')).document<{ total_labels: number }>().total_labels

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-backups-'))
  const store = openStore(dataDir)
  addLabelledTracks(store, 2)
  store.close()
})
afterAll(() => rmSync(dataDir, { recursive: true }))

test('a damaged library is refused, and a copy takes its place', async () => {
  const { name } = (await algiers('backups', 'make')).document<{ name: string }>()
  expect((await algiers('backups', 'list')).document()).toMatchObject({
    folder: join(dataDir, 'backups'),
    backups: [{ name, kind: 'hand', holds: { tracks: 2, labels: 6 } }],
  })
  writeFileSync(join(dataDir, 'algiers.db'), 'what a failing disk leaves')
  const refused = await algiers('labels', 'stats')
  expect([refused.code, refused.document()]).toMatchObject([1, { error: { code: 'DATABASE_DAMAGED' } }])
  expect(refused.document<{ error: { hint: string } }>().error.hint).toContain('algiers backups restore')
  const restored = await algiers('backups', 'restore', name)
  expect([restored.code, restored.document()]).toMatchObject([
    0,
    { restored: name, kept: expect.stringMatching(/^algiers-before-restore-/) },
  ])
  expect(await labels()).toBe(6)
})

test('not while another Algiers uses the library, and only what is a copy of it', async () => {
  const [{ name }] = (await algiers('backups', 'list')).document<{ backups: [{ name: string }] }>().backups
  const store = openStore(dataDir)
  const busy = await algiers('backups', 'restore', name)
  store.close()
  expect([busy.code, busy.document()]).toMatchObject([1, { error: { code: 'ALREADY_RUNNING' } }])
  const unknown = await algiers('backups', 'restore', '../algiers.db')
  expect([unknown.code, unknown.document()]).toMatchObject([1, { error: { code: 'BACKUP_NOT_FOUND' } }])
  expect(await labels()).toBe(6)
})
