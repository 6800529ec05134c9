import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SECTION_COLOURS } from '../src/core/labels/section-kind.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage } from './browser.fixture.ts'
import { startTestDesk, type TestDesk, waveformOf } from './test-desk.fixture.ts'

let desk: TestDesk
let opened: OpenedPage
let page: Page

beforeAll(async () => {
  desk = await startTestDesk()
})
afterAll(() => desk.close())

describe.skipIf(browserPath === undefined)('the labelling desk', () => {
  beforeEach(async () => {
    await desk.client.replaceLabels({ params: { id: desk.trackId }, body: { labels: [] } })
    opened = await desk.open()
    ;({ page } = opened)
    return async () => {
      expect(opened.complaints).toEqual([])
      await opened.close()
    }
  })

  test('a section is painted by dragging, its edges lie on the beats that were meant, and it is saved by itself', async () => {
    await page.getByRole('button', { name: 'drop' }).click()
    await desk.drag(page, 16.2, 47.9)
    await desk.expectLabels('drop 16–48')
    await page.getByRole('button', { name: 'intro' }).click()
    await desk.drag(page, 0.1, 20)
    await desk.expectLabels('intro 0–20', 'drop 20–48')
  })

  test('an edge that is dragged takes the neighbour’s with it', async () => {
    await desk.drag(page, 0, 16)
    await page.getByRole('button', { name: 'drop' }).click()
    await desk.drag(page, 16, 48)
    await desk.expectLabels('intro 0–16', 'drop 16–48')
    await desk.drag(page, 16, 24, { place: 'labels' })
    await desk.expectLabels('intro 0–24', 'drop 24–48')
  })

  test('one undo for one gesture, also after the page was loaded again, and redo', async () => {
    await desk.drag(page, 0, 16)
    await page.getByRole('button', { name: 'drop' }).click()
    await desk.drag(page, 16, 48)
    await desk.expectLabels('intro 0–16', 'drop 16–48')
    await page.reload()
    await waveformOf(page).waitFor()
    await page.keyboard.press('Control+z')
    await desk.expectLabels('intro 0–16')
    await page.keyboard.press('Control+z')
    await desk.expectLabels()
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('Control+Shift+z')
    await desk.expectLabels('intro 0–16', 'drop 16–48')
  })

  test('by keys alone: sections are begun and ended at the playhead, renamed, split, merged, moved and deleted', async () => {
    await waveformOf(page).focus()
    const bars = async (count: number): Promise<void> => {
      for (let bar = 0; bar < count; bar++) await page.keyboard.press('Shift+ArrowRight')
    }
    await page.keyboard.press('1')
    await bars(4)
    // It is seen growing.
    await expect.poll(() => desk.colourAt(page, 14, 36)).toBe(SECTION_COLOURS.intro)
    await page.keyboard.press('3')
    await bars(6)
    await page.keyboard.press('Enter')
    await desk.expectLabels('intro 0–16', 'drop 16–40')
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('4')
    await desk.expectLabels('intro 0–16', 'break 16–40')
    await bars(2)
    await page.keyboard.press('s')
    await desk.expectLabels('intro 0–16', 'break 16–24', 'break 24–40')
    await page.keyboard.press('m')
    await desk.expectLabels('intro 0–16', 'break 16–40')
    await page.keyboard.press('Alt+]')
    await desk.expectLabels('intro 0–16', 'break 16–41')
    await page.keyboard.press('Delete')
    await desk.expectLabels('intro 0–16')
  })

  test('what is typed for the palette before it is there reaches it, and no label', async () => {
    await desk.drag(page, 0, 32)
    await desk.expectLabels('intro 0–32')
    await waveformOf(page).focus()
    await page.route('**/palette-*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      await route.continue()
    })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('settings 32')
    await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('settings 32')
    await page.keyboard.press('Escape')
    await desk.expectLabels('intro 0–32')
  })

  test('what is wrong with the recording is told', async () => {
    await page.getByText(/notes? about the recording/).click()
    await page.getByText('Mono: both channels are identical').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  test('the plain editor adds by numbers, and digits typed into it label nothing', async () => {
    await page.getByRole('button', { name: 'chorus' }).click()
    await page.getByLabel('Start', { exact: true }).fill('3')
    await page.getByLabel('End', { exact: true }).fill('7.1')
    await page.getByRole('button', { name: 'Add Label' }).click()
    await desk.expectLabels('chorus 8–24')
    await page.getByLabel('End', { exact: true }).fill('7.3')
    await page.getByRole('button', { name: 'Add Label' }).click()
    await desk.expectLabels('chorus 8–26')
  })

  test('two windows on one track: the edit of the other is kept, and mine is made again on it', async () => {
    const second = await desk.open()
    await second.page.route('**/api/events', (route) => route.abort())
    await desk.drag(page, 0, 16)
    await desk.expectLabels('intro 0–16')
    await second.page.getByRole('button', { name: 'outro' }).click()
    await desk.drag(second.page, 32, 48)
    await desk.expectLabels('intro 0–16', 'outro 32–48')
    await second.close()
  })

  test('edits that are made while those of another window are fetched are all made again on them', async () => {
    await page.route('**/api/events', (route) => route.abort())
    await page.reload()
    await waveformOf(page).waitFor()
    await desk.client.replaceLabels({
      params: { id: desk.trackId },
      body: { labels: [{ label_value: 'outro', start_beat: 48, end_beat: 56 }] },
    })
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    await page.route(`**/api/tracks/${desk.trackId}`, async (route) => {
      asked.resolve()
      await answered.promise
      await route.continue()
    })
    await desk.drag(page, 0, 8)
    await asked.promise
    await desk.drag(page, 8, 16)
    await desk.drag(page, 16, 24)
    answered.resolve()
    await page.getByText('Your last 3 edits were made again on the newer labels').waitFor()
    await desk.expectLabels('intro 0–8', 'intro 8–16', 'intro 16–24', 'outro 48–56')
  })

  test('an answer from before the last edit was saved takes nothing away', async () => {
    await desk.drag(page, 0, 16)
    await desk.expectLabels('intro 0–16')
    await page.getByText('Saved', { exact: true }).waitFor()
    const [asked, saved] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await page.route(`**/api/tracks/${desk.trackId}`, async (route) => {
      const response = await route.fetch()
      asked.resolve()
      await saved.promise
      await route.fulfill({ response })
    })
    await page.route(`**/api/tracks/${desk.trackId}/labels`, async (route) => {
      await route.fulfill({ response: await route.fetch() })
      saved.resolve()
    })
    // Changes nothing, but is told, so that the page asks.
    await desk.client.replaceLabels({
      params: { id: desk.trackId },
      body: { labels: [{ label_value: 'intro', start_beat: 0, end_beat: 16 }] },
    })
    await asked.promise
    await desk.drag(page, 16, 32)
    await desk.expectLabels('intro 0–16', 'intro 16–32')
    // What the page is told next comes within a quarter of a second.
    await page.waitForTimeout(1000)
    await page.keyboard.press('Control+z')
    await desk.expectLabels('intro 0–16')
    await page.keyboard.press('Control+z')
    await desk.expectLabels()
  })

  test('a server that is gone for a while loses nothing: what was painted meanwhile is saved when it is back', async () => {
    await desk.stopServing()
    await desk.drag(page, 0, 16)
    await page.getByText('Not saved yet').waitFor()
    await desk.serveAgain()
    await page.getByText('Saved', { exact: true }).waitFor()
    await desk.expectLabels('intro 0–16')
  })
})
