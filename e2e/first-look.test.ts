import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

test.skipIf(browserPath === undefined)(
  'the screens are there, by name, and the page has nothing to complain of',
  async () => {
    const { page, complaints, close } = await openPage(server.address)
    for (const name of ['Settings', 'Training', 'Library']) {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click()
      await page.waitForURL(`**/${name.toLowerCase()}`)
    }
    expect(await page.title()).toContain('Algiers')
    expect(complaints).toEqual([])
    await close()
  },
)

test.skipIf(browserPath === undefined)(
  'where the browser finds the network cable out, what is asked for and what is changed go through',
  async () => {
    const { page, close } = await openPage(server.address)
    await page.evaluate('dispatchEvent(new Event("offline"))')
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByLabel('Labels of each kind needed to train').fill('4')
    await page.keyboard.press('Enter')
    await page.getByText('Saved', { exact: true }).waitFor()
    await close()
  },
)
