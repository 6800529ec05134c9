import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openApp } from '../../src/app.ts'
import { errorCatalogue } from '../../src/core/support/error-catalogue.ts'
import { addLabelledTracks } from '../../src/engine/kit/library.fixture.ts'
import { openStore } from '../../src/platform/store/store.ts'
import type { Outcome } from './outcome.ts'
import { writeShortTracks } from './short-tracks.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const LABELLED_TRACKS = 20
const MUSIC_FILES = 2
const START_LIMIT_MS = 60_000
const ANSWER_LIMIT_MS = 30_000
const END_LIMIT_MS = 5000
const SCAN_LIMIT_MS = 120_000
const POLL_MS = 200

/** What may lie where a file should. */
const KINDS: Readonly<Record<string, (path: string) => void>> = {
  pipe: (path) => void execFileSync('mkfifo', [path]),
  folder: (path) => void mkdirSync(join(path, 'inner'), { recursive: true }),
  'link to a device': (path) => symlinkSync('/dev/zero', path),
  'link to itself': (path) => symlinkSync(path, path),
}

/** Files that come about only now and then. */
const today = new Date().toISOString().slice(0, 10)
const SELDOM = [
  'server.json',
  'token',
  'restore.db',
  'restore.db.partial',
  'lock.db-journal',
  'algiers.db-journal',
  'algiers.db-wal',
  'logs/algiers.log',
  'logs/algiers.1.log',
  `backups/algiers-day-${today}.db`,
  `backups/.partial-algiers-day-${today}.db`,
  'backups/algiers-day-2026-01-01.db',
  'models/dj_section_v2.json',
  'cache/staged',
]

/** A library with tracks, a trained version, and whatever a scan leaves. */
const makeLibrary = async (folder: string): Promise<string> => {
  const dataDir = join(folder, 'whole')
  const store = openStore(dataDir)
  addLabelledTracks(store, LABELLED_TRACKS)
  store.close()
  const music = join(folder, 'music')
  writeShortTracks(music, MUSIC_FILES, 128)
  const app = await openApp({ dataDir })
  try {
    await app.collection.addRoot(music)
    await app.collection.scan()
    await app.versions.train({ epochs: 5 })
  } finally {
    await app.close()
  }
  return dataDir
}

/** One file of each folder and kind, and those that come about seldom. */
const placesIn = (dataDir: string): readonly string[] => {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const byKind = new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name).slice(dataDir.length + 1)
      return [`${dirname(path)} ${path.includes('/') ? extname(path) : path}`, path]
    }),
  )
  return [...new Set([...byKind.values(), ...SELDOM])]
}

/** The line of a start: where it is served, or why it is not. */
type Begun = { readonly address?: string; readonly error?: { readonly code: string } }

type Said = { readonly problems: string[]; readonly told: string[] }

const ask = async (address: string, said: Said, method: string, path: string): Promise<unknown> => {
  try {
    const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
    const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }
    const answer = await fetch(address + path, { method, signal, ...body })
    const document = (await answer.json()) as { readonly code?: string }
    if (answer.status >= 400) said.told.push(`${path}: ${answer.status} ${document.code}`)
    if (document.code === 'INTERNAL') said.problems.push(`${method} ${path} is a bug`)
    return document
  } catch (error) {
    said.problems.push(`${method} ${path}: ${(error as Error).message}`)
    return {}
  }
}

const useServer = async (address: string, said: Said): Promise<void> => {
  for (const path of ['/api/tracks?limit=10', '/api/training/models', '/api/doctor', '/api/backups', '/api/storage'])
    await ask(address, said, 'GET', path)
  await ask(address, said, 'POST', '/api/backups')
  const { job_id: id } = (await ask(address, said, 'POST', '/api/scan')) as { readonly job_id?: string }
  const until = performance.now() + SCAN_LIMIT_MS
  let status: string | undefined = 'pending'
  while (id !== undefined && status !== undefined && !['completed', 'failed', 'cancelled'].includes(status)) {
    if (performance.now() > until) return void said.problems.push(`the scan is still ${status}`)
    await sleep(POLL_MS)
    ;({ status } = (await ask(address, said, 'GET', `/api/jobs/${id}`)) as { readonly status?: string })
  }
  await ask(address, said, 'GET', '/api/tracks/21/sections?version=1')
}

const tryServer = async (dataDir: string): Promise<Said> => {
  const said: Said = { problems: [], told: [] }
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--no-open', '--json'], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Not before all that it has said is here.
  const closed = once(child, 'close')
  let errors = ''
  child.stderr.on('data', (text: Buffer) => (errors += text))
  try {
    const begun = await Promise.race([once(child.stdout, 'data'), closed, sleep(START_LIMIT_MS, null, { ref: false })])
    if (begun === null) said.problems.push('neither started nor ended')
    else {
      const line: Begun = begun[0] instanceof Buffer ? JSON.parse(String(begun[0])) : {}
      const { address, error } = line
      if (address === undefined) {
        if (error === undefined || !(error.code in errorCatalogue))
          said.problems.push(`ended without a word: ${errors.slice(0, 200)}`)
        else said.told.push(`refused as ${error.code}`)
        return said
      }
      await useServer(address, said)
    }
    const asked = performance.now()
    child.kill('SIGTERM')
    await Promise.race([closed, sleep(2 * END_LIMIT_MS, null, { ref: false })])
    const ms = performance.now() - asked
    if (ms > END_LIMIT_MS) said.problems.push(`ended after ${ms.toFixed(0)} ms`)
    return said
  } finally {
    child.kill('SIGKILL')
    await closed
  }
}

/**
 * Servers over libraries in which one file is a pipe, a folder or a link that leads nowhere good: each starts or says why, answers,
 * takes in what lies in the folders, and ends in time.
 */
export async function* oddFileTrial(): AsyncGenerator<Outcome, void> {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-odd-'))
  try {
    const whole = await makeLibrary(folder)
    for (const place of placesIn(whole))
      for (const [kind, put] of Object.entries(KINDS)) {
        const dataDir = join(folder, 'data')
        rmSync(dataDir, { recursive: true, force: true })
        cpSync(whole, dataDir, { recursive: true })
        rmSync(join(dataDir, place), { recursive: true, force: true })
        mkdirSync(dirname(join(dataDir, place)), { recursive: true })
        put(join(dataDir, place))
        const { problems, told } = await tryServer(dataDir)
        const words = [...problems, ...told].join('; ')
        yield { holds: problems.length === 0, what: `${place} is a ${kind}: ${words || 'as ever'}` }
      }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
