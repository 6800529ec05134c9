import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { crawl } from '../../src/engine/collection/crawl.ts'
import { addLabelledTracks } from '../../src/engine/kit/library.fixture.ts'
import { openStore } from '../../src/platform/store/store.ts'
import { writeManyTracks } from './many-tracks.ts'
import type { Outcome } from './outcome.ts'
import { permissionTrial } from './permission-trial.ts'
import { queueTrial } from './queue-trial.ts'
import { writeShortTracks } from './short-tracks.ts'
import { startWatchedServer, type WatchedServer } from './watched-server.ts'

const LABELLED_TRACKS = 40
const PAGE_BYTES = 4096
const MUSIC_FILES = 4
const RENAMES = 10_000
/** What a person notices. */
const SLOW_MS = 1000
const MEMORY_LIMIT_MEGABYTES = 400
const POLL_MS = 100
const PATIENCE_MS = 60_000

type Answer = { readonly status: number; readonly body: { readonly code?: string; readonly total?: number } }
type Job = { readonly status: string; readonly result: { readonly failures?: readonly { code: string }[] } | null }

const ask = async (address: string, method: string, path: string, body?: unknown): Promise<Answer> => {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(address + path, { method, ...(body ? { headers, body: JSON.stringify(body) } : {}) })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

const ended = async ({ json }: WatchedServer, id: string): Promise<Job> => {
  while (true) {
    const job = await json<Job>('GET', `/api/jobs/${id}`)
    if (['completed', 'failed', 'cancelled'].includes(job.status)) return job
    await sleep(POLL_MS)
  }
}

const scanned = async (server: WatchedServer): Promise<Job> =>
  ended(server, (await server.json<{ job_id: string }>('POST', '/api/scan', {})).job_id)

const withServer = async <Result>(
  prepare: (dataDir: string, folder: string) => void,
  use: (server: WatchedServer, place: { readonly dataDir: string; readonly folder: string }) => Promise<Result>,
): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-fault-'))
  const dataDir = join(folder, 'data')
  prepare(dataDir, folder)
  const server = await startWatchedServer(folder, dataDir)
  try {
    return await use(server, { dataDir, folder })
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

const labelled = (dataDir: string): void => {
  const store = openStore(dataDir)
  addLabelledTracks(store, LABELLED_TRACKS)
  store.close()
}

/** More than a connection keeps in memory. */
const MANY_TRACKS = 2000
const many = (dataDir: string): void => writeManyTracks(dataDir, MANY_TRACKS)

const codeOfStart = (dataDir: string): string => {
  try {
    openStore(dataDir).close()
    return 'none'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

/** Overwrites the latter half of the library with noise while the server runs, as a failing disk would. What it holds in memory it may still answer. */
const corruptPages = (): Promise<readonly Outcome[]> =>
  withServer(many, async (server, { dataDir }) => {
    const path = join(dataDir, 'algiers.db')
    const bytes = statSync(path).size
    const file = openSync(path, 'r+')
    for (let at = Math.floor(bytes / 2 / PAGE_BYTES) * PAGE_BYTES; at < bytes; at += PAGE_BYTES)
      writeSync(file, Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, at)
    closeSync(file)
    const asked = ['/api/tracks?limit=100', '/api/training/labels', '/api/jobs', '/api/tracks/7', '/api/suggestions']
    const answers = await Promise.all(asked.map((one) => ask(server.address, 'GET', one)))
    const odd = answers.filter(({ status, body }) => status !== 200 && body.code !== 'DATABASE_DAMAGED')
    const empty = answers[0]!.status === 200 && answers[0]!.body.total === 0
    const { body } = await ask(server.address, 'GET', '/api/doctor')
    const isTold = JSON.stringify(body).includes('"healthy":false')
    const told = answers.map(({ status, body: { code } }) => `${status}${code ? ` ${code}` : ''}`).join(', ')
    await server.stop()
    const start = codeOfStart(dataDir)
    return [
      {
        holds: odd.length === 0 && !empty && isTold && start === 'DATABASE_DAMAGED',
        what: `half of the library's pages overwritten while it runs: ${told}; the doctor ${isTold ? 'says so' : 'says nothing'}, the next start ${start}`,
      },
    ]
  })

/** The files of the active version go while it is in use. */
const modelsRemoved = (): Promise<readonly Outcome[]> =>
  withServer(labelled, async (server, { dataDir, folder }) => {
    const music = join(folder, 'music')
    writeShortTracks(music, MUSIC_FILES, 128)
    await server.json('POST', '/api/roots', { path: music })
    await scanned(server)
    const { job_id: training } = await server.json<{ job_id: string }>('POST', '/api/training/start', { epochs: 5 })
    await ended(server, training)
    await server.json('POST', '/api/training/models/1/activate')
    for (const name of readdirSync(join(dataDir, 'models'))) rmSync(join(dataDir, 'models', name), { recursive: true })
    const track = LABELLED_TRACKS + 1
    const answers = await Promise.all(
      [
        `/api/tracks/${track}/sections?version=1`,
        `/api/tracks/${track}/evidence?start_beat=0&end_beat=8`,
        '/api/training/models/1/export',
        '/api/training/models/1',
      ].map((path) => ask(server.address, 'GET', path)),
    )
    const again = await scanned(server)
    const told = answers.map(({ status, body: { code } }) => `${status}${code ? ` ${code}` : ''}`).join(', ')
    return [
      {
        holds: answers.every(({ status }) => status < 500) && again.status === 'completed',
        what: `models removed while it runs: ${told}; the next scan has ${again.status}`,
      },
    ]
  })

/** Many files get other names in a second, and others ask meanwhile. */
const flood = (): Promise<readonly Outcome[]> =>
  withServer(
    (dataDir, folder) => {
      openStore(dataDir).close()
      writeShortTracks(join(folder, 'music'), MUSIC_FILES, 128)
    },
    async (server, { folder }) => {
      const music = join(folder, 'music')
      await server.json('POST', '/api/roots', { path: music })
      await scanned(server)
      const place = join(music, 'house/deep/vinyl/side a/0')
      let name = '0.wav'
      let slowestMs = 0
      const before = server.processorMs() ?? 0
      for (let n = 0; n < RENAMES; n++) {
        renameSync(join(place, name), join(place, `renamed ${n}.wav`))
        name = `renamed ${n}.wav`
        if (n % 1000 === 0) {
          const asked = performance.now()
          await server.json('GET', '/api/tracks?limit=100')
          slowestMs = Math.max(slowestMs, performance.now() - asked)
        }
      }
      const begun = performance.now()
      const paths = async (): Promise<string> => JSON.stringify(await server.json('GET', '/api/tracks?limit=100'))
      while (!(await paths()).includes(name) && performance.now() - begun < PATIENCE_MS) await sleep(POLL_MS)
      const { total } = await server.json<{ total: number }>('GET', '/api/tracks?limit=100')
      const jobs = await server.json<readonly unknown[]>('GET', '/api/jobs?kind=scan')
      const spent = (server.processorMs() ?? 0) - before
      return [
        {
          holds: total === MUSIC_FILES && (await paths()).includes(name) && slowestMs <= SLOW_MS && jobs.length <= 10,
          what: `${RENAMES} renames at once: ${total} of ${MUSIC_FILES} tracks, the last name known, ${jobs.length} scans, others answered in ${slowestMs.toFixed(0)} ms at most (limit ${SLOW_MS}), ${spent} ms of processor`,
        },
      ]
    },
  )

/** As a WAV of silence is mostly a hole, it takes no room on the disk. */
const writeLongWav = (path: string, seconds: number): void => {
  const rate = 22_050
  const bytes = 2 * seconds * rate
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + bytes, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(2 * rate, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(bytes, 40)
  const file = openSync(path, 'w')
  writeSync(file, header)
  const click = Buffer.from(Int16Array.from({ length: 64 }, (_, n) => 20_000 * Math.sin(n / 3)).buffer)
  for (let second = 0; second < seconds; second += 0.5)
    writeSync(file, click, 0, click.length, 44 + 2 * Math.floor(second * rate))
  writeSync(file, Buffer.alloc(2), 0, 2, 42 + bytes)
  closeSync(file)
}

const SIX_HOURS_SECONDS = 6 * 3600

const sixHours = (): Promise<readonly Outcome[]> =>
  withServer(
    (dataDir, folder) => {
      openStore(dataDir).close()
      mkdirSync(join(folder, 'music'))
      writeLongWav(join(folder, 'music', 'six hours.wav'), SIX_HOURS_SECONDS)
    },
    async (server, { folder }) => {
      await server.json('POST', '/api/roots', { path: join(folder, 'music') })
      const { status } = await scanned(server)
      const { tracks } = await server.json<{ tracks: readonly { failure: { code: string } | null }[] }>(
        'GET',
        '/api/tracks?status=all',
      )
      const code = tracks[0]?.failure?.code ?? 'none'
      const megabytes = server.peakMegabytes()
      return [
        {
          holds: status === 'completed' && code === 'AUDIO_TOO_LONG' && (megabytes ?? 0) <= MEMORY_LIMIT_MEGABYTES,
          what: `a file of six hours: ${code}, ${megabytes?.toFixed(0) ?? 'unknown'} MB at most (limit ${MEMORY_LIMIT_MEGABYTES})`,
        },
      ]
    },
  )

/** Folders of the system that a library folder `/` has in it. */
const OF_THE_SYSTEM = ['proc', 'sys'] as const

const wholeMachine = async (): Promise<readonly Outcome[]> => {
  if (process.platform !== 'linux') return []
  const { files, failures, leftOut } = await crawl('/', { folders: ['/'], within: OF_THE_SYSTEM })
  const found = `${files.length} files, ${failures.length} failures, ${leftOut.length} left out`
  return [
    {
      holds: files.length + failures.length + leftOut.length === 0,
      what: `a library folder /: of what the system tells of itself ${found}`,
    },
  ]
}

/** What goes wrong under a server that runs on. */
export const faultTrial = async (jobs: number): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = []
  for (const trial of [
    corruptPages,
    modelsRemoved,
    flood,
    sixHours,
    wholeMachine,
    permissionTrial,
    () => queueTrial(jobs),
  ])
    outcomes.push(...(await trial()))
  return outcomes
}
