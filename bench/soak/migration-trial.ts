import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom } from '../../src/core/support/random.ts'
import { openDatabase } from '../../src/platform/store/database.ts'
import { MIGRATIONS, ROWS } from './migration-steps.ts'
import type { Outcome } from './outcome.ts'

const CHILD = join(import.meta.dirname, 'migration-child.ts')
/** A migration takes some tenths of a second. */
const LATEST_KILL_MS = 400
const MOST_CONTROL_TRIALS = 40

type Found = { readonly version: number; readonly torn: boolean }

const count = (database: DatabaseSync, sql: string): number =>
  (database.prepare(`SELECT count(*) AS rows FROM ${sql}`).get() as { rows: number }).rows

/** Looks before anything could mend it. */
const lookAt = (path: string): Found => {
  const database = new DatabaseSync(path)
  try {
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
    const columns = database.prepare("SELECT name FROM pragma_table_info('notes')").all().length
    const spans = count(database, "sqlite_master WHERE name = 'spans'")
    const kept = count(database, 'notes') === ROWS
    if (version === 1) return { version, torn: !kept || columns !== 2 || spans !== 0 }
    const isWhole = columns === 3 && spans === 1 && count(database, 'spans') === ROWS
    return { version, torn: !kept || !isWhole || count(database, "notes WHERE colour = 'blue'") !== ROWS }
  } finally {
    database.close()
  }
}

const killOnce = async (afterMs: number, control: readonly string[]): Promise<Found> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-migration-'))
  const path = join(folder, 'algiers.db')
  try {
    openDatabase({ path, backups: folder, migrations: MIGRATIONS.slice(0, 1) }).close()
    const child = spawn(process.execPath, [CHILD, folder, ...control], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'exit')
    await once(child.stdout, 'data')
    await Promise.race([ended, sleep(afterMs)])
    child.kill('SIGKILL')
    await ended
    const found = lookAt(path)
    // The next start brings it to the end.
    if (control.length > 0) return found
    openDatabase({ path, backups: folder, migrations: MIGRATIONS }).close()
    const after = lookAt(path)
    return { version: found.version, torn: found.torn || after.torn || after.version !== MIGRATIONS.length }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Kills a process that brings the library to a new schema, at any moment. */
export const migrationTrial = async (trials: number, seed: number): Promise<readonly Outcome[]> => {
  const random = createRandom(seed)
  const found: Found[] = []
  while (found.length < trials) found.push(await killOnce(random() * LATEST_KILL_MS, []))
  const torn = found.filter((one) => one.torn).length
  const before = found.filter(({ version }) => version === 1).length
  let [tries, control] = [0, false]
  for (; !control && tries < MOST_CONTROL_TRIALS; tries++)
    control = (await killOnce(random() * LATEST_KILL_MS, ['without-transactions'])).torn
  return [
    {
      holds: torn === 0 && before > 0,
      what: `kill -9 amid a migration: ${trials} trials, ${before} before its end, ${torn} torn; the next start ends all`,
    },
    { holds: control, what: `control: without transactions ${control ? 'torn' : 'nothing'} after ${tries} trials` },
  ]
}
