import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/contract/client.ts'
import { type RunningServer, startServer } from '../src/api/start-server.ts'
import { type App, openApp } from '../src/app.ts'
import { beatsToSeconds } from '../src/beats/beat-grid.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

let folder: string
let app: App
let server: RunningServer
let client: Client
let opened: OpenedPage
let page: Page
const report = (bug: unknown): never => expect.unreachable(String(bug))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-desk-'))
  writeTestTrack(join(folder, 'one.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  app = await openApp({ dataDir: join(folder, 'data') })
  await app.library.add(folder)
  await app.library.scan()
  server = await startServer(app, { port: 0, report })
  client = createClient(server.address)
})
afterAll(async () => {
  await server.close()
  await app.close()
  rmSync(folder, { recursive: true })
})

const labels = async (): Promise<readonly string[]> =>
  (await client.listLabels({ query: {} })).map(
    ({ label_value, start_beat, end_beat }) => `${label_value} ${start_beat}–${end_beat}`,
  )
/** What the server holds is what the desk shows, as soon as it says so. */
const expectLabels = (...wanted: readonly string[]): Promise<void> =>
  expect.poll(labels).toEqual(wanted) as unknown as Promise<void>

const waveform = (of: Page = page): Locator => of.getByRole('slider', { name: 'Waveform' })

type Place = 'sound' | 'labels'
/** How far up from the lower edge of the waveform. */
const HEIGHT_OF: Readonly<Record<Place, number>> = { sound: 150, labels: 36 }

/** Where a beat is on the screen while the whole track is shown. */
const pointOf = async (beat: number, place: Place, of: Page): Promise<{ readonly x: number; readonly y: number }> => {
  const { grid, durationSeconds } = app.tracks.get('1')
  const { x, y, width, height } = (await waveform(of).boundingBox())!
  const share = beatsToSeconds(grid!.grid, beat) / durationSeconds!
  return { x: x + share * width, y: y + height - HEIGHT_OF[place] }
}

const drag = async (from: number, to: number, place: Place = 'sound', of: Page = page): Promise<void> => {
  const [start, end] = [await pointOf(from, place, of), await pointOf(to, place, of)]
  await of.mouse.move(start.x, start.y)
  await of.mouse.down()
  await of.mouse.move((start.x + end.x) / 2, end.y, { steps: 3 })
  await of.mouse.move(end.x, end.y, { steps: 3 })
  await of.mouse.up()
}

const openDesk = async (): Promise<OpenedPage> => {
  const fresh = await openPage(`${server.address}/training?track=1`)
  await waveform(fresh.page).waitFor()
  await fresh.page.getByText('Saved', { exact: true }).waitFor()
  return fresh
}

describe.skipIf(browserPath === undefined)('the labelling desk', () => {
  beforeEach(async () => {
    await client.replaceLabels({ params: { id: 1 }, body: { labels: [] } })
    opened = await openDesk()
    ;({ page } = opened)
    return async () => {
      expect(opened.complaints).toEqual([])
      await opened.close()
    }
  })

  test('a section is painted by dragging, its edges lie on the beats that were meant, and it is saved by itself', async () => {
    await page.getByRole('button', { name: 'drop' }).click()
    await drag(16.2, 47.9)
    await expectLabels('drop 16–48')
    await page.getByRole('button', { name: 'intro' }).click()
    await drag(0.1, 20)
    await expectLabels('intro 0–20', 'drop 20–48')
  })

  test('an edge that is dragged takes the neighbour’s with it', async () => {
    await drag(0, 16)
    await page.getByRole('button', { name: 'drop' }).click()
    await drag(16, 48)
    await expectLabels('intro 0–16', 'drop 16–48')
    await drag(16, 24, 'labels')
    await expectLabels('intro 0–24', 'drop 24–48')
  })

  test('one undo for one gesture, also after the page was loaded again, and redo', async () => {
    await drag(0, 16)
    await page.getByRole('button', { name: 'drop' }).click()
    await drag(16, 48)
    await expectLabels('intro 0–16', 'drop 16–48')
    await page.reload()
    await waveform().waitFor()
    await page.keyboard.press('Control+z')
    await expectLabels('intro 0–16')
    await page.keyboard.press('Control+z')
    await expectLabels()
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('Control+Shift+z')
    await expectLabels('intro 0–16', 'drop 16–48')
  })

  test('by keys alone: sections are begun and ended at the playhead, renamed, split, merged, moved and deleted', async () => {
    await waveform().focus()
    const bars = async (count: number): Promise<void> => {
      for (let bar = 0; bar < count; bar++) await page.keyboard.press('Shift+ArrowRight')
    }
    await page.keyboard.press('1')
    await bars(4)
    await page.keyboard.press('3')
    await bars(6)
    await page.keyboard.press('Enter')
    await expectLabels('intro 0–16', 'drop 16–40')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('4')
    await expectLabels('intro 0–16', 'break 16–40')
    await bars(2)
    await page.keyboard.press('s')
    await expectLabels('intro 0–16', 'break 16–24', 'break 24–40')
    await page.keyboard.press('m')
    await expectLabels('intro 0–16', 'break 16–40')
    await page.keyboard.press('Alt+]')
    await expectLabels('intro 0–16', 'break 16–41')
    await page.keyboard.press('Delete')
    await expectLabels('intro 0–16')
  })

  test('what is typed for the palette before it is there reaches it, and no label', async () => {
    await drag(0, 32)
    await expectLabels('intro 0–32')
    await waveform().focus()
    await page.route('**/palette-*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      await route.continue()
    })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('settings 32')
    await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('settings 32')
    await page.keyboard.press('Escape')
    await expectLabels('intro 0–32')
  })

  test('what is wrong with the recording is told', async () => {
    await page.getByText(/notes? about the recording/).click()
    await page.getByText('Both channels are the same').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  test('the plain editor adds by numbers, and digits typed into it label nothing', async () => {
    await page.getByRole('button', { name: 'chorus' }).click()
    await page.getByLabel('Start Beat').fill('8')
    await page.getByLabel('End Beat').fill('24')
    await page.getByRole('button', { name: 'Add Label' }).click()
    await expectLabels('chorus 8–24')
    await page.getByLabel('End Beat').fill('26')
    await page.getByRole('button', { name: 'Add Label' }).click()
    await expectLabels('chorus 8–26')
  })

  test('two windows on one track: the edit of the other is kept, and mine is made again on it', async () => {
    const second = await openDesk()
    await second.page.route('**/api/events', (route) => route.abort())
    await drag(0, 16)
    await expectLabels('intro 0–16')
    await second.page.getByRole('button', { name: 'outro' }).click()
    await drag(32, 48, 'sound', second.page)
    await expectLabels('intro 0–16', 'outro 32–48')
    await second.close()
  })

  test('edits that are made while those of another window are fetched are all made again on them', async () => {
    await page.route('**/api/events', (route) => route.abort())
    await page.reload()
    await waveform().waitFor()
    await client.replaceLabels({
      params: { id: 1 },
      body: { labels: [{ label_value: 'outro', start_beat: 48, end_beat: 56 }] },
    })
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    await page.route('**/api/tracks/1', async (route) => {
      asked.resolve()
      await answered.promise
      await route.continue()
    })
    await drag(0, 8)
    await asked.promise
    await drag(8, 16)
    await drag(16, 24)
    answered.resolve()
    await page.getByText('Your last 3 edits were made again on the newer labels').waitFor()
    await expectLabels('intro 0–8', 'intro 8–16', 'intro 16–24', 'outro 48–56')
  })

  test('an answer from before the last edit was saved takes nothing away', async () => {
    await drag(0, 16)
    await expectLabels('intro 0–16')
    await page.getByText('Saved', { exact: true }).waitFor()
    const [asked, saved] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await page.route('**/api/tracks/1', async (route) => {
      const response = await route.fetch()
      asked.resolve()
      await saved.promise
      await route.fulfill({ response })
    })
    await page.route('**/api/tracks/1/labels', async (route) => {
      await route.fulfill({ response: await route.fetch() })
      saved.resolve()
    })
    // Changes nothing, but is told, so that the page asks.
    await client.replaceLabels({
      params: { id: 1 },
      body: { labels: [{ label_value: 'intro', start_beat: 0, end_beat: 16 }] },
    })
    await asked.promise
    await drag(16, 32)
    await expectLabels('intro 0–16', 'intro 16–32')
    // What the page is told next comes within a quarter of a second.
    await page.waitForTimeout(1000)
    await page.keyboard.press('Control+z')
    await expectLabels('intro 0–16')
    await page.keyboard.press('Control+z')
    await expectLabels()
  })

  test('a server that is gone for a while loses nothing: what was painted meanwhile is saved when it is back', async () => {
    const port = Number(new URL(server.address).port)
    await server.close()
    await drag(0, 16)
    await page.getByText('Not saved yet').waitFor()
    server = await startServer(app, { port, report })
    await page.getByText('Saved', { exact: true }).waitFor()
    await expectLabels('intro 0–16')
  })
})
