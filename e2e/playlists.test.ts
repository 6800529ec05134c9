import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer((store) => {
    for (let index = 0; index < 12; index++)
      addFixtureTrack(store, {
        index,
        cached: false,
        tags: { title: `T${String(index).padStart(2, '0')}`, genre: index < 5 ? 'Techno' : 'House' },
        bpm: 120 + index,
        facts: index < 10 ? { key: 'A minor', camelot: `${(index % 2) + 8}A`, energy: 1 + index } : {},
        kinds: index < 3 ? ['intro', 'drop', 'outro'] : [],
      })
  })
})
afterEach(() => server.close())

type Page = Awaited<ReturnType<typeof openPage>>['page']

const titles = (page: Page): Promise<readonly string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('[role=row][data-index]')].map((row) => [Number(row.dataset.index), row.innerText.match(/T\\d\\d/)?.[0] ?? '']).sort(([a], [b]) => a - b).map(([, title]) => title)`,
  )
const row = (page: Page, title: string) => page.getByRole('row').filter({ hasText: title })
const side = (page: Page) => page.getByRole('complementary', { name: 'Playlists' })

describe.skipIf(browserPath === undefined)('playlists', () => {
  test('tracks are dragged into one and reordered by keys; every gesture is taken back', async () => {
    const client = createClient(server.address)
    const { page, complaints, settled, close } = await openPage(`${server.address}/library`)
    await settled()
    await side(page).getByRole('button', { name: 'New playlist or folder' }).click()
    await page.getByRole('menuitem', { name: 'New playlist…' }).click()
    await page.getByLabel('Name').fill('Friday')
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.getByText('No tracks yet. Drag some onto its name').waitFor()
    const friday = side(page).getByRole('button', { name: /^Friday/ })
    const tracksOf = async (): Promise<readonly number[]> =>
      (await client.playlistTracks({ params: { id: 1 } })).track_ids

    await side(page).getByRole('button', { name: 'All tracks' }).click()
    await row(page, 'T04').dragTo(friday)
    await page.getByText('1 track added to “Friday”').waitFor()
    await row(page, 'T07').click()
    await row(page, 'T08').click({ modifiers: ['Shift'] })
    await row(page, 'T08').dragTo(friday)
    await page.getByText('2 tracks added to “Friday”').waitFor()
    await row(page, 'T00').click()
    await page.getByRole('grid', { name: 'Tracks' }).press('a')
    await page.getByRole('dialog').getByLabel('Playlist').fill('fri')
    await page.getByRole('dialog').getByLabel('Playlist').press('Enter')
    await expect.poll(tracksOf).toEqual([5, 8, 9, 1])

    await friday.click()
    await page.getByRole('heading', { level: 1, name: 'Friday' }).waitFor()
    await expect.poll(() => titles(page)).toEqual(['T04', 'T07', 'T08', 'T00'])
    const table = page.getByRole('grid', { name: 'Tracks' })
    await row(page, 'T00').click()
    await table.press('Alt+ArrowUp')
    await expect.poll(() => titles(page)).toEqual(['T04', 'T07', 'T00', 'T08'])
    await table.press('Alt+ArrowUp')
    await expect.poll(() => titles(page)).toEqual(['T04', 'T00', 'T07', 'T08'])
    await table.press('Alt+ArrowDown')
    await expect.poll(() => titles(page)).toEqual(['T04', 'T07', 'T00', 'T08'])
    await row(page, 'T08').dragTo(row(page, 'T04'), { targetPosition: { x: 200, y: 4 } })
    await expect.poll(() => titles(page)).toEqual(['T08', 'T04', 'T07', 'T00'])
    await row(page, 'T07').click()
    await table.press('Delete')
    await expect.poll(() => titles(page)).toEqual(['T08', 'T04', 'T00'])
    await table.press('Control+z')
    await page.getByText('Undone: 1 track taken out of “Friday”').waitFor()
    await table.press('Control+z')
    await expect.poll(() => titles(page)).toEqual(['T04', 'T07', 'T00', 'T08'])
    await table.press('Control+Shift+z')
    await expect.poll(() => titles(page)).toEqual(['T08', 'T04', 'T07', 'T00'])
    expect(await violationsInBothThemes(page)).toEqual([])

    await page.getByRole('button', { name: 'Menu of Friday' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: 'Playlist “Friday” removed' })
      .getByRole('button', { name: 'Undo' })
      .click()
    await friday.waitFor()
    expect(await tracksOf()).toEqual([9, 5, 8, 1])
    expect(complaints).toEqual([])
    await close()
  })

  test('a smart playlist is made of the filters, changed, and made plain; folders take playlists', async () => {
    const client = createClient(server.address)
    const { page, complaints, settled, close } = await openPage(`${server.address}/library?genre=techno`)
    await settled()
    await side(page).getByRole('button', { name: 'New playlist or folder' }).click()
    await page.getByRole('menuitem', { name: 'Smart playlist of these filters…' }).click()
    await page.getByLabel('Name').fill('Techno')
    await page.getByLabel('Name').press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Techno' }).waitFor()
    await expect.poll(() => titles(page)).toEqual(['T00', 'T01', 'T02', 'T03', 'T04'])
    await page.getByRole('button', { name: 'Change the filter' }).click()
    await page.getByLabel('Energy from').fill('3')
    await page.getByRole('button', { name: 'Keep for “Techno”' }).click()
    await page.getByText('Filter of “Techno” changed').waitFor()
    await page.getByRole('heading', { level: 1, name: 'Techno' }).waitFor()
    await expect.poll(() => titles(page)).toEqual(['T02', 'T03', 'T04'])
    const smart = (await client.listPlaylists()).find(({ name }) => name === 'Techno')!
    expect(new URLSearchParams(smart.filter!).get('energy_min')).toBe('3')

    await page.getByRole('button', { name: 'Menu of Techno' }).click()
    await page.getByRole('menuitem', { name: 'Move to a folder…' }).click()
    await page.getByRole('textbox', { name: 'Folder' }).fill('Nights')
    await page.getByRole('textbox', { name: 'Folder' }).press('Enter')
    await side(page).getByRole('button', { name: 'Nights', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Menu of Techno' }).click()
    await page.getByRole('menuitem', { name: 'Make it a plain playlist' }).click()
    await page.getByText('“Techno” made a plain playlist with 3 tracks').first().waitFor()
    expect(await client.playlist({ params: { id: smart.id } })).toMatchObject({ filter: null, folders: ['Nights'] })
    await page.getByRole('button', { name: 'Menu of Techno' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /M3U8/ }).click(),
    ])
    expect(download.suggestedFilename()).toBe('Techno.m3u8')
    expect(complaints).toEqual([])
    await close()
  })

  test('each bar of the library at a glance leads to its tracks, by mouse and by the table', async () => {
    await createClient(server.address).changeNotes({ body: { track_ids: [4], colour: 'red' } })
    const { page, complaints, settled, close } = await openPage(`${server.address}/library`)
    await settled()
    await row(page, 'T03').getByRole('img', { name: 'Colour red' }).waitFor()
    await side(page).getByRole('button', { name: 'At a glance' }).click()
    await page.getByText('12 tracks, 9 min of music').waitFor()
    await page.getByText('2 not known').first().waitFor()
    for (const twin of await page.getByText('As a table').all()) await twin.click()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByRole('table', { name: 'Key' }).getByRole('button', { name: '9A' }).press('Enter')
    await expect.poll(() => titles(page)).toEqual(['T01', 'T03', 'T05', 'T07', 'T09'])
    await side(page).getByRole('button', { name: 'At a glance' }).click()
    await page.getByText('5 tracks, 4 min of music').waitFor()
    await page.locator('svg[aria-label="Tracks by energy"] g', { hasText: 'Energy 4: 1 track' }).click()
    await expect.poll(() => titles(page)).toEqual(['T03'])
    expect(new URL(page.url()).search).toBe('?key=9A&energy_min=4&energy_max=4')
    await side(page).getByRole('button', { name: 'All tracks' }).click()
    await side(page).getByRole('button', { name: 'At a glance' }).click()
    await page.locator('svg[aria-label="Tracks by colour"] g', { hasText: 'red: 1 track' }).click()
    await expect.poll(() => titles(page)).toEqual(['T03'])
    expect(complaints).toEqual([])
    await close()
  })

  test('on a phone the playlists lie in a drawer, and nothing has to be pushed sideways', async () => {
    const { page, complaints, settled, close } = await openPage(`${server.address}/library`, {
      width: 320,
      height: 700,
    })
    await settled()
    await page.getByRole('button', { name: 'Playlists', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'At a glance' }).click()
    await page.getByText('12 tracks, 9 min of music').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(
      await page.evaluate(`[...document.querySelectorAll('main *')].every((one) => one.scrollWidth <= innerWidth)`),
    ).toBe(true)
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})
