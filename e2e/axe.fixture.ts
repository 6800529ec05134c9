import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Report = {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
  }[]
}

/** What axe-core has against the page as it is now, one line a place: empty is what tests ask for. */
const violationsOf = async (page: Page, options: object): Promise<readonly string[]> => {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(source)
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as Report
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replaceAll(/\s+/g, ' ')}`),
  )
}

const EVERYTHING = { resultTypes: ['violations'] }
/** In the light theme, first; the page is dark again afterwards. Themes differ in nothing but colours. */
const BY_THEME = { light: { ...EVERYTHING, runOnly: ['color-contrast'] }, dark: EVERYTHING } as const

/** The same in both themes. */
export const violationsInBothThemes = async (page: Page): Promise<readonly string[]> => {
  const found: string[] = []
  for (const [theme, options] of Object.entries(BY_THEME)) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`)
    found.push(...(await violationsOf(page, options)).map((line) => `${theme} ${line}`))
  }
  return found
}
