import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client
let opened: OpenedPage
let page: Page

const TITLES = ['Alpha', 'Bravo', 'Charlie', 'Delta'] as const

beforeAll(async () => {
  if (browserPath === undefined) return
  server = await startTestServer((store) => {
    TITLES.forEach((title, index) => {
      const tags = {
        title,
        genre: ['House', 'Techno'][index % 2]!,
        year: 2020 + index,
        key: 'Am',
        rating: index === 3 ? 2 : null,
      }
      const facts = { key: 'A minor', camelot: '8A' }
      addFixtureTrack(store, { index, cached: false, bpm: 100 + 25 * index, tags, facts })
    })
    addFixtureTrack(store, { index: 4, cached: false, bpm: 64, path: '07 - Echo.mp3' })
  })
  client = createClient(server.address)
  opened = await openPage(`${server.address}/library`)
  page = opened.page
  await row('Alpha').waitFor()
})
afterAll(async () => {
  await opened?.close()
  await server?.close()
})

const row = (title: string): Locator => page.getByRole('row').filter({ hasText: title })
const heading = (name: string): Locator => page.getByRole('columnheader', { name, exact: true })
const headings = async (): Promise<string[]> =>
  (await page.getByRole('columnheader').allTextContents()).map((text) => text.replace(/[↑↓ ]+$/, ''))
const titles = (): Promise<string[]> => page.locator('[data-index] [role=gridcell] > button ~ span').allTextContents()
const widthOf = async (name: string): Promise<number> => Math.round((await heading(name).boundingBox())!.width)
const chooseColumn = async (name: string): Promise<void> => {
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name, exact: true }).click()
  await page.keyboard.press('Escape')
}
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
const notesOf = async (title: string): Promise<unknown> =>
  (await client.listTracks({ query: { q: title } })).tracks[0]!.notes

describe.skipIf(browserPath === undefined)('columns, notes and the address of the list', () => {
  test('a heading sorts wherever it is clicked', async () => {
    const { width, height } = (await heading('BPM').boundingBox())!
    for (const [position, sorted] of [
      [{ x: 2, y: height / 2 }, 'ascending'],
      [{ x: width - 3, y: 2 }, 'descending'],
      [{ x: width / 2, y: height - 2 }, 'ascending'],
    ] as const) {
      await heading('BPM').click({ position })
      await expect.poll(() => heading('BPM').getAttribute('aria-sort')).toBe(sorted)
    }
    await heading('Title').getByRole('button').focus()
    await press('Enter')
    await expect.poll(() => heading('Title').getAttribute('aria-sort')).toBe('ascending')
  })

  test('columns are resized, moved and chosen by mouse and by keys, and all of it is there again after a reload', async () => {
    const before = await widthOf('Artist')
    const { x, y, width } = (await heading('Artist').boundingBox())!
    await page.mouse.move(x + width + 6, y + 10)
    await page.mouse.down()
    await page.mouse.move(x + width - 54, y + 10, { steps: 4 })
    await page.mouse.up()
    expect(await widthOf('Artist')).toBe(before - 60)
    await heading('Artist').getByRole('button').focus()
    await press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowLeft')
    await expect.poll(() => widthOf('Artist')).toBe(before - 44)
    await page.mouse.dblclick(x + before - 44 + 6, y + 10)
    await expect.poll(() => widthOf('Artist')).toBeLessThan(before - 60)
    const fitted = await widthOf('Artist')
    expect((await headings()).slice(0, 4)).toEqual(['Title', 'Artist', 'BPM', 'Key'])
    const key = (await heading('Key').boundingBox())!
    await heading('Artist').hover()
    await page.mouse.down()
    await page.mouse.move(key.x + 20, key.y + 10, { steps: 5 })
    await page.mouse.up()
    await expect.poll(async () => (await headings()).slice(0, 4)).toEqual(['Title', 'BPM', 'Key', 'Artist'])
    await heading('Artist').getByRole('button').focus()
    await press('ControlOrMeta+ArrowLeft')
    await expect.poll(async () => (await headings()).slice(0, 4)).toEqual(['Title', 'BPM', 'Artist', 'Key'])
    expect(await heading('Title').getAttribute('aria-sort')).toBe('ascending')
    for (const name of ['Genre', 'My tags', 'Comment', 'Colour', 'Tag key', 'Format']) await chooseColumn(name)
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Compact rows' }).click()
    await press('Escape')
    await page.reload()
    await row('Alpha').waitFor()
    expect((await headings()).slice(0, 4)).toEqual(['Title', 'BPM', 'Artist', 'Key'])
    expect(await headings()).toEqual(
      expect.arrayContaining(['Genre', 'My tags', 'Comment', 'Colour', 'Tag key', 'Format']),
    )
    expect(await widthOf('Artist')).toBe(fitted)
    expect((await row('Alpha').boundingBox())!.height).toBe(26)
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  test('a track is rated, coloured, tagged and commented in its row and by keys, and every change can be taken back', async () => {
    await row('Alpha').getByRole('button', { name: '4 of 5 stars' }).click()
    await row('Alpha').getByLabel('Colour of Alpha').selectOption('red')
    await row('Alpha')
      .getByRole('button', { name: /^Comment on Alpha/ })
      .click()
    await page.keyboard.type('opener')
    await press('Enter')
    await row('Alpha')
      .getByRole('button', { name: /^Tags of Alpha/ })
      .click()
    await page.keyboard.type('peak, vocal')
    await press('Enter')
    const all = { rating: 4, colour: 'red', comment: 'opener', my_tags: ['peak', 'vocal'] }
    await expect.poll(() => notesOf('Alpha')).toEqual(all)
    await press('ControlOrMeta+z')
    await page.getByText('Undone: tags of Alpha').waitFor()
    await expect.poll(() => notesOf('Alpha')).toEqual({ ...all, my_tags: [] })
    await press('ControlOrMeta+Shift+z')
    await expect.poll(() => notesOf('Alpha')).toEqual(all)
    await press('Home', 'ArrowDown', 'x', 'Shift+ArrowDown', '3')
    await page.getByText('Changed: rating of 2 tracks').waitFor()
    await press('e')
    const dialog = page.getByRole('dialog', { name: 'Notes on 2 tracks' })
    await dialog.getByLabel('Add tags').fill('warm up')
    expect(await violationsInBothThemes(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    for (const title of ['Bravo', 'Charlie'])
      await expect.poll(() => notesOf(title)).toMatchObject({ rating: 3, my_tags: ['warm up'], comment: null })
    const ofFile = row('Delta').getByRole('group', { name: 'Not rated by you; the file says 2 of 5' })
    await ofFile.getByRole('button', { name: '1 of 5 stars' }).click()
    await expect.poll(() => notesOf('Delta')).toMatchObject({ rating: 1 })
    await press('ControlOrMeta+z')
    await ofFile.waitFor()
  })

  test('search, filters and order are in the address: shared, reloaded, and gone back through', async () => {
    await page.getByRole('button', { name: 'More filters' }).click()
    await page.getByLabel('Rating from').fill('3')
    await press('Escape')
    await expect.poll(titles).toEqual(['Alpha', 'Bravo', 'Charlie'])
    await heading('BPM').click()
    await heading('BPM').click()
    await page.waitForURL('**/library?rating_min=3&sort=bpm&order=desc')
    await page.getByRole('searchbox').pressSequentially('al')
    await expect.poll(titles).toEqual(['Alpha'])
    await page.goBack()
    await expect.poll(titles).toEqual(['Charlie', 'Bravo', 'Alpha'])
    await page.goBack()
    await page.waitForURL('**/library?rating_min=3&sort=bpm&order=asc')
    await expect.poll(titles).toEqual(['Alpha', 'Bravo', 'Charlie'])
    await page.goForward()
    await page.goForward()
    await page.waitForURL('**/library?q=al&rating_min=3&sort=bpm&order=desc')
    await page.reload()
    await expect.poll(titles).toEqual(['Alpha'])
    expect(await page.getByRole('searchbox').inputValue()).toBe('al')
    await page.goto(`${server.address}/library?q=e&genre=house&energy_min=99&taste=good&sort=smell`)
    await expect.poll(titles).toEqual(['Alpha', 'Charlie'])
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect.poll(titles).toEqual(['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo'])
  })

  test('keys and tempo are written as the person wants, and a tempo that was folded says so', async () => {
    await page.goto(`${server.address}/settings`)
    await page.getByLabel('Keys are written').selectOption('Open Key: 1m, 1d')
    await page.getByLabel('Tempo is shown').selectOption('70 to 140 BPM')
    await expect.poll(async () => (await client.settings()).bpm_range_from).toBe(70)
    await page.goto(`${server.address}/library`)
    await row('Delta').getByText('1m').first().waitFor()
    // 175 BPM by its grid.
    await row('Delta')
      .getByTitle('175.0 BPM by the grid, shown in your range from 70 to 140')
      .getByText('87.5')
      .waitFor()
    await row('Echo').getByText('128.0').waitFor()
    await heading('BPM').click()
    await expect.poll(titles).toEqual(['Charlie', 'Delta', 'Alpha', 'Bravo', 'Echo'])
    await page.getByLabel('BPM around').fill('87')
    await expect.poll(titles).toEqual(['Delta'])
    expect(await page.getByLabel('Key it mixes with').locator('option').nth(1).textContent()).toBe('mixes with 6m')
    expect(opened.complaints).toEqual([])
  })
})
