import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rekordboxXmlOf } from '../src/engine/exchange/rekordbox-xml.fixture.ts'
import { browserPath, type OpenedPage } from './browser.fixture.ts'
import { pressAll, startTestDesk, type TestDesk, waveformOf } from './test-desk.fixture.ts'

let desk: TestDesk
let opened: OpenedPage
let page: Page
/** The grid as it was estimated. */
let first: { readonly version: number; readonly digest: string }

beforeAll(async () => {
  desk = await startTestDesk()
  first = await gridNow()
})
afterAll(() => desk.close())

const gridNow = async () => (await desk.client.track({ params: { id: desk.trackId } })).grid!
const digest = async (): Promise<string> => (await gridNow()).digest
const repair = async (name: string): Promise<void> => {
  await page.getByRole('button', { name: 'Beat grid' }).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}
const says = (words: string): Promise<void> => page.getByRole('status').getByText(words, { exact: true }).waitFor()

describe.skipIf(browserPath === undefined)('undo on the desk', () => {
  beforeEach(async () => {
    await desk.client.editGrid({ params: { id: desk.trackId }, body: { kind: 'restore', to: first.version } })
    await desk.client.replaceLabels({ params: { id: desk.trackId }, body: { labels: [] } })
    opened = await desk.open()
    ;({ page } = opened)
    await waveformOf(page).focus()
    return async () => {
      expect(opened.complaints).toEqual([])
      await opened.close()
    }
  })

  test('an edit of the grid is a gesture like any other: undo takes it back first, says so, and then the labels before it', async () => {
    await desk.drag(page, 0, 16)
    await page.getByRole('button', { name: 'drop' }).click()
    await desk.drag(page, 17, 33, { modifier: 'Alt' })
    await desk.expectLabels('intro 0–16', 'drop 17–33')
    await repair('All beats half a beat later')
    await repair('Half the tempo')
    await expect.poll(digest).not.toBe(first.digest)
    await says('Grid at half the tempo.')
    await waveformOf(page).focus()

    await page.keyboard.press('Control+z')
    await says('Undone: grid at half the tempo.')
    await page.keyboard.press('Control+z')
    await says('Undone: grid half a beat later.')
    await expect.poll(digest).toBe(first.digest)
    await desk.expectLabels('intro 0–16', 'drop 17–33')
    await page.keyboard.press('Control+Shift+z')
    await says('Redone: grid half a beat later.')
    await expect.poll(digest).not.toBe(first.digest)
    // What a new grid leads to by itself is in the tray, and in nobody's way.
    const areAllOver = async () => (await desk.client.listJobs({ query: {} })).every((job) => job.completed_at !== null)
    await expect.poll(areAllOver).toBe(true)
    await page.getByRole('button', { name: /^Jobs/ }).waitFor()
    expect(await page.locator('[data-notice]').count()).toBe(0)

    // The same after a reload.
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    await waveformOf(page).focus()
    await page.keyboard.press('Control+z')
    await says('Undone: grid half a beat later.')
    await expect.poll(digest).toBe(first.digest)
    await desk.expectLabels('intro 0–16', 'drop 17–33')
    await pressAll(page, 'Control+z', 'Control+z')
    await desk.expectLabels()
    await page.keyboard.press('Control+z')
    await says('Nothing to undo.')
    await expect.poll(digest).toBe(first.digest)
  })

  test('the grid of another program is offered beside the doubts, taken by one press, and given back by undo', async () => {
    const { locations } = await desk.client.track({ params: { id: desk.trackId } })
    const xml = join(mkdtempSync(join(tmpdir(), 'algiers-grid-')), 'rekordbox.xml')
    writeFileSync(xml, rekordboxXmlOf([{ path: locations[0]!.path, tempo: { start: 0.1, bpm: 64 } }]))
    await desk.client.bringIn({ body: { path: xml } })
    const offered = async () => (await desk.client.track({ params: { id: desk.trackId } })).offered_grids.length
    await expect.poll(offered).toBe(1)
    await page.reload()
    const theirs = page.getByRole('button', { name: 'as in rekordbox, 64.00 BPM' })
    await theirs.press('Enter')
    await says('Grid of rekordbox.')
    await expect.poll(async () => (await gridNow()).edit).toBe('import rekordbox')
    await expect.poll(() => theirs.count()).toBe(0)
    await waveformOf(page).focus()
    await page.keyboard.press('Control+z')
    await says('Undone: grid of rekordbox.')
    await expect.poll(digest).toBe(first.digest)
    await theirs.waitFor()
    rmSync(dirname(xml), { recursive: true })
  })

  test('the keys for undo stay with a text, a list or a menu that has the focus', async () => {
    await desk.drag(page, 0, 16)
    await desk.expectLabels('intro 0–16')
    await page.getByLabel('End', { exact: true }).fill('7.1')
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: 'Beat grid' }).click()
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('x')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Escape')
    await page.getByText('Saved', { exact: true }).waitFor()
    await desk.expectLabels('intro 0–16')
    await page.getByText(/^Took back/).waitFor({ state: 'detached' })
  })

  test('the kind that was chosen in the table is taken back from the list itself, and the fields follow', async () => {
    await desk.drag(page, 0, 16)
    await desk.expectLabels('intro 0–16')
    await page.getByText('Sections as a table').click()
    const kind = page.getByLabel('Kind of the section at 1.1')
    await kind.selectOption('verse')
    await desk.expectLabels('verse 0–16')
    await kind.press('Control+z')
    await desk.expectLabels('intro 0–16')
    expect(await page.getByLabel('End', { exact: true }).inputValue()).toBe('5.1')
    await kind.press('Control+z')
    await desk.expectLabels()
    expect(await page.getByLabel('End', { exact: true }).inputValue()).toBe('')
  })

  test('a grid that was changed elsewhere meanwhile is told, kept, and a step of its own', async () => {
    await page.route('**/api/events', (route) => route.abort())
    await page.reload()
    await waveformOf(page).focus()
    await desk.drag(page, 0, 16)
    await desk.expectLabels('intro 0–16')
    await desk.client.editGrid({ params: { id: desk.trackId }, body: { kind: 'double' } })
    const theirs = await digest()
    await page.keyboard.press('b')
    await page.getByText('The beat grid was changed elsewhere').waitFor()
    await page.getByText('Your grid edit was not applied.').waitFor()
    await desk.expectLabels('intro 0–32')
    expect(await digest()).toBe(theirs)
    await page.keyboard.press('Control+z')
    await says('Undone: grid changed elsewhere.')
    await expect.poll(digest).toBe(first.digest)
    await desk.expectLabels('intro 0–16')
  })

  test('what is labelled while the grid changes elsewhere is made where it was meant', async () => {
    await page.route('**/api/events', (route) => route.abort())
    await page.reload()
    await waveformOf(page).waitFor()
    await desk.client.editGrid({ params: { id: desk.trackId }, body: { kind: 'double' } })
    // Places are those of the server: on the grid that the page still shows these are half as many beats.
    await desk.drag(page, 32, 64)
    await page.getByText('Your last edit was made again on the newer labels').waitFor()
    await desk.expectLabels('intro 32–64')
  })

  test('every repair of the grid is made from the keyboard, and taken back by one key', async () => {
    const held = async () => (await gridNow()).grid
    const edited = async (edit: string): Promise<void> => expect.poll(async () => (await gridNow()).edit).toMatch(edit)
    const takeBack = async (): Promise<void> => {
      await waveformOf(page).focus()
      await page.keyboard.press('Control+z')
      await expect.poll(digest).toBe(first.digest)
    }
    const before = await held()
    for (const [key, edit] of [
      ['b', 'shift 1'],
      ['Shift+B', 'shift -1'],
      ['h', 'half-beat later'],
    ] as const) {
      await page.keyboard.press(key)
      await edited(edit)
      await takeBack()
    }
    // A beat past a bar: what begins there is the one.
    await pressAll(page, 'Shift+ArrowRight', 'ArrowRight', 'o')
    await edited('re-anchor')
    expect((await held()).first_downbeat).toBe((before.first_downbeat + 1) % 4)
    await takeBack()
    await page.keyboard.press('p')
    await edited('pin')
    await takeBack()
    await page.getByRole('button', { name: 'Beat grid' }).focus()
    await page.keyboard.press('Enter')
    // Menus are searched by typing.
    await page.keyboard.type('Three')
    await page.keyboard.press('Enter')
    await edited('metre 3')
    expect((await held()).beats_per_bar).toBe(3)
    await takeBack()
    await pressAll(page, 't', 't', 't', 't', 't')
    await page.getByText(/^Tapped [\d.]+ BPM/).waitFor()
  })

  test('the bar numbers are dragged and the grid goes along, and a typed tempo holds', async () => {
    const { x, y, width } = (await waveformOf(page).boundingBox())!
    await page.mouse.move(x + width / 2, y + 26)
    await page.mouse.down()
    await page.mouse.move(x + width / 2 + 20, y + 26, { steps: 4 })
    await page.mouse.up()
    await expect.poll(digest).not.toBe(first.digest)
    await page.keyboard.press('Control+z')
    await page.getByText(/^Undone: grid \d+ ms later\.$/).waitFor()
    await expect.poll(digest).toBe(first.digest)
    await page.getByLabel('BPM').fill('130')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await gridNow()).grid.anchors.map(({ bpm }) => bpm)).toEqual([130])
    await waveformOf(page).focus()
    await page.keyboard.press('Control+z')
    await says('Undone: grid at 130.00 BPM.')
    await expect.poll(digest).toBe(first.digest)
  })
})
