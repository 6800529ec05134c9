import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { startServer } from '../../src/api/start-server.ts'
import { openApp } from '../../src/app.ts'
import { type AskedRequest, askedRequests } from './asked-requests.ts'
import { writeManyTracks } from './many-tracks.ts'
import { startTurnMeter } from './turn-meter.ts'

/** What a request did to the thread that answers all of them. */
export type AnsweredRequest = {
  readonly what: string
  readonly status: number
  /** The longest time in ms that nobody else was answered. */
  readonly longestTurnMs: number
}

/** Asks from another thread, so that the work of asking is not measured. @returns the status */
const ask = (address: string, { path, method = 'GET', body }: AskedRequest): Promise<number> => {
  const asking = `
    const { request } = require('node:http')
    const { parentPort, workerData: { url, method, body } } = require('node:worker_threads')
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const asked = request(url, { method, headers }, (answer) => {
      answer.resume().once('end', () => parentPort.postMessage(answer.statusCode))
    })
    asked.end(body)`
  const workerData = { url: address + path, method, body: body === undefined ? undefined : JSON.stringify(body) }
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  new Worker(asking, { eval: true, workerData }).once('message', resolve).once('error', reject)
  return promise
}

/** A library of so many tracks, a fifth of them labelled, is asked for much; how long did each request keep all others waiting? */
export async function* answerTrial(tracks: number): AsyncGenerator<AnsweredRequest> {
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
  for (const [at, request] of askedRequests(tracks).entries()) {
    meter.longestMs()
    const status = await ask(server.address, request)
    // The first has loaded what all need.
    if (at > 0) yield { what: request.what, status, longestTurnMs: meter.longestMs() }
  }
  meter.stop()
  await server.close()
  await app.close()
  rmSync(folder, { recursive: true })
}
