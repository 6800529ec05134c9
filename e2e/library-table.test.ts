import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'
import { latestJob } from './jobs.fixture.ts'

/** More than two pages of the list. */
const TRACKS = 250

let server: TestServer
let opened: OpenedPage
let page: Page

const pad = (index: number): string => `Track ${String(index).padStart(3, '0')}`
const titlesOf = (rows: string): Promise<string[]> =>
  page.locator(`${rows} [role=gridcell]:first-child span`).allTextContents()
const selected = (): Promise<string[]> => titlesOf('[data-index][aria-selected=true]')
const firstTitles = async (count: number): Promise<string[]> => (await titlesOf('[data-index]')).slice(0, count)
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
/** G L is two keys within a time: they wait for a desk that has drawn itself. */
const backFromDesk = async (track: number): Promise<void> => {
  await page.waitForURL(`**/desk/${track}`)
  await page.locator('[data-desk-focus]').waitFor()
  await press('g', 'l')
}
const focusTable = (): Promise<void> => page.getByRole('grid', { name: 'Tracks' }).focus()

beforeEach(async () => {
  if (browserPath === undefined) return
  server = await startTestServer((store) => {
    for (let index = 0; index < TRACKS; index++)
      addFixtureTrack(store, {
        index,
        cached: false,
        bpm: 100 + (index % 50),
        tags: { title: pad(index), artist: `Artist ${index % 7}` },
        facts: { key: 'A minor', camelot: '8A', energy: 1 + (index % 10) },
        vector: [index, 1],
        kinds: index === 3 ? ['intro', 'drop', 'outro'] : [],
      })
  })
  opened = await openPage(`${server.address}/library`)
  page = opened.page
  await page
    .getByRole('row')
    .filter({ hasText: pad(0) })
    .waitFor()
})
afterEach(async () => {
  await opened?.close()
  await server?.close()
})

describe.skipIf(browserPath === undefined)('the table of tracks', () => {
  test('only rows in view are drawn, and all are there when one scrolls to them', async () => {
    expect((await titlesOf('[data-index]')).length).toBeLessThan(80)
    await focusTable()
    await press('End')
    await page.getByText(pad(TRACKS - 1)).waitFor()
    await press('Home')
    await expect.poll(() => firstTitles(2)).toEqual([pad(0), pad(1)])
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  test('tracks are selected by mouse and by keyboard, also those that were never in view', async () => {
    await page.getByText(pad(1)).click()
    await page.getByText(pad(4)).click({ modifiers: ['Shift'] })
    await expect.poll(selected).toEqual([pad(1), pad(2), pad(3), pad(4)])
    await page.getByText(pad(2)).click({ modifiers: ['ControlOrMeta'] })
    await expect.poll(selected).toEqual([pad(1), pad(3), pad(4)])
    await focusTable()
    await press('Escape', 'Home', 'x', 'j', 'Shift+ArrowDown')
    await expect.poll(selected).toEqual([pad(0), pad(1), pad(2)])
    await press('Home', 'x', 'x', 'Shift+End')
    await page.getByText('250 tracks selected').waitFor()
    await press('Escape')
    await expect.poll(selected).toEqual([])
  })

  test('order and columns are remembered', async () => {
    await page.getByRole('columnheader', { name: 'BPM' }).getByRole('button').click()
    await page.getByRole('columnheader', { name: 'BPM' }).getByRole('button').click()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Artist' }).click()
    await press('Escape')
    await page.reload()
    await page.getByText(pad(249)).waitFor()
    expect(await page.getByRole('columnheader', { name: 'BPM' }).getAttribute('aria-sort')).toBe('descending')
    expect(await page.getByRole('columnheader', { name: 'Artist' }).count()).toBe(0)
    await page.getByRole('columnheader', { name: 'Title' }).getByRole('button').click()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitem', { name: 'Usual columns and widths' }).click()
  })

  test('the menu of a track leads to what sounds alike, to what mixes, and to a new analysis', async () => {
    await focusTable()
    await press('Home', 'j', 'Shift+F10')
    await page.getByRole('menuitem', { name: 'Show similar tracks' }).click()
    const similar = page.getByRole('dialog', { name: `Sounds like ${pad(1)}` })
    await similar.getByText(pad(0)).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await press('Escape')
    await page.getByText(pad(5)).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'List what mixes with it' }).click()
    // 105 BPM ± 6 %: of every fifty from 100 to 111.
    await page.getByText('60 of 250 tracks').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByText(pad(3)).click({ button: 'right' })
    // By the version that ships, as long as no other is active.
    await page.getByRole('menuitem', { name: 'Read sections again' }).click()
    await expect.poll(async () => (await latestJob(server))?.kind).toBe('classify')
    await page.getByText(pad(3)).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Analyse again' }).click()
    await expect.poll(async () => (await latestJob(server))?.kind).toBe('analyse')
  })

  test('by keys alone from the start: find, go down into the table, open, and come back', async () => {
    await page.reload()
    await page.getByText(pad(0)).waitFor()
    await press('ArrowDown', 'ArrowDown', 'x')
    await expect.poll(selected).toEqual([pad(1)])
    await press('Escape', '/')
    await page.keyboard.type('track 007')
    await expect.poll(() => titlesOf('[data-index]')).toEqual([pad(7)])
    await page.getByText('1 of 250 tracks').waitFor()
    await press('ArrowDown', 'Enter')
    await backFromDesk(8)
    await page.getByText('1 of 250 tracks').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
  })

  test('Enter opens the track on the desk, and G L leads back', async () => {
    await focusTable()
    await press('Home', 'ArrowDown', 'ArrowDown', 'Enter')
    await backFromDesk(3)
    await page.waitForURL('**/library')
  })

  test('a track that cannot be played says why, and does not pretend to play', async () => {
    await focusTable()
    await press('Home', 'Space')
    const told = page.getByRole('alert').filter({ hasText: 'The drive of /gone/0.wav is offline.' })
    await told.waitFor()
    const player = page.getByRole('region', { name: 'Player' })
    await player.getByRole('button', { name: 'Play', exact: true }).waitFor()
    await player.getByRole('button', { name: 'Close the player' }).click()
    await told.getByRole('button').click()
  })

  test('the palette finds tracks and actions, and ? shows the keys', async () => {
    await press('ControlOrMeta+k')
    await page.getByRole('dialog').getByRole('combobox').fill('track 042')
    await page.getByRole('option', { name: pad(42) }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    // The palette that is opened while the desk is on its way keeps the focus when the desk arrives.
    const { promise: isOpen, resolve: arrive } = Promise.withResolvers<void>()
    await page.route(/\/api\/tracks\/43\b/, (route) => void isOpen.then(() => route.continue()))
    await press('Enter')
    await page.waitForURL('**/desk/43')
    await press('ControlOrMeta+k')
    await page.getByRole('dialog').getByRole('combobox').fill('without labels')
    arrive()
    await page.locator('[data-desk-focus]').waitFor()
    await page.getByRole('option', { name: 'without labels', selected: true }).waitFor()
    await press('Enter')
    await page.waitForURL(/\/library\?labels=no$/)
    await page.getByText('249 of 250 tracks').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await focusTable()
    await press('?')
    await page.getByRole('dialog', { name: 'Keys' }).getByText('select all tracks that are listed').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await press('Escape')
  })

  test('a dropped folder is looked for by its name, and where it is not found, that is said', async () => {
    await page.evaluate(`{
      const entry = { isDirectory: true, isFile: false, name: 'No such crate', createReader: () => ({ readEntries: (give) => give([]) }) }
      const drop = new Event('drop', { bubbles: true, cancelable: true })
      Object.defineProperty(drop, 'dataTransfer', { value: { types: ['Files'], items: [{ webkitGetAsEntry: () => entry }] } })
      window.dispatchEvent(drop)
    }`)
    const told = page.getByRole('region', { name: 'You dropped No such crate' })
    await told.getByText('choose it below, or paste its path').waitFor()
    await press('Escape')
    expect(opened.complaints).toEqual([])
  })
})
