import { chromium, type Page } from 'playwright-core'
import { BROWSER_FLAGS, browserPath } from '../../e2e/browser.fixture.ts'
import { PATIENCE_MS } from '../../e2e/patience.fixture.ts'
import { WATCH_FIRST_ROWS } from '../page/probes.ts'
import { median } from '../speed/figures.ts'

/** `longestTask` is the longest time in ms for which the page answered nothing, since it was last set to 0. */
const WATCH_TASKS = `
  window.longestTask = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longestTask = Math.max(window.longestTask, duration)
  }).observe({ type: 'longtask' })`

const VISITS = 5
const SETTLE_MS = 2000

export type TablePage = {
  /** From the navigation to a frame with rows of tracks; the median of some visits. */
  readonly firstRowsMs: number
  /** The longest task of the page from the beginning of some work until it has settled. */
  readonly longestTaskMs: (work: () => Promise<unknown>) => Promise<number>
  readonly close: () => Promise<void>
}

/** The table in a real browser; null where there is none. */
export const openTablePage = async (address: string): Promise<TablePage | null> => {
  if (browserPath === undefined) return null
  const browser = await chromium.launch({ executablePath: browserPath, headless: true, args: [...BROWSER_FLAGS] })
  const visit = async (): Promise<{ readonly page: Page; readonly firstRows: number }> => {
    // As who comes for the first time: nothing is kept from another visit.
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(PATIENCE_MS)
    await page.addInitScript(WATCH_FIRST_ROWS)
    await page.addInitScript(WATCH_TASKS)
    await page.goto(`${address}/library`)
    return { page, firstRows: (await page.evaluate('window.firstRows')) as number }
  }
  const first: number[] = []
  while (first.length < VISITS) {
    const { page, firstRows } = await visit()
    first.push(firstRows)
    await page.close()
  }
  const { page } = await visit()
  return {
    firstRowsMs: median(first),
    longestTaskMs: async (work) => {
      await page.evaluate('window.longestTask = 0')
      await work()
      await page.waitForTimeout(SETTLE_MS)
      return (await page.evaluate('window.longestTask')) as number
    },
    close: () => browser.close(),
  }
}
