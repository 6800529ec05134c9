import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type App, openApp } from '../app.ts'
import { openStore, type Store } from '../platform/store/store.ts'
import { sharedThreads } from '../platform/workers/shared-pool.fixture.ts'
import { type RunningServer, startServer } from './start-server.ts'

export type TestServer = {
  readonly app: App
  readonly address: string
  readonly dataDir: string
  readonly request: (method: string, path: string, body?: unknown) => Promise<Response>
  /** @returns the status and the document */
  readonly json: <Document>(method: string, path: string, body?: unknown) => Promise<{ status: number; body: Document }>
  /** Fails the test where something went wrong inside that no answer told. */
  readonly close: () => Promise<void>
}

/** A real server on a free port over a data directory of its own; `fill` puts into it what is there before it starts. */
export const startTestServer = async (fill: (store: Store) => void = () => {}): Promise<TestServer> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'algiers-api-'))
  const store = openStore(dataDir)
  // Whoever tests it switches it on: elsewhere a test says itself when files are looked at.
  store.settings.set('watch_folders', false)
  fill(store)
  store.close()
  const app = await openApp({ dataDir, threads: sharedThreads })
  const bugs: unknown[] = []
  const server: RunningServer = await startServer(app, { port: 0, report: (bug) => bugs.push(bug) })
  const request: TestServer['request'] = (method, path, body) =>
    fetch(server.address + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  return {
    app,
    address: server.address,
    dataDir,
    request,
    json: async <Document>(method: string, path: string, body?: unknown) => {
      const response = await request(method, path, body)
      return { status: response.status, body: (await response.json()) as Document }
    },
    close: async () => {
      await server.close()
      await app.close()
      rmSync(dataDir, { recursive: true })
      expect(bugs).toEqual([])
    },
  }
}

/** @returns what `ask` gives once it is more than null; tests end by their own limit. */
export const until = async <Value>(ask: () => Promise<Value | null>): Promise<Value> => {
  for (;;) {
    const value = await ask()
    if (value !== null) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Has a server find what lies in a folder, without analysing it. */
export const scanFolder = async ({ json }: Pick<TestServer, 'json'>, path: string): Promise<void> => {
  await json('POST', '/api/roots', { path })
  const { body } = await json<{ job_id: string }>('POST', '/api/scan', { analyse: false })
  await until(async () =>
    (await json<{ status: string }>('GET', `/api/jobs/${body.job_id}`)).body.status === 'completed' ? true : null,
  )
}
