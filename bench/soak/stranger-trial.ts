import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, startServer } from '../../src/api/start-server.ts'
import { type App, openApp } from '../../src/app.ts'
import type { Outcome } from './outcome.ts'

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

const ADD = { method: 'POST', body: JSON.stringify({ path: tmpdir() }) }
const JSON_TYPE = { 'content-type': 'application/json' }

/** A page that another program serves at another port of the same machine, as the browser would send its requests. */
const fromOtherPage = async (app: App): Promise<readonly Outcome[]> => {
  const server = await startServer(app, { port: 0, report: () => {} })
  try {
    const { port } = new URL(server.address)
    const address = `${server.address}/api/roots`
    const origins = ['http://127.0.0.1:1', 'http://localhost:1', `http://localhost.evil.example:${port}`, 'null']
    const refused: number[] = []
    for (const origin of origins) {
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded'])
        refused.push(await call(address, { ...ADD, headers: { origin, 'content-type': type } }))
      refused.push(await call(address, { method: 'OPTIONS', headers: { origin, ...PREFLIGHT } }))
    }
    refused.push(await call(address, { ...ADD, headers: { ...JSON_TYPE, host: `evil.example:${port}` } }))
    const taken = refused.filter((status) => status < 400).length
    const own = await call(address, { ...ADD, headers: { ...JSON_TYPE, origin: server.address } })
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

export const strangerTrial = async (): Promise<readonly Outcome[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-stranger-'))
  const app = await openApp({ dataDir: join(folder, 'data') })
  try {
    return [...(await fromOtherPage(app)), ...(await guessing(app))]
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
