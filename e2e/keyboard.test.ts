import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack, addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client
let page: Page
let settled: () => Promise<void>
let close: () => Promise<void>
const SMALL = { width: 900, height: 700 }
const THEMES = ['dark', 'light'] as const

beforeAll(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store)
    addFixtureTrack(store, { index: 50 })
  })
  client = createClient(server.address)
  for (const seed of [1, 2]) await server.app.versions.train({ epochs: 10, seed, learningCurve: true })
  await client.activateModel({ params: { version: 1 } })
  await client.makeBackup()
  if (browserPath) ({ page, settled, close } = await openPage(server.address, SMALL))
})
afterAll(async () => {
  await close?.()
  await server.close()
})

type Stop = { readonly name: string; readonly isSeen: boolean; readonly isMarked: boolean }

/** What has the focus: its words, whether its middle lies in the window with nothing over it, and whether anything marks it. */
const STOP_HERE = `(() => {
  const here = document.activeElement
  if (here === null || here === document.body) return null
  const { top, left, width, height } = here.getBoundingClientRect()
  // Of what is taller than the window, such as a whole report, the beginning.
  const there = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 24))
  const { outlineStyle, boxShadow } = getComputedStyle(here)
  const words = [here.getAttribute('aria-label'), here.textContent, ...[...(here.labels ?? [])].map((label) => label.textContent)]
  return {
    name: here.tagName.toLowerCase() + ' ' + (words.find((text) => text?.trim())?.trim() ?? ''),
    isSeen: there !== null && (here.contains(there) || there.contains(here)),
    isMarked: outlineStyle !== 'none' || boxShadow !== 'none',
  }
})()`
const stopHere = (): Promise<Stop | null> => page.evaluate(STOP_HERE)

/** On a busy machine the browser draws late where it has scrolled to. */
const LOOKS = 100
const LOOK_AGAIN_MS = 100
const drawnStop = async (): Promise<Stop | null> => {
  let stop = await stopHere()
  for (let look = 1; look < LOOKS && stop?.isSeen === false; look++) {
    await page.waitForTimeout(LOOK_AGAIN_MS)
    stop = await stopHere()
  }
  return stop
}

const MOST_STOPS = 400

/** Once through the whole page by Tab, until it begins again. */
const walk = async (): Promise<readonly Stop[]> => {
  const stops: Stop[] = []
  await page.evaluate('document.activeElement?.blur()')
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab')
    const stop = await drawnStop()
    if (stop === null) break
    stops.push(stop)
  }
  return stops
}

/** Goes on by Tab until the focus is on what is wanted. */
const tabTo = async (name: RegExp): Promise<void> => {
  for (let press = 0; press < MOST_STOPS; press++) {
    if (name.test((await stopHere())?.name ?? '')) return
    await page.keyboard.press('Tab')
  }
  expect.unreachable(`No ${name} on the way`)
}

describe.skipIf(browserPath === undefined)('by keyboard alone, in a small window', () => {
  const goTo = async (path: string): Promise<void> => {
    await page.goto(server.address + path)
    await settled()
  }

  test.each(['/training', '/settings'])(
    'everything on %s is reached, named, in view and marked, in both themes',
    async (path) => {
      for (const theme of THEMES) {
        await goTo(path)
        await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`)
        const stops = await walk()
        expect(stops.length, theme).toBeGreaterThan(20)
        expect(stops.length, theme).toBeLessThan(MOST_STOPS)
        expect(stops.filter(({ name, isSeen, isMarked }) => !/ \S/.test(name) || !isSeen || !isMarked)).toEqual([])
      }
    },
  )

  test('a report is gone to where it opens, and its button has the focus again when it is closed', async () => {
    await goTo('/training')
    await tabTo(/^button Report$/)
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: /^Report of v/ }).waitFor()
    await expect.poll(async () => (await stopHere())?.name ?? '').toContain('Report of v2')
    expect(await stopHere()).toMatchObject({ isSeen: true })
    // A way to another screen and back leads to the same place of the page, not to the top of the report again.
    const scrolled = 'document.querySelector("main").scrollTop'
    const bottom = await page.evaluate(`${scrolled} = 10_000, ${scrolled}`)
    expect(bottom).toBeGreaterThan(300)
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor({ state: 'attached' })
    await page.goBack()
    await page.getByRole('region', { name: /^Report of v/ }).waitFor()
    await expect.poll(() => page.evaluate(scrolled)).toBe(bottom)
    await tabTo(/^button Close$/)
    await page.keyboard.press('Enter')
    await tabTo(/^button Report$/)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await stopHere())?.name ?? '').toContain('Report of v2')
    await tabTo(/^button Close$/)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await stopHere())?.name).toBe('button Report')
  })

  test('a training is started, and the version compared, activated and deleted', async () => {
    await goTo('/training')
    await tabTo(/^button Start Training$/)
    await page.keyboard.press('Enter')
    const row = page.getByRole('listitem', { name: 'v3', exact: true })
    await row.waitFor()
    await tabTo(/^button Compare with v1$/)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await stopHere())?.name ?? '').toContain('v1 and v3')
    await tabTo(/^button Activate$/)
    await page.keyboard.press('Enter')
    // Until the page has heard of it, v3 could be chosen for deletion, which the server refuses.
    await row.getByText('Active', { exact: true }).waitFor()
    const active = async (): Promise<number | undefined> =>
      (await client.listModels({ query: {} })).find(({ is_active }) => is_active)?.version
    expect(await active()).toBe(3)
    await tabTo(/^button Delete$/)
    await page.keyboard.press('Enter')
    await tabTo(/^button Delete v\d for good$/)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await client.listModels({ query: {} })).length).toBe(2)
    expect(await active()).toBe(3)
  })
})
