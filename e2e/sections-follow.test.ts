import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'
import { latestJob } from './jobs.fixture.ts'

const music = mkdtempSync(join(tmpdir(), 'algiers-follow-'))
/** Enough that the desk is opened in the middle. */
const TRACKS = 60
let server: TestServer
let opened: OpenedPage

type Track = { readonly id: number; readonly title: string; readonly state: string; readonly strip: object[] | null }
const tracks = async (): Promise<readonly Track[]> =>
  (await server.json<{ tracks: Track[] }>('GET', '/api/tracks?limit=100')).body.tracks

beforeEach(async () => {
  if (browserPath === undefined) return
  for (let seed = 1; seed <= TRACKS; seed++)
    writeTestTrack(join(music, `Track ${String(seed).padStart(2, '0')}.wav`), { bpm: 124, seed, rootHz: 55 })
  // One track after the other, so that on any machine there is a middle.
  server = await startTestServer((store) => store.settings.set('workers', 1))
  await server.json('POST', '/api/roots', { path: music })
  opened = await openPage(`${server.address}/library`)
})
afterEach(async () => {
  await opened?.close()
  await server?.close()
  rmSync(music, { recursive: true })
})

describe.skipIf(browserPath === undefined)('sections of a library that is still being read', () => {
  test('strips appear one by one, the open track comes first, and a cancelled scan keeps what it has', async () => {
    const { page } = opened
    const strips = page.getByRole('row').getByRole('img', { name: /intro|drop|outro/i })
    await server.json('POST', '/api/scan', { analyse: false })
    await expect.poll(async () => (await tracks()).length).toBe(TRACKS)
    await page.getByRole('row').filter({ hasText: 'Track 01' }).waitFor()
    expect(await strips.count()).toBe(0)

    const { body: scan } = await server.json<{ job_id: string }>('POST', '/api/scan', {})
    await strips.first().waitFor()
    const scanStatus = async (): Promise<string> =>
      (await server.json<{ status: string }>('GET', `/api/jobs/${scan.job_id}`)).body.status
    expect(await scanStatus()).toBe('running')

    const last = (await tracks()).find(({ title }) => title.startsWith(`Track ${TRACKS}`))!
    expect(last.state).toBe('not analysed')
    await page.goto(`${server.address}/desk/${last.id}`)
    await page.getByRole('slider', { name: 'Waveform' }).waitFor()
    await page
      .getByText(/suggestion/)
      .first()
      .waitFor()
    expect(await scanStatus()).toBe('running')
    expect((await tracks()).some(({ state }) => state === 'not analysed')).toBe(true)

    await server.json('POST', `/api/jobs/${scan.job_id}/cancel`)
    expect(await scanStatus()).toBe('cancelled')
    await page.goto(`${server.address}/library`)
    await strips.first().waitFor()
    const after = await tracks()
    expect(after.some(({ state }) => state === 'not analysed')).toBe(true)
    expect(after.filter(({ state }) => state === 'ok').map(({ strip }) => strip?.length ?? 0)).not.toContain(0)
    expect(after.find(({ id }) => id === last.id)!.strip).not.toBeNull()
    expect((await latestJob(server)).kind).not.toBe('classify')
    expect(opened.complaints).toEqual([])
  })
})
