/**
 * Looks into the windows of a browser that is asked over a port, waits until one shows a text, and presses a button or link there: it runs as a
 * program of its own, since it has to stand in the network of that browser.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'

const [port, shown, button] = process.argv.slice(2) as [string, string, string?]
const LOOK_EVERY_MS = 200

const attach = async (): Promise<Browser> => {
  for (;;) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    } catch {
      // It is only just starting.
      await wait(LOOK_EVERY_MS)
    }
  }
}
const browser = await attach()
const find = async (): Promise<Page> => {
  for (;;) {
    for (const page of browser.contexts().flatMap((context) => context.pages()))
      if (await page.getByText(shown).first().isVisible()) return page
    await wait(LOOK_EVERY_MS)
  }
}
const page = await find()
const text = await page.locator('body').innerText()
if (button !== undefined) {
  const named = { name: button, exact: true }
  await page.getByRole('button', named).or(page.getByRole('link', named)).first().click()
}
process.stdout.write(JSON.stringify({ address: page.url(), text }))
// The browser goes on without it.
process.exit()
