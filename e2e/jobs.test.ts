import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'
import { endOfJob, latestJob, writeTooShort } from './jobs.fixture.ts'

const music = mkdtempSync(join(tmpdir(), 'algiers-jobs-'))
const [broken, whole] = [join(music, 'broken'), join(music, 'whole')] as const
/** Enough that a click comes in the middle. */
const TRACKS = 24
let server: TestServer
let opened: OpenedPage
let page: Page

const tray = (): Locator => page.getByRole('dialog', { name: 'Jobs' })
const openTray = (): Promise<void> => page.getByRole('button', { name: /^Jobs/ }).click()

beforeAll(async () => {
  if (browserPath === undefined) return
  mkdirSync(broken)
  mkdirSync(whole)
  writeTooShort(join(broken, 'Short.wav'))
  for (let seed = 1; seed <= TRACKS; seed++)
    writeTestTrack(join(whole, `Track ${seed}.wav`), { bpm: 124, seed, rootHz: 55 })
  // One track after the other, so that on any machine there is a middle.
  server = await startTestServer((store) => {
    store.settings.set('workers', 1)
    // Its readings are jobs of their own.
    store.settings.set('base_model', false)
  })
  await server.json('POST', '/api/roots', { path: broken })
  await server.json('POST', '/api/scan', {})
  await endOfJob(server)
  opened = await openPage(server.address)
  page = opened.page
})
afterAll(async () => {
  await opened?.close()
  await server?.close()
  rmSync(music, { recursive: true })
})

describe.skipIf(browserPath === undefined)('the job tray', () => {
  test('a failure names the file, its cause and what to do, and only what failed is tried again', async () => {
    await openTray()
    await tray().getByText('1 file failed').click()
    await tray().getByText('Audio too short').waitFor()
    await tray().getByText('At least 5 seconds are needed for a beat grid.').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    const before = await latestJob(server)
    await tray().getByRole('button', { name: 'Retry failed only' }).click()
    const again = await endOfJob(server, before)
    expect(again).toMatchObject({ kind: 'analyse', result: { analysed: 0, up_to_date: 0, failures: [{}] } })
  })

  test('the desk of a track that could not be read says why, and tries again when asked to', async () => {
    const { body } = await server.json<{ tracks: { id: number }[] }>('GET', '/api/tracks?q=short')
    await page.goto(`${server.address}/desk/${body.tracks[0]!.id}`)
    const unread = page.getByRole('region', { name: 'Short' })
    await unread.getByRole('alert').getByText('At least 5 seconds are needed for a beat grid.').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    const before = await latestJob(server)
    await unread.getByRole('button', { name: 'Try again' }).click()
    expect((await endOfJob(server, before)).kind).toBe('analyse')
    await page.goto(`${server.address}/library`)
    await openTray()
  })

  test('a job is cancelled in the middle, keeps what it finished, and goes on when asked to', async () => {
    await server.json('POST', '/api/roots', { path: whole })
    await server.json('POST', '/api/scan', {})
    await page.getByRole('row').filter({ hasText: 'Track' }).getByText('analysed', { exact: true }).first().waitFor()
    await tray().getByRole('button', { name: 'Cancel' }).click()
    await tray().getByText('cancelled; what was finished is kept').waitFor()
    const cancelled = await latestJob(server)
    expect(cancelled.status).toBe('cancelled')
    await page.reload()
    await openTray()
    await tray().getByRole('button', { name: 'Try again' }).click()
    const { result } = await endOfJob(server, cancelled)
    expect(result.up_to_date).toBeGreaterThan(0)
    expect(result.analysed + result.up_to_date).toBe(TRACKS)
    const { body } = await server.json<{ total: number }>('GET', '/api/tracks?bpm_min=123.9&bpm_max=124.1')
    expect(body.total).toBe(TRACKS)
  })

  test('finished jobs are put away for good', async () => {
    await tray().getByRole('progressbar').waitFor({ state: 'hidden' })
    await tray().getByRole('button', { name: 'Clear finished' }).click()
    await tray().getByText('Nothing is running.', { exact: false }).waitFor()
    await page.reload()
    await openTray()
    await tray().getByText('Nothing is running.', { exact: false }).waitFor()
    expect(opened.complaints).toEqual([])
  })
})
