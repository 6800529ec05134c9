import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeTestTrack } from '../../src/cli/test-track.fixture.ts'
import { addFixtureTrack } from '../../src/engine/kit/library.fixture.ts'
import { openStore } from '../../src/platform/store/store.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const REQUESTS = 300
/** Files that keep the workers busy while others ask. */
const LOAD_FILES = 100
const LISTENERS = 100
const EVENTS = 50
const EVENT_INTERVAL_MS = 100
const DECODER_LOOKS = 3000

export type ServerReport = {
  readonly tracks: number
  /** From the start of the process to the first 200 of /api/ready. */
  readonly readyMs: number
  /** 99 of 100 are faster, under full analysis load. */
  readonly listP99Ms: number
  readonly labelP99Ms: number
  /** From the request that causes an event to its arrival, 100 listeners, 10 events a second. */
  readonly eventP99Ms: number
  readonly eventsLost: number
  /** From SIGTERM, with an analysis under way, to the end of the process. */
  readonly exitMs: number
  readonly wasBusy: boolean
  /** Decoders that ran when the server was told to end, and those of them that were still there afterwards; null where that cannot be seen. */
  readonly decoders: { readonly before: number; readonly after: number } | null
}

const p99 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(0.99 * times.length)]!

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

const post = (url: string, body: unknown): Promise<Response> =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

/** Arrival times of the events of one kind. */
const listen = async (address: string, kind: string): Promise<{ times: number[]; stop: () => void }> => {
  const times: number[] = []
  const call = request(`${address}/api/events`)
  call.on('error', () => {})
  call.end()
  const [response] = (await once(call, 'response')) as [NodeJS.ReadableStream]
  response.on('data', (chunk: Buffer) => {
    const found = chunk.toString().match(new RegExp(`^event: ${kind}$`, 'gm'))?.length ?? 0
    for (let n = 0; n < found; n++) times.push(performance.now())
  })
  response.on('error', () => {})
  return { times, stop: () => call.destroy() }
}

const measureEvents = async (
  address: string,
  track: number,
): Promise<Pick<ServerReport, 'eventP99Ms' | 'eventsLost'>> => {
  const listeners = await Promise.all(Array.from({ length: LISTENERS }, () => listen(address, 'labels')))
  const sent: number[] = []
  for (let event = 0; event < EVENTS; event++) {
    const begun = performance.now()
    sent.push(begun)
    const kind = event % 2 === 0 ? 'drop' : 'break'
    await fetch(`${address}/api/tracks/${track}/labels`, {
      method: 'PUT',
      body: JSON.stringify({ labels: [{ label_value: kind, start_beat: 0, end_beat: 32 }] }),
      headers: { 'content-type': 'application/json' },
    })
    await sleep(Math.max(0, EVENT_INTERVAL_MS - (performance.now() - begun)))
  }
  await sleep(1000)
  for (const { stop } of listeners) stop()
  const delays = listeners.flatMap(({ times }) => times.map((time, event) => time - sent[event]!))
  return { eventP99Ms: p99(delays), eventsLost: LISTENERS * EVENTS - delays.length }
}

/** Processes that were started with a path of the folder. */
const processesOf = (folder: string): readonly string[] =>
  readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(join('/proc', id, 'cmdline'), 'utf8').includes(folder)
    } catch {
      // It has ended meanwhile.
      return false
    }
  })

/** Waits until a decoder runs as a process of its own. @returns how many do; null where processes cannot be seen */
const awaitDecoder = async (music: string): Promise<number | null> => {
  if (process.platform !== 'linux') return null
  for (let look = 0; look < DECODER_LOOKS; look++) {
    const found = processesOf(music).length
    if (found > 0) return found
    await sleep(10)
  }
  return 0
}

/** FLAC is decoded by a process of its own, WAV is not. */
const writeLoad = (music: string): void => {
  for (let file = 0; file < LOAD_FILES; file++) {
    const wav = join(music, `${file}.wav`)
    writeTestTrack(wav, { bpm: 100 + 2 * file, seed: file, rootHz: 55 })
    const flac = spawnSync('ffmpeg', ['-loglevel', 'error', '-i', wav, join(music, `${file}.flac`)])
    if (flac.status === 0 && file % 2 === 0) rmSync(wav)
    else rmSync(join(music, `${file}.flac`), { force: true })
  }
}

/** A real server process over a library of so many tracks, asked while it analyses. */
export const serverTrial = async (tracks: number): Promise<ServerReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-server-'))
  const dataDir = join(folder, 'data')
  const music = join(folder, 'music')
  mkdirSync(music)
  writeLoad(music)
  const store = openStore(dataDir)
  for (let index = 0; index < tracks; index++)
    addFixtureTrack(store, { index, cached: false, tags: { title: `Title ${index}` } })
  store.close()
  const begun = performance.now()
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--no-open', '--json'], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const { address } = JSON.parse(line.toString()) as { address: string }
    await fetch(`${address}/api/ready`)
    const readyMs = performance.now() - begun
    await post(`${address}/api/roots`, { path: music })
    const { job_id } = (await (await post(`${address}/api/scan`, {})).json()) as { job_id: string }
    const lists: number[] = []
    const labels: number[] = []
    for (let n = 0; n < REQUESTS; n++) {
      lists.push(
        await timed(async () => (await fetch(`${address}/api/tracks?limit=100&offset=${(n * 97) % tracks}`)).text()),
      )
      const label = { track_id: 1 + (n % tracks), label_value: 'drop', start_beat: 0, end_beat: 32 }
      labels.push(await timed(async () => (await post(`${address}/api/training/labels`, label)).text()))
    }
    const events = await measureEvents(address, 1)
    const { status } = (await (await fetch(`${address}/api/jobs/${job_id}`)).json()) as { status: string }
    await post(`${address}/api/analyze`, { new_grids: true })
    const before = await awaitDecoder(music)
    const exitMs = await timed(async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    })
    return {
      tracks,
      readyMs,
      listP99Ms: p99(lists),
      labelP99Ms: p99(labels),
      ...events,
      exitMs,
      wasBusy: status === 'running',
      decoders: before === null ? null : { before, after: processesOf(music).length },
    }
  } finally {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  }
}
