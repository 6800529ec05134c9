import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { startServer } from '../../src/api/start-server.ts'
import { openApp } from '../../src/app.ts'
import { writeManyTracks } from './many-tracks.ts'
import { startTurnMeter } from './turn-meter.ts'

/** What a request did to the thread that answers all of them. */
export type AnsweredRequest = {
  readonly what: string
  readonly status: number
  /** The longest time in ms that nobody else was answered. */
  readonly longestTurnMs: number
}

type Request = { readonly what: string; readonly path: string; readonly method?: string; readonly body?: unknown }

const SEGMENTS = 60_000
const REMOVED = 2000
const jams = (): string =>
  JSON.stringify({
    file_metadata: { title: 'x', duration: 150 },
    annotations: [
      {
        namespace: 'segment_open',
        data: Array.from({ length: SEGMENTS }, (_, at) => ({
          time: at / 400,
          duration: 1 / 400,
          value: 'drop',
          confidence: 1,
        })),
      },
    ],
  })

const requestsOf = (tracks: number): readonly Request[] => {
  const imported = (name: string, text: string): object => ({ files: [{ name, text }], overlap: 'trim' })
  const rows = Array.from({ length: 100_000 }, (_, at) => `no ${at}.wav,drop,0,32`).join('\n')
  const trackIds = Array.from({ length: tracks }, (_, index) => index + 1)
  const IMPORT = '/api/training/labels/import'
  return [
    { what: 'a first request', path: '/api/tracks?limit=1' },
    {
      what: `${SEGMENTS} segments imported`,
      path: IMPORT,
      method: 'POST',
      body: { ...imported('a.jams', jams()), track_id: 1 },
    },
    {
      what: '100,000 labels of unknown tracks',
      path: IMPORT,
      method: 'POST',
      body: imported('a.csv', `track_path,label,start_beat,end_beat\n${rows}`),
    },
    { what: 'all labels', path: '/api/training/labels' },
    { what: 'their statistics', path: '/api/training/labels/stats' },
    { what: 'all labels as CSV', path: '/api/training/labels/export?format=csv' },
    { what: 'all labels as JAMS', path: '/api/training/labels/export?format=jams' },
    { what: '500 tracks', path: '/api/tracks?limit=500&sort=artist' },
    { what: 'a file that is nowhere', path: '/api/audio?path=/nowhere.wav' },
    { what: 'notes of all tracks', path: '/api/notes', method: 'PATCH', body: { track_ids: trackIds, rating: 3 } },
    { what: 'a copy of the library', path: '/api/backups', method: 'POST' },
    { what: 'the list of copies', path: '/api/backups' },
    { what: 'the doctor', path: '/api/doctor' },
    { what: 'what taking the folder out would do', path: '/api/roots/1/removal' },
    {
      what: `${REMOVED} tracks removed with the work on them`,
      path: '/api/tracks/remove',
      method: 'POST',
      body: { track_ids: trackIds.slice(0, REMOVED), with_work: true },
    },
    {
      what: `${REMOVED} more ignored`,
      path: '/api/tracks/ignore',
      method: 'POST',
      body: { track_ids: trackIds.slice(REMOVED, 2 * REMOVED) },
    },
    { what: 'the folder taken out with all others', path: '/api/roots/1', method: 'DELETE' },
  ]
}

/** Asks from another thread, so that the work of asking is not measured. @returns the status */
const ask = (address: string, { path, method = 'GET', body }: Request): Promise<number> => {
  const asking = `
    const { parentPort, workerData: { url, method, body } } = require('node:worker_threads')
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    fetch(url, { method, body, headers }).then(async (answer) => {
      await answer.arrayBuffer()
      parentPort.postMessage(answer.status)
    })`
  const workerData = { url: address + path, method, body: body === undefined ? undefined : JSON.stringify(body) }
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  new Worker(asking, { eval: true, workerData }).once('message', resolve).once('error', reject)
  return promise
}

/** A library of so many tracks, a fifth of them labelled, is asked for much; how long did each request keep all others waiting? */
export const answerTrial = async (tracks: number): Promise<readonly AnsweredRequest[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-answers-'))
  writeManyTracks(folder, tracks)
  const app = await openApp({ dataDir: folder })
  const server = await startServer(app, {
    port: 0,
    report: (bug) => {
      throw bug
    },
  })
  const meter = startTurnMeter()
  const answered: AnsweredRequest[] = []
  for (const request of requestsOf(tracks)) {
    meter.longestMs()
    const status = await ask(server.address, request)
    answered.push({ what: request.what, status, longestTurnMs: meter.longestMs() })
  }
  meter.stop()
  await server.close()
  await app.close()
  rmSync(folder, { recursive: true })
  // The first has loaded what all need.
  return answered.slice(1)
}
