import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, until } from '../src/api/server.fixture.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'
import { latestJob, writeTooShort } from './jobs.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-music-'))
const music = join(folder, 'My crate')
const MORE = 16
let server: TestServer
let opened: OpenedPage
let page: Page

const rowOf = (title: string): Locator => page.getByRole('row').filter({ hasText: title })
const titles = (): Promise<string[]> => page.locator('[data-index] [role=gridcell]:first-child span').allTextContents()

beforeAll(async () => {
  if (browserPath === undefined) return
  mkdirSync(join(music, 'Fast'), { recursive: true })
  // Major triads on A, C and G: 11B, 8B and 9B on the wheel.
  writeTestTrack(join(music, 'Alpha.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  writeTestTrack(join(music, 'Bravo.wav'), { bpm: 120, seed: 2, rootHz: 65.406 })
  writeTestTrack(join(music, 'Charlie.wav'), { bpm: 140, seed: 3, rootHz: 48.999 })
  // So many that a reload comes in the middle of their analysis; F sharp is far from the keys above.
  for (let seed = 11; seed < 11 + MORE; seed++)
    writeTestTrack(join(music, 'Fast', `Fast ${seed}.wav`), { bpm: 170, seed, rootHz: 46.249 })
  writeTooShort(join(music, 'Short.wav'))
  // One track after the other, so that on any machine there is a middle.
  server = await startTestServer((store) => {
    store.settings.set('workers', 1)
    // Its readings are jobs of their own.
    store.settings.set('base_model', false)
  })
  opened = await openPage(server.address)
  page = opened.page
})
afterAll(async () => {
  await opened?.close()
  await server?.close()
  rmSync(folder, { recursive: true })
})

describe.skipIf(browserPath === undefined)('the library, from the first run on', () => {
  test('the first run says how to begin, and a folder is found by walking there', async () => {
    await page.getByRole('heading', { name: 'Welcome to Algiers' }).waitFor()
    expect(await page.getByRole('button', { name: 'Try the demo library' }).isEnabled()).toBe(true)
    await page.getByRole('button', { name: 'Add your music' }).click()
    const field = page.getByLabel('Folder to add')
    await field.fill(join(folder, 'nowhere'))
    await page.getByRole('button', { name: 'Add this folder' }).click()
    await page.getByRole('alert').filter({ hasText: 'Check the path of the folder.' }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    // The list is of the path that is typed, or says that there is none.
    await page.getByRole('list', { name: 'No folder' }).getByText('nowhere does not exist').waitFor()
    await field.fill(folder)
    await page.getByRole('list', { name: `Folders in ${folder}` }).waitFor()
    await page.getByRole('button', { name: 'My crate' }).click()
    await page.getByText('4 audio files directly in it.').waitFor()
    await page.getByRole('button', { name: 'Add this folder' }).click()
    await page.getByText('Folder added').waitFor()
    expect(await (await server.request('GET', '/api/roots')).json()).toMatchObject([{ path: music }])
  })

  test('the analysis is seen moving on, also after a reload in the middle', async () => {
    // A page that came too late on a busy machine has another chance.
    if ((await latestJob(server)).status === 'completed') {
      await server.json('DELETE', '/api/storage/cache')
      await server.json('POST', '/api/scan', {})
    }
    const tray = page.getByRole('button', { name: /^Reading your folders/ })
    await tray.waitFor()
    await page.reload()
    await tray.click()
    const bar = page.getByRole('dialog', { name: 'Jobs' }).getByRole('progressbar')
    const seen = new Set<number>()
    await until(async () => {
      const shown = await bar.getAttribute('aria-valuenow', { timeout: 500 }).catch(() => null)
      if (shown !== null) seen.add(Number(shown))
      return (await latestJob(server)).status === 'completed' ? true : null
    })
    expect([...seen].some((percent) => percent > 0 && percent < 100)).toBe(true)
    await page
      .getByRole('dialog', { name: 'Jobs' })
      .getByText(`${3 + MORE} analysed, 1 failed`)
      .waitFor()
    await page.keyboard.press('Escape')
  })

  test('the rows tell the tempo and the key that the tracks were made with', async () => {
    await rowOf('Alpha').getByText('128.0').waitFor()
    for (const [title, bpm, key, length] of [
      ['Alpha', '128.0', '11BA maj', '0:30'],
      ['Bravo', '120.0', '8BC maj', '0:32'],
      ['Charlie', '140.0', '9BG maj', '0:27'],
    ] as const) {
      const cells = await rowOf(title).getByRole('gridcell').allTextContents()
      expect(cells).toEqual(expect.arrayContaining([bpm, key, length, 'analysed']))
    }
    expect(await rowOf('Short').getByRole('gridcell').last().textContent()).toBe('cannot be analysed')
    expect(await rowOf('Short').getByTitle('not analysed').count()).toBe(4)
  })

  test('filters narrow the list to what they say', async () => {
    await page.getByLabel('BPM around').fill('126')
    await expect.poll(titles).toEqual(['Alpha', 'Bravo'])
    await page.getByLabel('How far the BPM may differ').selectOption('± 2 %')
    await expect.poll(titles).toEqual(['Alpha'])
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByLabel('Key it mixes with').selectOption('8B')
    await expect.poll(titles).toEqual(['Bravo', 'Charlie'])
    await page.getByRole('button', { name: 'Clear filters' }).click()
    const { body } = await server.json<{ tracks: { title: string; energy: number | null }[] }>('GET', '/api/tracks')
    const known = body.tracks.flatMap(({ title, energy }) => (energy === null ? [] : [{ title, energy }]))
    const middle = known.map(({ energy }) => energy).toSorted((a, b) => a - b)[Math.floor(known.length / 2)]!
    const calm = known.filter(({ energy }) => energy <= middle).map(({ title }) => title)
    await page.getByLabel('Energy to').fill(String(middle))
    await expect.poll(titles).toEqual(calm)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await server.json('POST', '/api/training/labels', {
      track_id: (await server.json<{ tracks: { id: number }[] }>('GET', '/api/tracks?q=bravo')).body.tracks[0]!.id,
      label_value: 'drop',
      start_beat: 16,
      end_beat: 48,
    })
    await page.getByRole('combobox', { name: 'Labels' }).selectOption('With labels')
    await expect.poll(titles).toEqual(['Bravo'])
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('checkbox', { name: 'Needs review' }).check()
    await expect.poll(titles).toEqual(['Short'])
    await page.getByRole('searchbox', { name: 'Search tracks' }).fill('zzz')
    await page.getByRole('button', { name: `Show all ${4 + MORE} tracks` }).click()
    await expect.poll(async () => (await titles()).length).toBe(4 + MORE)
  })

  test('a track plays, goes where its waveform is clicked, and stops', async () => {
    await page.getByRole('grid', { name: 'Tracks' }).focus()
    for (const key of ['Home', 'Space']) await page.keyboard.press(key)
    const player = page.getByRole('region', { name: 'Player' })
    const scrubber = player.getByRole('slider', { name: 'Position in Alpha' })
    const seconds = async (): Promise<number> => Number(await scrubber.getAttribute('aria-valuenow'))
    await expect.poll(seconds).toBeGreaterThan(0)
    const { width, height } = (await scrubber.boundingBox())!
    await scrubber.click({ position: { x: width * 0.7, y: height / 2 } })
    await expect.poll(seconds).toBeGreaterThanOrEqual(20)
    await scrubber.press('Home')
    await expect.poll(seconds).toBeLessThan(10)
    await player.getByRole('button', { name: 'Pause' }).click()
    await player.getByRole('button', { name: 'Play', exact: true }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  test('a folder that is dropped onto the page is found beside the others by its name and what is in it', async () => {
    const crate = join(folder, 'Another crate')
    // More than a browser hands out at once.
    mkdirSync(join(crate, 'Old'), { recursive: true })
    for (let file = 0; file < 120; file++) writeFileSync(join(crate, `${file}.mp3`), '')
    const devtools = await page.context().newCDPSession(page)
    const data = { items: [], files: [crate], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
    const told = page.getByRole('region', { name: 'You dropped Another crate' })
    await told.getByText('holds what you dropped').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await told.getByRole('button', { name: crate }).click()
    await page.getByText('120 audio files directly in it.').waitFor()
    expect(await page.getByLabel('Folder to add').inputValue()).toBe(crate)
    await page.keyboard.press('Escape')
    expect(opened.complaints).toEqual([])
  })

  test('a folder is taken out only by who means it: no double click and no held key does it', async () => {
    await page.goto(`${server.address}/settings`)
    const paths = async (): Promise<readonly string[]> =>
      ((await (await server.request('GET', '/api/roots')).json()) as { path: string }[]).map(({ path }) => path)
    const remove = page.getByRole('button', { name: `Remove ${music}` })
    await remove.click()
    const takeOut = page.getByRole('button', { name: 'Remove folder' })
    await takeOut.dispatchEvent('click', { detail: 2 })
    for (const _ of [1, 2, 3]) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe(`Remove ${music}`)
    expect(await paths()).toEqual([music])
    await remove.click()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Folder removed').waitFor()
    expect(await paths()).toEqual([])
    expect(opened.complaints).toEqual([])
  })
})
