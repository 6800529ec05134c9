import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pageAddress } from '../src/api/guard.ts'
import { startTestServer, type TestServer, until } from '../src/api/server.fixture.ts'
import { type RunningServer, startServer } from '../src/api/start-server.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let local: TestServer
let remote: RunningServer
let music: string
beforeEach(async () => {
  music = mkdtempSync(join(tmpdir(), 'algiers-remote-'))
  writeTestTrack(join(music, 'one.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  local = await startTestServer()
  await local.json('POST', '/api/roots', { path: music })
  await local.json('POST', '/api/scan', { analyse: false })
  await until(async () => ((await local.json<{ total: number }>('GET', '/api/tracks')).body.total === 1 ? true : null))
  remote = await startServer(local.app, { host: '0.0.0.0', port: 0, report: (bug) => expect(bug).toBeUndefined() })
})
afterEach(async () => {
  await remote.close()
  await local.close()
  rmSync(music, { recursive: true })
})

/** Runs in the page: what it can reach by the ways that send no header of ours. */
const REACH = `(async () => {
  const events = new Promise((resolve) => {
    const source = new EventSource('/api/events')
    source.onopen = () => resolve('open')
    source.onerror = () => resolve('refused')
  })
  const audio = new Promise((resolve) => {
    // What a page has heard it does not ask for again.
    const element = new Audio('/api/tracks/1/audio?again=' + Math.random())
    element.oncanplay = () => resolve('plays')
    element.onerror = () => resolve('refused')
    element.load()
  })
  const { status } = await fetch('/api/tracks')
  return { status, events: await events, audio: await audio, cookie: document.cookie }
})()`

test.skipIf(browserPath === undefined)(
  'the printed address lets a real browser in, also to sound and events; without it nothing is reached',
  async () => {
    const { page, close } = await openPage(pageAddress(remote.address, remote.token))
    expect(new URL(page.url()).search).toBe('')
    // The cookie is out of reach of scripts.
    expect(await page.evaluate(REACH)).toEqual({ status: 200, events: 'open', audio: 'plays', cookie: '' })
    await page.context().clearCookies()
    expect(await page.evaluate(REACH)).toEqual({ status: 401, events: 'refused', audio: 'refused', cookie: '' })
    await close()
  },
)
