/** A file and a folder of the library are swapped for links out of it, over and over, while clients ask for them and scans read them. */
import { appendFileSync, cpSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { runConcurrently } from '../../src/engine/kit/run-concurrently.ts'
import type { Outcome } from './outcome.ts'
import { writeShortTracks } from './short-tracks.ts'
import { startWatchedServer, type WatchedServer } from './watched-server.ts'

const AT_ONCE = 8
const SCANS = 10
const POLL_MS = 20
const MOST_CONTROL_TRIES = 20_000
const CRATE = 'house/deep/vinyl/side a/0'

/** Swaps without a pause, in a thread of its own: what is asked runs meanwhile. */
const swap = (place: string, aside: string, outside: string): void => {
  const [link, kept] = [`${aside}.link`, `${aside}.kept`]
  symlinkSync(outside, link)
  renameSync(place, kept)
  renameSync(link, place)
  renameSync(place, link)
  renameSync(kept, place)
  rmSync(link)
}

const SWAPPER = `
  const { renameSync, rmSync, symlinkSync } = require('node:fs')
  const { parentPort, workerData } = require('node:worker_threads')
  const swap = ${swap}
  const [file, folder] = workerData
  const step = () => {
    for (let n = 0; n < 20; n++) { swap(...file); swap(...folder) }
    setImmediate(step)
  }
  step()`

type Asked = { readonly inside: number; readonly outside: number; readonly refused: number }

const startSwapping = (music: string, folder: string): Worker => {
  const places = [
    [join(music, CRATE, '0.wav'), join(folder, 'file'), join(folder, 'outside', CRATE, '0.wav')],
    [join(music, 'house'), join(folder, 'folder'), join(folder, 'outside/house')],
  ]
  return new Worker(SWAPPER, { eval: true, workerData: places })
}

const askOften = async ({ address }: WatchedServer, own: number, tries: number): Promise<Asked> => {
  let [inside, outside, refused] = [0, 0, 0]
  const ask = async (): Promise<void> => {
    const answer = await fetch(`${address}/api/tracks/1/audio`)
    const { byteLength } = await answer.arrayBuffer()
    if (answer.status >= 400) refused++
    else if (byteLength === own) inside++
    else outside++
  }
  await runConcurrently(Array.from({ length: tries }), ask, { concurrency: AT_ONCE })
  return { inside, outside, refused }
}

/** Looks where a path leads before opening it, as programs do that do not expect to be deceived. */
const areDeceived = async (music: string, own: number): Promise<number | null> => {
  const path = join(music, CRATE, '0.wav')
  for (let n = 1; n <= MOST_CONTROL_TRIES; n++) {
    const real = await realpath(path).catch(() => '')
    const bytes = real.startsWith(music) ? await readFile(path).catch(() => null) : null
    if (bytes !== null && bytes.byteLength !== own) return n
  }
  return null
}

/** What lies outside is longer, by which it is known. */
export const linkTrial = async (tries: number): Promise<readonly Outcome[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-links-'))
  const [music, outside] = [join(folder, 'music'), join(folder, 'outside')]
  writeShortTracks(music, 1, 128)
  cpSync(music, outside, { recursive: true })
  const own = statSync(join(music, CRATE, '0.wav')).size
  appendFileSync(join(outside, CRATE, '0.wav'), Buffer.alloc(4096, 1))
  const server = await startWatchedServer(folder, join(folder, 'data'))
  let swapping: Worker | null = null
  try {
    await server.json('POST', '/api/roots', { path: music })
    const scan = async (): Promise<void> => {
      const { job_id } = await server.json<{ job_id: string }>('POST', '/api/scan', { analyse: false })
      while ((await server.json<{ status: string }>('GET', `/api/jobs/${job_id}`)).status !== 'completed')
        await sleep(POLL_MS)
    }
    await scan()
    swapping = startSwapping(music, folder)
    const asked = await askOften(server, own, tries)
    for (let n = 0; n < SCANS; n++) await scan()
    const { total } = await server.json<{ total: number }>('GET', '/api/tracks?limit=10&status=all')
    const deceived = await areDeceived(music, own)
    return [
      {
        holds: asked.outside === 0 && asked.inside > 0 && asked.refused > 0 && total === 1,
        what: `${tries} requests while a file and a folder are swapped for links: ${asked.inside} got what is in the library, ${asked.refused} were refused, ${asked.outside} got what lies outside; ${SCANS} scans found ${total} recording`,
      },
      {
        holds: deceived !== null,
        what: `control: whoever looks where a path leads and then opens it gets what lies outside at try ${deceived ?? 'none'}`,
      },
    ]
  } finally {
    await swapping?.terminate()
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
