import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'
import { endOfJob } from './jobs.fixture.ts'

const music = mkdtempSync(join(tmpdir(), 'algiers-watched-'))
let server: TestServer
let opened: OpenedPage

const write = (name: string, seed: number): void => writeTestTrack(join(music, name), { bpm: 124, seed, rootHz: 55 })

beforeAll(async () => {
  if (browserPath === undefined) return
  write('First.wav', 1)
  server = await startTestServer((store) => store.settings.set('watch_folders', true))
  await server.json('POST', '/api/roots', { path: music })
  await server.json('POST', '/api/scan', {})
  await endOfJob(server)
  opened = await openPage(`${server.address}/library`)
})
afterAll(async () => {
  await opened?.close()
  await server?.close()
  rmSync(music, { recursive: true })
})

describe.skipIf(browserPath === undefined)('watched folders', () => {
  test('new, moved and deleted files show by themselves, a moved one with its labels', async () => {
    const { page } = opened
    const row = (title: string) => page.getByRole('row').filter({ hasText: title })
    await row('First').getByText('analysed', { exact: true }).waitFor()
    const { body } = await server.json<{ tracks: { id: number }[] }>('GET', '/api/tracks?q=first')
    const { id } = body.tracks[0]!
    await server.json('POST', '/api/training/labels', {
      track_id: id,
      label_value: 'drop',
      start_beat: 16,
      end_beat: 48,
    })

    write('Second.wav', 2)
    await row('Second').getByText('analysed', { exact: true }).waitFor()
    await row('Second').getByRole('img').waitFor()

    mkdirSync(join(music, 'sets'))
    renameSync(join(music, 'First.wav'), join(music, 'sets/Renamed.wav'))
    await row('Renamed').waitFor()
    await row('First').waitFor({ state: 'detached' })
    const moved = await server.json<{ id: number; label_count: number }>('GET', `/api/tracks/${id}`)
    expect(moved.body).toMatchObject({ id, label_count: 1 })

    rmSync(join(music, 'Second.wav'))
    await row('Second').getByText('analysed', { exact: true }).waitFor({ state: 'detached' })
  })

  test('the settings say that a folder is watched, and switch it off and on', async () => {
    const { page } = opened
    await page.goto(`${server.address}/settings`)
    const folders = page.getByRole('region', { name: 'Music folders' })
    await folders.getByText('watched for changes').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    const box = folders.getByRole('checkbox', { name: /^Watch folders/ })
    await box.click()
    await folders.getByText('watched for changes').waitFor({ state: 'detached' })
    await box.click()
    await folders.getByText('watched for changes').waitFor()
    const every = folders.getByRole('spinbutton', { name: 'Check network drives every' })
    await every.fill('0.01')
    await every.press('Enter')
    await folders.getByText('it must lie between 5 and 86400 seconds').waitFor()
    await every.fill('5')
    await every.press('Enter')
    await folders.getByRole('status').getByText('Saved').waitFor()
    expect((await server.json('GET', '/api/settings')).body).toMatchObject({ watch_interval_seconds: 300 })
    expect(opened.complaints).toEqual([])
  })
})
