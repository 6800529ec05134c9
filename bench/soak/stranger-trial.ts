import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, startServer } from '../../src/api/start-server.ts'
import { type App, openApp } from '../../src/app.ts'
import { runConcurrently } from '../../src/engine/kit/run-concurrently.ts'
import type { Outcome } from './outcome.ts'
import { writeShortTracks } from './short-tracks.ts'

const GUESSES = 500
/** What a person notices while somebody guesses. */
const SLOW_MS = 1000

type Call = { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

/** With headers that a browser would set and that `fetch` keeps for itself. */
const call = (url: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode!))
    })
    asked.on('error', reject)
    asked.end(body)
  })

/** So many short files keep the workers busy while others wait. */
const BUSY_FILES = 150

const adding = (folder: string): Call => ({ method: 'POST', body: JSON.stringify({ path: folder }) })
const JSON_TYPE = { 'content-type': 'application/json' }

/** A page that another program serves at another port of the same machine, as the browser would send its requests. */
const fromOtherPage = async (app: App, music: string): Promise<readonly Outcome[]> => {
  const server = await startServer(app, { port: 0, report: () => {} })
  try {
    const { port } = new URL(server.address)
    const address = `${server.address}/api/roots`
    const origins = ['http://127.0.0.1:1', 'http://localhost:1', `http://localhost.evil.example:${port}`, 'null']
    const refused: number[] = []
    for (const origin of origins) {
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded'])
        refused.push(await call(address, { ...adding(music), headers: { origin, 'content-type': type } }))
      refused.push(await call(address, { method: 'OPTIONS', headers: { origin, ...PREFLIGHT } }))
    }
    refused.push(await call(address, { ...adding(music), headers: { ...JSON_TYPE, host: `evil.example:${port}` } }))
    const taken = refused.filter((status) => status < 400).length
    const own = await call(address, { ...adding(music), headers: { ...JSON_TYPE, origin: server.address } })
    return [
      {
        holds: taken === 0,
        what: `pages of other ports and names: ${refused.length} requests, ${taken} taken`,
      },
      { holds: own < 300, what: `control: the same request of its own page is taken (${own})` },
    ]
  } finally {
    await server.close()
  }
}

const AT_ONCE = 50

/** Everybody presses the button at once. What is refused must be refused at once, and the rest must be ended by one request each. */
const asking = async (app: App, jobs: number): Promise<readonly Outcome[]> => {
  const server = await startServer(app, { port: 0, report: () => {} })
  try {
    const headers = JSON_TYPE
    await call(`${server.address}/api/scan`, { method: 'POST', headers, body: '{}' })
    const statuses = new Map<number, number>()
    const ask = async (): Promise<void> => {
      const status = await call(`${server.address}/api/analyze`, {
        method: 'POST',
        headers,
        body: '{"new_grids":true}',
      })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    await runConcurrently(Array.from({ length: jobs }), ask, { concurrency: AT_ONCE })
    const waiting = (await app.jobs.list()).filter(({ status }) => status === 'pending').length
    const begun = performance.now()
    const list = await call(`${server.address}/api/jobs`)
    const listMs = performance.now() - begun
    const told = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')
    const isKnown = [...statuses.keys()].every((status) => status === 202 || status === 429 || status === 503)
    return [
      {
        holds: isKnown && waiting > 0 && list === 200 && listMs <= SLOW_MS,
        what: `${jobs} jobs asked for: ${told}; ${waiting} wait, their list in ${listMs.toFixed(0)} ms (limit ${SLOW_MS})`,
      },
    ]
  } finally {
    await server.close()
  }
}

const PREFLIGHT = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }

const open = (app: App, newToken: boolean): Promise<RunningServer> =>
  startServer(app, { host: '0.0.0.0', port: 0, newToken, report: () => {} })

const withToken = (token: string | null): Call => ({ headers: { authorization: `Bearer ${token}` } })

const guessing = async (app: App): Promise<readonly Outcome[]> => {
  const server = await open(app, false)
  const { address, token } = server
  const ask = (guess: string | null): Promise<number> => call(`${address}/api/tracks`, withToken(guess))
  const guesses = Array.from({ length: GUESSES }, (_, n) =>
    n % 2 === 0 ? token!.slice(0, n % token!.length) : `${token}${n}`,
  )
  const answers = guesses.map(ask)
  const begun = performance.now()
  const own = await ask(token)
  const ownMs = performance.now() - begun
  const letIn = (await Promise.all(answers)).filter((status) => status < 400).length
  await server.close()
  const renewed = await open(app, true)
  const old = await call(`${renewed.address}/api/tracks`, withToken(token))
  const fresh = await call(`${renewed.address}/api/tracks`, withToken(renewed.token))
  await renewed.close()
  return [
    {
      holds: letIn === 0 && own === 200 && ownMs <= SLOW_MS,
      what: `${GUESSES} guesses of the token at once: ${letIn} let in; who has it is served in ${ownMs.toFixed(0)} ms (limit ${SLOW_MS})`,
    },
    { holds: old === 401 && fresh === 200, what: `a new token: the old one gets ${old}, the new one ${fresh}` },
  ]
}

export const strangerTrial = async (jobs: number): Promise<readonly Outcome[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-stranger-'))
  const music = join(folder, 'music')
  writeShortTracks(music, BUSY_FILES, 128)
  const app = await openApp({ dataDir: join(folder, 'data') })
  try {
    return [...(await fromOtherPage(app, music)), ...(await guessing(app)), ...(await asking(app, jobs))]
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
