import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, until } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

type JobDocument = {
  readonly job_id: string
  readonly kind: string
  readonly status: string
  readonly result: { readonly analysed: number; readonly up_to_date: number; readonly failures: readonly object[] }
}

const music = mkdtempSync(join(tmpdir(), 'algiers-music-'))
const second = join(music, 'second')
let server: TestServer
let opened: OpenedPage
let page: Page

const latestJob = async (): Promise<JobDocument> => (await server.json<JobDocument[]>('GET', '/api/jobs')).body[0]!
const ended = (): Promise<JobDocument> =>
  until(async () => {
    const job = await latestJob()
    return ['completed', 'failed', 'cancelled'].includes(job.status) ? job : null
  })
const titlesOf = async (rows: string): Promise<string[]> => {
  const names = await page.locator(`${rows} [role=gridcell]:first-child span`).allTextContents()
  return names.map((name) => name.replace('.wav', ''))
}
/** In the order of the table. */
const titles = (): Promise<string[]> => titlesOf('[data-index]')
const rowOf = (title: string) => page.getByRole('row').filter({ hasText: title })
const tray = () => page.getByRole('dialog', { name: 'Jobs' })
const openTray = async (): Promise<void> => {
  if (!(await tray().isVisible())) await page.getByRole('button', { name: /^Jobs$|job|failures/ }).click()
}

beforeAll(async () => {
  mkdirSync(join(music, 'first'))
  mkdirSync(second)
  // Major triads on A, C and G: 11B, 8B and 9B on the wheel.
  writeTestTrack(join(music, 'first', 'Alpha.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  writeTestTrack(join(music, 'first', 'Bravo.wav'), { bpm: 120, seed: 2, rootHz: 65.406 })
  writeTestTrack(join(music, 'first', 'Charlie.wav'), { bpm: 140, seed: 3, rootHz: 48.999 })
  // A fifth of a second of silence: its sound can be identified, but there is nothing to analyse.
  writeFileSync(join(music, 'first', 'Short.wav'), wavOfSilence())
  for (const seed of [11, 12, 13, 14]) writeTestTrack(join(second, `More ${seed}.wav`), { bpm: 124, seed, rootHz: 55 })
  server = await startTestServer()
  opened = browserPath === undefined ? (undefined as never) : await openPage(server.address)
  page = opened?.page
  page?.setDefaultTimeout(10_000)
})
afterAll(async () => {
  await opened?.close()
  await server.close()
  rmSync(music, { recursive: true })
})

const wavOfSilence = (): Buffer => {
  const file = Buffer.alloc(44 + 8820)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(22050, 24)
  file.writeUInt32LE(44100, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(8820, 40)
  return file
}

describe.skipIf(browserPath === undefined)('the library, from the first run on', () => {
  test('the first run says how to begin, and a folder is added by its path', async () => {
    await page.getByRole('heading', { name: 'Welcome to Algiers' }).waitFor()
    expect(await page.getByRole('button', { name: 'Try the demo library' }).isVisible()).toBe(true)
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByRole('button', { name: 'Add your music' }).click()
    await page.getByLabel('Folder to add').fill(join(music, 'nowhere'))
    await page.getByRole('button', { name: 'Add this folder' }).click()
    await page.getByRole('alert').filter({ hasText: 'Check the path of the folder.' }).waitFor()
    await page.getByLabel('Folder to add').fill(music)
    await page.getByLabel('Folder to add').press('Tab')
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByLabel('Folder to add').fill(join(music, 'first'))
    await page.getByRole('button', { name: 'Add this folder' }).click()
    expect(await (await server.request('GET', '/api/roots')).json()).toMatchObject([{ path: join(music, 'first') }])
  })

  test('the tray shows the analysis moving on, also after a reload in the middle', async () => {
    await tray().getByRole('progressbar', { name: 'Reading your folders' }).waitFor()
    await page.reload()
    await openTray()
    const bar = tray().getByRole('progressbar', { name: 'Reading your folders' })
    const seen = new Set<string>()
    await until(async () => {
      if (await bar.isVisible()) seen.add((await bar.getAttribute('aria-valuenow').catch(() => null)) ?? '')
      return (await latestJob()).status === 'completed' ? true : null
    })
    const between = [...seen].filter((value) => Number(value) > 0 && Number(value) < 100)
    expect(between.length).toBeGreaterThan(0)
    await tray().getByText('3 analysed, 1 failed').waitFor()
  })

  test('the rows tell the tempo and the key that the tracks were made with', async () => {
    await page.keyboard.press('Escape')
    await rowOf('Alpha').getByText('128.0').waitFor()
    for (const [title, bpm, key, length] of [
      ['Alpha', '128.0', '11B', '0:30'],
      ['Bravo', '120.0', '8B', '0:32'],
      ['Charlie', '140.0', '9B', '0:27'],
    ]) {
      const cells = await rowOf(title!).getByRole('gridcell').allTextContents()
      expect(cells).toEqual(expect.arrayContaining([bpm, expect.stringContaining(key!), length, 'analysed']))
    }
    expect(await rowOf('Short').getByRole('gridcell').last().textContent()).toBe('failed')
    expect(await rowOf('Short').getByTitle('not analysed').count()).toBeGreaterThan(1)
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  test('filters narrow the list, and headings sort it', async () => {
    await page.getByLabel('BPM around').fill('126')
    await expect.poll(titles).toEqual(['Alpha', 'Bravo'])
    await page.getByLabel('BPM around').fill('')
    await page.getByLabel('Key that it mixes with').selectOption('8B')
    await expect.poll(titles).toEqual(['Bravo', 'Charlie'])
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('searchbox', { name: 'Search tracks' }).fill('charl')
    await expect.poll(titles).toEqual(['Charlie'])
    await page.getByRole('searchbox', { name: 'Search tracks' }).fill('zzz')
    await page.getByRole('button', { name: 'Show all 4 tracks' }).click()
    await page.getByRole('columnheader', { name: 'BPM' }).getByRole('button').click()
    await expect.poll(titles).toEqual(['Bravo', 'Alpha', 'Charlie', 'Short'])
    await page.reload()
    await expect.poll(titles).toEqual(['Bravo', 'Alpha', 'Charlie', 'Short'])
    await page.getByRole('columnheader', { name: 'Title' }).getByRole('button').click()
  })

  test('tracks are selected by mouse and by keyboard', async () => {
    const selected = (): Promise<string[]> => titlesOf('[data-index][aria-selected=true]')
    await expect.poll(titles).toEqual(['Alpha', 'Bravo', 'Charlie', 'Short'])
    await rowOf('Alpha').click()
    await rowOf('Charlie').click({ modifiers: ['Shift'] })
    await expect.poll(selected).toEqual(['Alpha', 'Bravo', 'Charlie'])
    await rowOf('Bravo').click({ modifiers: ['ControlOrMeta'] })
    await expect.poll(selected).toEqual(['Alpha', 'Charlie'])
    await page.keyboard.press('Escape')
    for (const key of ['Home', 'x', 'j', 'Shift+ArrowDown']) await page.keyboard.press(key)
    await expect.poll(selected).toEqual(['Alpha', 'Bravo', 'Charlie'])
    await page.keyboard.press('ControlOrMeta+a')
    await page.getByText('4 tracks selected').waitFor()
    await page.keyboard.press('Escape')
  })

  test('a track plays, and goes where its waveform is clicked', async () => {
    await page.getByRole('grid', { name: 'Tracks' }).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Space')
    const player = page.getByRole('region', { name: 'Player' })
    const scrubber = player.getByRole('slider', { name: /Alpha/ })
    const seconds = async (): Promise<number> => Number(await scrubber.getAttribute('aria-valuenow'))
    await expect.poll(seconds, { timeout: 10_000 }).toBeGreaterThan(0)
    const { width, height } = (await scrubber.boundingBox())!
    await scrubber.click({ position: { x: width * 0.7, y: height / 2 } })
    await expect.poll(seconds).toBeGreaterThanOrEqual(21)
    await page.keyboard.press('Space')
    await player.getByRole('button', { name: 'Play', exact: true }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await player.getByRole('button', { name: 'Close the player' }).click()
  })

  test('only what failed is tried again', async () => {
    await openTray()
    await tray().getByText('1 file failed').click()
    await tray().getByText('Audio too short').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    const before = (await latestJob()).job_id
    await tray().getByRole('button', { name: 'Retry failed only' }).click()
    await until(async () => ((await latestJob()).job_id === before ? null : true))
    expect((await ended()).result).toMatchObject({ analysed: 0, up_to_date: 0, failures: [{}] })
  })

  test('a job is cancelled in the middle, keeps what it finished, and goes on when asked to', async () => {
    await server.json('POST', '/api/roots', { path: second })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Scan again' }).click()
    await rowOf('More 11').getByText('analysed', { exact: true }).waitFor()
    await tray().getByRole('button', { name: 'Cancel' }).click()
    expect((await ended()).status).toBe('cancelled')
    await tray().getByText('cancelled; what was finished is kept').waitFor()
    await tray().getByRole('button', { name: 'Try again' }).click()
    await until(async () => ((await latestJob()).status === 'cancelled' ? null : true))
    const { result } = await ended()
    expect(result.analysed).toBeLessThan(4)
    expect(result.up_to_date).toBeGreaterThan(3)
    const { body } = await server.json<{ total: number }>('GET', '/api/tracks?bpm_min=123.9&bpm_max=124.1')
    expect(body.total).toBe(4)
    expect(opened.complaints.filter((line) => !line.includes('404') && !line.includes('400'))).toEqual([])
  })
})
