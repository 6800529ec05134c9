import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom } from '../../src/core/support/random.ts'
import { addFixtureTrack } from '../../src/engine/kit/library.fixture.ts'
import { openStore } from '../../src/platform/store/store.ts'
import type { Outcome } from './outcome.ts'
import { writeShortTracks } from './short-tracks.ts'
import { startWatchedServer, type WatchedServer } from './watched-server.ts'

const MEMORY_LIMIT_MEGABYTES = 300
const LABELLED_TRACKS = 40
const MUSIC_FILES = 24
const EPOCHS = 30
/** So many trainings, and then the newest version reads all tracks. */
const READ_EVERY = 5
const POLL_MS = 50
/** As long as a real one. */
const VECTOR_WIDTH = 84
const KINDS = ['intro', 'drop', 'outro'] as const

const fill = (dataDir: string): void => {
  const random = createRandom(1)
  const store = openStore(dataDir)
  for (let index = 0; index < LABELLED_TRACKS; index++)
    addFixtureTrack(store, {
      index,
      tags: { title: `Title ${index}`, artist: `Artist ${index % 7}` },
      facts: { camelot: `${(index % 12) + 1}A`, energy: (index % 10) + 1 },
      vector: Array.from({ length: VECTOR_WIDTH }, random),
      kinds: KINDS,
    })
  store.close()
}

type Call = readonly [method: string, path: string, body?: unknown]

/** What a page asks for when somebody labels, listens, looks for what fits and reads about models. */
const callsFor = (music: number, n: number): readonly Call[] => [
  ['GET', '/api/tracks?limit=100&sort=artist'],
  ['GET', `/api/tracks?limit=100&q=title%20${n % 10}`],
  ['GET', `/api/tracks/${music}`],
  ['GET', `/api/tracks/${music}/waveform`],
  ['GET', `/api/tracks/${music}/audio`],
  ['GET', `/api/tracks/${music}/sections`],
  ['GET', `/api/tracks/${music}/similar`],
  ['GET', `/api/tracks/${music}/tags`],
  ['GET', '/api/health'],
  ['GET', '/api/training/models'],
  ['GET', '/api/training/labels'],
  ['GET', '/api/training/labels/stats'],
  ['GET', '/api/jobs'],
  ['GET', '/api/suggestions'],
  [
    'PUT',
    `/api/tracks/${1 + (n % LABELLED_TRACKS)}/labels`,
    {
      labels: KINDS.map((kind, third) => ({
        label_value: kind,
        start_beat: 32 * third,
        end_beat: 32 * third + 28 + (n % 5),
      })),
    },
  ],
  ['PATCH', '/api/notes', { track_ids: [music], rating: n % 6 }],
  ['GET', `/api/tracks/${music}/transitions?to=${LABELLED_TRACKS + 1}`],
  ['GET', '/api/storage'],
  ['GET', '/api/training/labels/quality'],
  ['POST', '/api/sets/plan', { minutes: 1 }],
]

const ask = async ({ address }: WatchedServer, [method, path, body]: Call): Promise<number> => {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const answer = await fetch(address + path, { method, ...sent })
  await answer.arrayBuffer()
  return answer.status
}

type Job = { readonly status: string }

const ended = async ({ json }: WatchedServer, path: string): Promise<string> => {
  while (true) {
    const { status } = await json<Job>('GET', path)
    if (['completed', 'failed', 'cancelled'].includes(status)) return status
    await sleep(POLL_MS)
  }
}

/** A real server with music that it has analysed: so many calls, trainings between them, and its resident memory after each. */
export const memoryTrial = async (calls: number, trainings: number): Promise<readonly Outcome[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-memory-'))
  const [dataDir, music] = [join(folder, 'data'), join(folder, 'music')]
  writeShortTracks(music, MUSIC_FILES, 128)
  fill(dataDir)
  const server = await startWatchedServer(folder, dataDir)
  const resident: number[] = []
  const note = (): void => void resident.push(server.residentMegabytes() ?? 0)
  try {
    note()
    const { json } = server
    await json('POST', '/api/roots', { path: music })
    const { job_id: scan } = await json<{ job_id: string }>('POST', '/api/scan', {})
    await ended(server, `/api/jobs/${scan}`)
    await json('POST', '/api/training/models/0/activate')
    note()
    const statuses = new Map<string, number>()
    let asked = 0
    let failed = 0
    for (let training = 0; training < trainings; training++) {
      const { job_id: id } = await json<{ job_id: string }>('POST', '/api/training/start', {
        seed: training,
        epochs: EPOCHS,
      })
      for (const end = ((training + 1) * calls) / trainings; asked < end; asked++) {
        const track = LABELLED_TRACKS + 1 + (asked % MUSIC_FILES)
        const all = callsFor(track, asked)
        const call = all[asked % all.length]!
        const status = await ask(server, call)
        if (status >= 400) statuses.set(`${call[0]} ${call[1]} ${status}`, 1)
      }
      if ((await ended(server, `/api/training/jobs/${id}`)) !== 'completed') failed++
      else if (training % READ_EVERY === 0) await json('POST', `/api/training/models/${training + 1}/activate`)
      note()
    }
    const refused = [...statuses.keys()]
    const level = resident.slice(-trainings).toSorted((a, b) => a - b)[trainings >> 1]!
    const most = server.peakMegabytes()?.toFixed(0) ?? 'unknown'
    const parts = server.memoryParts()
    const seconds = ((server.processorMs() ?? 0) / 1000).toFixed(1)
    await server.stop()
    return [
      {
        holds: refused.length === 0 && failed === 0,
        what: `${asked} calls and ${trainings} trainings: ${refused.length} kinds of call refused${refused.map((one) => `; ${one}`).join('')}, ${failed} trainings failed, ${seconds} s of processor`,
      },
      {
        holds: level <= MEMORY_LIMIT_MEGABYTES,
        what: `resident memory levels at ${level.toFixed(0)} MB (limit ${MEMORY_LIMIT_MEGABYTES}); at the start, after a scan and after each training: ${resident.map((megabytes) => megabytes.toFixed(0)).join(', ')} MB; the most ever ${most}; the most of each part: ${parts}`,
      },
    ]
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
