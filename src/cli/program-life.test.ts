import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStore } from '../platform/store/store.ts'
import { runAlgiers } from './run-algiers.fixture.ts'

let folder: string
let dataDir: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-life-'))
  dataDir = join(folder, 'data')
  openStore(dataDir).close()
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const run = async (...args: readonly string[]) => {
  const { code, document } = await runAlgiers(dataDir, [...args, '--json'])
  return { code, document: document<Record<string, unknown>>() }
}

test('an older program refuses the library of a newer one in words, and leaves it byte by byte', async () => {
  const database = new DatabaseSync(join(dataDir, 'algiers.db'))
  database.exec('PRAGMA user_version = 999')
  database.close()
  const before = readFileSync(join(dataDir, 'algiers.db'))
  for (const args of [['tracks'], ['serve', '--port', '0', '--no-open']])
    expect(await run(...args)).toMatchObject({
      code: 1,
      document: {
        error: {
          code: 'SCHEMA_TOO_NEW',
          title: 'Data is from a newer Algiers',
          hint: 'Update Algiers; nothing was changed.',
        },
      },
    })
  expect(readFileSync(join(dataDir, 'algiers.db')).equals(before)).toBe(true)
})

test('a report can be made of a library that does not open', async () => {
  writeFileSync(join(dataDir, 'algiers.db'), 'no database')
  const { code, document } = await run('report')
  expect(code).toBe(0)
  expect(document.report).toContain('cannot be opened: DATABASE_DAMAGED, Library file is damaged')
  expect(document.report).not.toContain(folder)
  expect((await run('report', '--names')).document.report).toContain(dataDir)
})

test('it is told where the library lies, and deleted only when that is meant', async () => {
  expect((await run('library', 'where')).document).toEqual({ data_dir: dataDir, exists: true })
  const refused = await run('library', 'delete')
  expect([refused.code, existsSync(join(dataDir, 'algiers.db'))]).toEqual([2, true])
  writeFileSync(join(dataDir, 'mine.wav'), 'sound')
  expect((await run('library', 'delete', '--yes')).document).toEqual({ deleted: dataDir, left: ['mine.wav'] })
  expect((await run('library', 'where')).document).toEqual({ data_dir: dataDir, exists: false })
})

test.skipIf(process.platform !== 'linux')('it is started at login, or no longer', async () => {
  vi.stubEnv('XDG_CONFIG_HOME', folder)
  expect((await run('login-start', 'on')).document).toEqual({ start_at_login: true })
  expect(existsSync(join(folder, 'autostart/algiers.desktop'))).toBe(true)
  expect((await run('login-start')).document).toEqual({ start_at_login: true })
  expect((await run('login-start', 'off')).document).toEqual({ start_at_login: false })
})
