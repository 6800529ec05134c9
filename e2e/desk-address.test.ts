import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

const TRACKS = 120
/** Far enough down to be out of view at first. */
const FAR = 90

let server: TestServer
let opened: OpenedPage
let page: Page
const ids: number[] = []

const titleOf = (index: number): string => `Track ${String(index).padStart(3, '0')}`
const rowOf = (index: number) => page.getByRole('row').filter({ hasText: titleOf(index) })
const waveform = () => page.getByRole('slider', { name: 'Waveform' })
const tabTitle = (index: number): Promise<void> => expect.poll(() => page.title()).toBe(`${titleOf(index)} – Algiers`)
const table = () => page.getByRole('grid', { name: 'Tracks' })
const scrolled = (): Promise<number> =>
  table().evaluate((box) => (box as unknown as { readonly scrollTop: number }).scrollTop)
const start = () => page.getByLabel('Start', { exact: true })

beforeAll(async () => {
  if (browserPath === undefined) return
  server = await startTestServer((store) => {
    for (let index = 0; index < TRACKS; index++) {
      const kinds = index === FAR ? (['intro', 'drop', 'outro'] as const) : []
      ids.push(addFixtureTrack(store, { index, cached: false, tags: { title: titleOf(index) }, kinds }))
    }
  })
  opened = await openPage(`${server.address}/library`)
  page = opened.page
})
afterAll(async () => {
  await opened?.close()
  await server?.close()
})

describe.skipIf(browserPath === undefined)('the address of the desk', () => {
  test('the library is as it was when one comes back: filters, selection, scroll and marked row', async () => {
    await page.getByRole('columnheader', { name: 'Title' }).getByRole('button').click()
    await page.getByRole('searchbox').fill('track')
    await rowOf(TRACKS - 1).click()
    await page.keyboard.press('Home')
    for (let row = TRACKS - 1; row > TRACKS - FAR; row--) await page.keyboard.press('ArrowDown')
    await rowOf(TRACKS - FAR).waitFor()
    const before = await scrolled()
    expect(before).toBeGreaterThan(500)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/desk/${ids[TRACKS - FAR]}`)
    await waveform().waitFor()
    await tabTitle(TRACKS - FAR)
    await page.goBack()
    await rowOf(TRACKS - FAR).waitFor()
    await expect.poll(() => page.title()).toBe('Library – Algiers')
    expect(await page.getByRole('searchbox').inputValue()).toBe('track')
    await expect.poll(scrolled).toBe(before)
    expect(await rowOf(TRACKS - FAR).getAttribute('data-current')).toBe('true')
    await page.goForward()
    await tabTitle(TRACKS - FAR)
    await page.getByRole('link', { name: 'All tracks' }).click()
    await expect.poll(scrolled).toBe(before)
    await table().press('Home')
    await expect.poll(() => rowOf(TRACKS - 1).getAttribute('aria-selected')).toBe('true')
  })

  test('a link leads to a section, also after the page was loaded again, and J is a step of the history', async () => {
    await page.goto(`${server.address}/desk/${ids[FAR]}?beat=32`)
    for (const load of [() => page.reload(), () => Promise.resolve()]) {
      await waveform().waitFor()
      await tabTitle(FAR)
      await expect.poll(() => start().inputValue()).toBe('9.1')
      await load()
    }
    await waveform().focus()
    await page.keyboard.press('j')
    await page.waitForURL((url) => url.pathname !== `/desk/${ids[FAR]}`)
    await waveform().waitFor()
    await page.goBack()
    await tabTitle(FAR)
    await expect.poll(() => start().inputValue()).toBe('9.1')
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  test('whoever comes from Training goes back there', async () => {
    await page.goto(`${server.address}/training`)
    const next = page.getByRole('region', { name: 'What to label next' })
    await next.getByRole('link').first().click()
    await waveform().waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Training' }).click()
    await next.waitFor()
  })

  test('a track that is not there is said to be so, with a way back', async () => {
    await page.goto(`${server.address}/desk/999999`)
    await page.getByRole('alert').getByText('This track is not in the library').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByRole('link', { name: 'Back to the library' }).click()
    await page.getByText(`${TRACKS} tracks`, { exact: true }).waitFor()
  })

  test('the address that the desk had as a part of Training leads to it', async () => {
    await page.goto(`${server.address}/training?track=${ids[FAR]}&beat=64`)
    await page.waitForURL(`**/desk/${ids[FAR]}?beat=64`)
    await tabTitle(FAR)
    expect(opened.complaints).toEqual([])
  })
})
