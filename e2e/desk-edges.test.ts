import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { browserPath, type OpenedPage } from './browser.fixture.ts'
import { pressAll, startTestDesk, type TestDesk, waveformOf } from './test-desk.fixture.ts'

let desk: TestDesk
let opened: OpenedPage
let page: Page

beforeAll(async () => {
  desk = await startTestDesk()
})
afterAll(() => desk.close())

const label = (...spans: readonly (readonly [kind: string, start: number, end: number])[]): Promise<unknown> =>
  desk.client.replaceLabels({
    params: { id: desk.trackId },
    body: {
      labels: spans.map(([kind, start, end]) => ({ label_value: kind as 'drop', start_beat: start, end_beat: end })),
    },
  })
const open = async (size?: Parameters<TestDesk['open']>[0]): Promise<void> => {
  opened = await desk.open(size)
  ;({ page } = opened)
  await waveformOf(page).focus()
}

describe.skipIf(browserPath === undefined)('edges on the desk', () => {
  beforeEach(async () => {
    await label()
    return async () => {
      expect(opened.complaints).toEqual([])
      await opened.close()
    }
  })

  test('where a beat is a few pixels wide an edge is pulled to the bar, and to the single beat while Alt is held or snapping is off', async () => {
    await open({ width: 420, height: 800 })
    await desk.drag(page, 0, 46.8)
    await desk.expectLabels('intro 0–48')
    await page.keyboard.press('Control+z')
    await desk.expectLabels()
    await desk.drag(page, 0, 46.8, { modifier: 'Alt' })
    await desk.expectLabels('intro 0–47')
    await page.keyboard.press('Control+z')
    await desk.expectLabels()
    await page.keyboard.press('.')
    await page.getByRole('button', { name: 'Snaps to beats' }).waitFor()
    await desk.drag(page, 0, 46.8)
    await desk.expectLabels('intro 0–47')
  })

  test('keys move either edge either way, and set it to the playhead', async () => {
    await label(['intro', 8, 24])
    await open()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Alt+[')
    await desk.expectLabels('intro 7–24')
    await pressAll(page, 'Shift+Alt+[', 'Shift+Alt+[')
    await desk.expectLabels('intro 9–24')
    await page.keyboard.press('Shift+Alt+]')
    await desk.expectLabels('intro 9–23')
    await page.keyboard.press('Alt+]')
    await desk.expectLabels('intro 9–24')
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    await pressAll(page, 'Escape', 'ArrowDown', 'Shift+ArrowRight', '[')
    await desk.expectLabels('intro 13–24')
    await pressAll(page, 'Escape', 'ArrowDown', 'Control+ArrowRight', ']')
    await desk.expectLabels('intro 13–45')
  })

  test('a label is copied to wherever its section is heard again, and one undo takes all copies back', async () => {
    await label(['drop', 16, 24])
    const repeats = await desk.client.repeats({
      params: { id: desk.trackId },
      query: { start_beat: 16, end_beat: 24 },
    })
    expect(repeats.length).toBeGreaterThan(0)
    await open()
    await pressAll(page, 'ArrowDown', 'd')
    const spans = [[16, 24], ...repeats.map(({ start_beat, end_beat }) => [start_beat, end_beat] as const)]
    await desk.expectLabels(...spans.toSorted(([a], [b]) => a! - b!).map(([from, to]) => `drop ${from}–${to}`))
    await page.getByText(`drop copied to ${repeats.length} more`).waitFor()
    await page.keyboard.press('Control+z')
    await desk.expectLabels('drop 16–24')
  })

  test('labels stay where they are in the music when the grid is repaired', async () => {
    await label(['drop', 16, 48])
    await open()
    const repair = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'Beat grid' }).click()
      await page.getByRole('menuitem', { name, exact: true }).click()
    }
    await repair('Half the tempo')
    await desk.expectLabels('drop 8–24')
    await page.getByText('64.00 BPM').waitFor()
    await repair('Twice the tempo')
    await desk.expectLabels('drop 16–48')
    await page.getByText('128.00 BPM').waitFor()
    const firstDownbeat = async (): Promise<number> =>
      (await desk.client.track({ params: { id: desk.trackId } })).grid!.grid.first_downbeat
    const before = await firstDownbeat()
    await waveformOf(page).focus()
    await page.keyboard.press('b')
    await expect.poll(firstDownbeat).toBe((before + 1) % 4)
    await page.getByText('Saved', { exact: true }).waitFor()
    await waveformOf(page).focus()
    await page.keyboard.press('Shift+B')
    await expect.poll(firstDownbeat).toBe(before)
    await desk.expectLabels('drop 16–48')
  })
})
