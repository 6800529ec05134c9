import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack, addLabelledTracks, putLabels } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

/** Tracks with a label that is doubted without any comparison. */
const SHORT = 12

let server: TestServer
let client: Client
/** Its drop is called intro. */
let misnamed = 0

beforeEach(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store, 10)
    misnamed = addFixtureTrack(store, { index: 20, kinds: ['intro', 'intro', 'outro'] })
  })
  client = createClient(server.address)
})
afterEach(() => server.close())

const middleKind = async (): Promise<string> =>
  (await client.listLabels({ query: { track_id: misnamed } }))[1]!.label_value

describe.skipIf(browserPath === undefined)('the label doctor', () => {
  test('finds a wrong label, mends it at one key, takes that back, and dismisses it for good', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/review`, { width: 390, height: 844 })
    const doctor = page.getByRole('region', { name: 'Label doctor' })
    await doctor.getByText('No label has been compared with the others yet.').waitFor()
    await doctor.getByRole('button', { name: 'Compare all labels' }).click()
    const first = doctor.getByRole('list', { name: 'Findings' }).getByRole('listitem').first()
    await first.getByText('You call this intro; by your other labels it sounds like drop.').waitFor()
    await first.getByRole('list', { name: 'Hear it beside these' }).getByText('drop').first().waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])

    await page.keyboard.press('m')
    await page.getByText('“20”: intro is now drop').waitFor()
    expect(await middleKind()).toBe('drop')
    await page.keyboard.press('Control+z')
    await page.getByText('Taken back').waitFor()
    await first.getByText('You call this intro; by your other labels it sounds like drop.').waitFor()
    expect(await middleKind()).toBe('intro')

    await page.keyboard.press('x')
    await page.getByText('Dismissed a finding about “20”').waitFor()
    await first
      .getByText('You call this intro; by your other labels it sounds like drop.')
      .waitFor({ state: 'detached' })
    await page.reload()
    await doctor.getByText(/compared with each other/).waitFor()
    expect((await client.labelFindings()).dismissed).toBe(1)
    expect(complaints).toEqual([])
    await close()
  })

  test('goes through a long list by keys: the focus and the view follow, and a key held down settles one finding', async () => {
    const long = await startTestServer((store) => {
      for (let index = 0; index < SHORT; index++)
        putLabels(store, addFixtureTrack(store, { index }), [
          { kind: 'build', startBeat: 24, endBeat: 28, source: 'user' },
        ])
    })
    onTestFinished(() => long.close())
    const { page, complaints, close } = await openPage(`${long.address}/training`, { width: 1280, height: 720 })
    // The focus stays on the link by which somebody comes here.
    await page.getByRole('link', { name: 'Review' }).click()
    const doctor = page.getByRole('region', { name: 'Label doctor' })
    const list = doctor.getByRole('list', { name: 'Findings' })
    const cards = list.locator(':scope > li')
    await cards.nth(SHORT - 1).waitFor({ state: 'attached' })
    for (let step = 1; step < SHORT; step++) await page.keyboard.press('ArrowDown')
    const chosen = list.locator(':scope > li[aria-current]')
    await expect.poll(() => cards.nth(SHORT - 1).getAttribute('aria-current')).toBe('true')
    const hasFocus = async (): Promise<boolean> => (await chosen.and(page.locator(':focus')).count()) === 1
    await expect.poll(hasFocus).toBe(true)
    const isInView = (): Promise<unknown> =>
      page.evaluate(`(() => {
        const card = document.querySelector('[aria-label="Findings"] > [aria-current]')
        const [own, box] = [card, card.parentElement].map((one) => one.getBoundingClientRect())
        return own.top >= box.top - 1 && own.bottom <= Math.min(box.bottom, innerHeight) + 1
      })()`)
    await expect.poll(isInView).toBe(true)
    // Where somebody works on the screen the focus stays, and the list follows the keys.
    const compare = doctor.getByRole('button', { name: 'Compare all labels' })
    await compare.focus()
    for (let step = 1; step < SHORT; step++) await page.keyboard.press('ArrowUp')
    await expect.poll(() => cards.first().getAttribute('aria-current')).toBe('true')
    await expect.poll(isInView).toBe(true)
    expect(await compare.and(page.locator(':focus')).count()).toBe(1)
    await cards.first().focus()

    for (let times = 0; times < 4; times++) await page.keyboard.down('x')
    await page.keyboard.up('x')
    await page.getByText(/^Dismissed a finding about/).waitFor()
    await expect.poll(() => cards.count()).toBe(SHORT - 1)
    expect((await createClient(long.address).labelFindings()).dismissed).toBe(1)
    await expect.poll(hasFocus).toBe(true)

    // The next one need not wait for all else on the screen that changes with labels.
    await page
      .getByRole('region', { name: 'Label doctor' })
      .getByText(`${SHORT - 1} findings`)
      .waitFor()
    let goOn = (): void => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route('**/api/training/self-agreement', async (route) => {
      await held
      await route.continue()
    })
    for (const left of [SHORT - 2, SHORT - 3]) {
      await page.keyboard.press('x')
      await expect.poll(() => cards.count()).toBe(left)
    }
    goOn()
    expect(complaints).toEqual([])
    await close()
  })
})
