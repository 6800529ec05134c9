import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { wavBytes } from '../../src/platform/decoding/wav-bytes.fixture.ts'
import { peakResidentKib } from '../speed/peak-memory.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const FILES_A_FOLDER = 100
const FIRST_TRACKS = 10
const POLL_MS = 100
const SAMPLE_RATE_HZ = 22050
const SECONDS = 8
const BPM = 128

export type LibraryReport = {
  readonly files: number
  /** From the request to scan an empty library to the first answer with ten tracks that have sections. */
  readonly firstSectionsSeconds: number
  /** From the same request until every file is a row. */
  readonly listedSeconds: number
  /** The first page of the table, asked for while the library is analysed. */
  readonly firstTableMs: number
  /** Highest resident memory of the server; null where the system does not tell. */
  readonly peakMegabytes: number | null
  /** Rows that name a track, by table, and files of the cache, after the folder was taken out. */
  readonly leftBehind: Readonly<Record<string, number>>
}

/** Kicks with a tone that is each file's own: short, but with a beat. */
const writeTrack = (path: string, file: number): void => {
  const beat = (SAMPLE_RATE_HZ * 60) / BPM
  const hertz = 110 + (file % 600) / 4 + Math.floor(file / 600) * 200
  const samples = Float32Array.from({ length: SAMPLE_RATE_HZ * SECONDS }, (_, n) => {
    const since = (n % beat) / SAMPLE_RATE_HZ
    const kick = Math.sin(2 * Math.PI * 60 * since) * Math.exp(-12 * since)
    return 0.6 * kick + 0.25 * Math.sin((2 * Math.PI * hertz * n) / SAMPLE_RATE_HZ)
  })
  writeFileSync(path, wavBytes([samples], { bits: 8, sampleRate: SAMPLE_RATE_HZ }))
}

const rowsOfTracks = (database: string): Readonly<Record<string, number>> => {
  const open = new DatabaseSync(database, { readOnly: true })
  const tables = open.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[]
  const count = (table: string): number => open.prepare(`SELECT count(*) AS n FROM "${table}"`).get()!.n as number
  const hasTrack = (table: string): boolean =>
    table === 'tracks' ||
    open
      .prepare(`PRAGMA table_info("${table}")`)
      .all()
      .some(({ name }) => name === 'track_id')
  const found = tables
    .map(({ name }) => name)
    .filter(hasTrack)
    .map((table) => [table, count(table)] as const)
  open.close()
  return Object.fromEntries(found.filter(([, rows]) => rows > 0))
}

/** Compiled code lies in the cache, too, and is of no track. */
const filesOfTracks = (cache: string): number => {
  const files = readdirSync(cache, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => /^(?:features|peaks|heard)/.test(file) && statSync(join(cache, file)).isFile()).length
}

type Track = { readonly strip: readonly object[] | null }

/** A real server, so many short files, and nobody who waits: put in, looked at, taken out again. */
export const libraryTrial = async (files: number): Promise<LibraryReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-library-'))
  const dataDir = join(folder, 'data')
  const music = join(folder, 'music')
  for (let file = 0; file < files; file++) {
    const crate = join(music, String(Math.floor(file / FILES_A_FOLDER)))
    mkdirSync(crate, { recursive: true })
    writeTrack(join(crate, `${file}.wav`), file)
  }
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--no-open', '--json'], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const { address } = JSON.parse(line.toString()) as { address: string }
    const json = async <Document>(method: string, path: string, body?: unknown): Promise<Document> => {
      const headers = { 'content-type': 'application/json' }
      const sent = body === undefined ? {} : { body: JSON.stringify(body), headers }
      const answer = await fetch(address + path, { method, ...sent })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Document
    }
    const page = (): Promise<{ tracks: Track[]; total: number }> =>
      json('GET', '/api/tracks?sort=added&order=asc&limit=100')
    const root = await json<{ id: number }>('POST', '/api/roots', { path: music })
    const begun = performance.now()
    const seconds = (): number => (performance.now() - begun) / 1000
    const { job_id } = await json<{ job_id: string }>('POST', '/api/scan', {})
    let firstSectionsSeconds: number | null = null
    let listedSeconds: number | null = null
    while (firstSectionsSeconds === null || listedSeconds === null) {
      await sleep(POLL_MS)
      const { tracks, total } = await page()
      if (tracks.filter(({ strip }) => strip !== null).length >= FIRST_TRACKS) firstSectionsSeconds ??= seconds()
      if (total === files) listedSeconds ??= seconds()
    }
    const asked = performance.now()
    await json('GET', '/api/tracks?limit=100')
    const firstTableMs = performance.now() - asked
    await json('POST', `/api/jobs/${job_id}/cancel`)
    const peak = peakResidentKib(child.pid!)
    await json('DELETE', `/api/roots/${root.id}`)
    child.kill('SIGTERM')
    await once(child, 'exit')
    const cached = filesOfTracks(join(dataDir, 'cache'))
    return {
      files,
      firstSectionsSeconds,
      listedSeconds,
      firstTableMs,
      peakMegabytes: peak === null ? null : peak / 1024,
      leftBehind: {
        ...rowsOfTracks(join(dataDir, 'algiers.db')),
        ...(cached > 0 ? { 'files in the cache': cached } : {}),
      },
    }
  } finally {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  }
}
