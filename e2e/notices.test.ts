import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer((store) => addLabelledTracks(store))
})
afterEach(() => server.close())

const TITLE = 'Disk is full'
const PROBLEM = {
  ...{ type: 'urn:algiers:error:storage-full', title: TITLE, status: 507, code: 'STORAGE_FULL' },
  ...{ detail: 'Nothing more fits.', error: 'Nothing more fits.', hint: 'Make room, then try again.' },
}

/** A refusal that has no place of its own on any screen. */
const askForScan = async (page: Page): Promise<void> => {
  // Nobody hears a key before there is a screen.
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^Find a track/ }).fill('scan')
  await page.getByRole('option', { name: /^Scan/ }).first().click()
}

/** Controls in view whose middle is under something of a notice; what a screen has scrolled away is not in view. */
const covered = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll('button, a, input, select, summary, canvas')].flatMap((control) => {
    const { left, top, width, height } = control.getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    const view = (control.closest('main') ?? document.documentElement).getBoundingClientRect()
    const isInView = width > 0 && x >= view.left && x < view.right && y >= view.top && y < view.bottom
    const isUnder = isInView && document.elementFromPoint(x, y)?.closest('[data-notice]')
    return isUnder && !control.closest('[data-notice]') ? [control.outerHTML.slice(0, 90)] : []
  })`)

describe.skipIf(browserPath === undefined)('notices', () => {
  test('cover no control on any screen, are said once, and close by key', async () => {
    const { page, close } = await openPage(`${server.address}/library`)
    await page.route('**/api/scan', (route) =>
      route.fulfill({ status: 507, contentType: 'application/problem+json', body: JSON.stringify(PROBLEM) }),
    )
    const notice = page.getByRole('alert').filter({ hasText: TITLE })
    for (const width of [1280, 390])
      for (const screen of ['/library', '/desk/1', '/training', '/settings']) {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(server.address + screen)
        await askForScan(page)
        await notice.waitFor()
        expect([screen, width, await covered(page)]).toEqual([screen, width, []])
        await askForScan(page)
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        expect(await notice.count()).toBe(1)
        await page.keyboard.press('Escape')
        await notice.waitFor({ state: 'detached' })
      }
    await close()
  })

  test('go away by themselves, but not from under the pointer', async () => {
    const { page, close } = await openPage('about:blank', { isSpent: true })
    await page.clock.install()
    await page.goto(`${server.address}/library`)
    await page.route('**/api/scan', (route) =>
      route.fulfill({ status: 507, contentType: 'application/problem+json', body: JSON.stringify(PROBLEM) }),
    )
    await askForScan(page)
    const notice = page.getByRole('alert').filter({ hasText: TITLE })
    await notice.hover()
    await page.clock.fastForward(60_000)
    expect(await notice.count()).toBe(1)
    await page.mouse.move(5, 5)
    await page.clock.fastForward(60_000)
    await notice.waitFor({ state: 'detached' })
    await close()
  })

  test('an address where nothing is leads on', async () => {
    const { page, close } = await openPage(`${server.address}/library`)
    for (const path of ['/foo', '/desk/abc']) {
      const answer = await page.goto(server.address + path)
      expect(answer!.status()).toBe(404)
      await page.getByRole('heading', { name: `There is nothing at ${path}` }).waitFor()
    }
    await page.getByRole('link', { name: 'Open the library' }).click()
    await page.waitForURL('**/library')
    await close()
  })
})
