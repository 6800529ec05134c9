import type { Locator } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addSetTracks } from '../src/api/set-tracks.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer(addSetTracks)
})
afterEach(() => server.close())

const hasFocus = async (one: Locator): Promise<boolean> => (await one.and(one.page().locator(':focus')).count()) === 1

describe.skipIf(browserPath === undefined)('the Set Builder', () => {
  test('from a pool and a drawn arc to a set with a lock, another track, steps back and a file, by keyboard alone', async () => {
    const { page, complaints, settled, close } = await openPage(`${server.address}/library?genre=techno`)
    const api = createClient(server.address)
    await settled()
    await page.getByRole('link', { name: 'Set Builder' }).press('Enter')
    await page.getByRole('spinbutton', { name: 'Minutes' }).fill('4')
    await page.getByLabel('Choose from').selectOption('list')
    await page.getByText('the library as filtered now: 10 tracks').waitFor({ state: 'attached' })
    // The arc begins at its calmest and rises by keys.
    const first = page.getByRole('slider', { name: 'Energy after 0 % of the set' })
    await first.press('Home')
    await first.press('ArrowRight')
    await page.keyboard.press('PageUp')
    expect(await page.getByRole('combobox', { name: /^Energy/ }).inputValue()).toBe('drawn')
    const minutes = page.getByRole('spinbutton', { name: 'Minutes' })
    await minutes.press('Enter')
    const places = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Keep/ }) })
    await page.getByText(/^7 tracks, about \d minutes/).waitFor()
    await expect.poll(() => hasFocus(minutes)).toBe(true)
    const titles = (): Promise<readonly string[]> => places.getByRole('link').allTextContents()
    const before = await titles()
    expect(before).toHaveLength(7)
    for (const title of before) expect(Number(title.slice(1))).toBeLessThan(10)
    await page
      .getByText(/^Bars \d+–\d+ of T\d, .*outro, over bars \d+–\d+ of T\d, /)
      .first()
      .waitFor()
    const [listed] = await api.listSets()
    const kept = await api.showSet({ params: { id: listed!.id }, query: {} })
    expect(kept.wish.arc).toEqual([0, 0.73, 0.66, 0.78, 0.88, 0.97, 0.98, 0.94, 0.9])
    expect(await violationsInBothThemes(page)).toEqual([])

    await page.getByRole('button', { name: `Keep ${before[2]} at place 3` }).press('Enter')
    await page.getByRole('button', { name: `Keep ${before[2]} at place 3`, pressed: true }).waitFor()
    await page.getByRole('button', { name: 'Another one' }).press('Enter')
    await page.getByText(/Always playing the track that follows best/).waitFor()
    await page.getByRole('button', { name: `Keep ${before[2]} at place 3`, pressed: true }).waitFor()
    expect((await titles())[2]).toBe(before[2])

    // What else fits: one of them takes the place, and a step back brings the old one.
    const answered = await api.showSet({ params: { id: listed!.id }, query: {} })
    const now = answered.places.map(({ title }) => title)
    await expect.poll(titles).toEqual(now)
    await page.getByRole('button', { name: `What else fits instead of ${now[1]}` }).press('Enter')
    const take = page.getByRole('button', { name: /^Take T\d+$/ }).first()
    const taken = (await take.getAttribute('aria-label'))!.slice('Take '.length)
    await take.press('Enter')
    await expect.poll(titles).toEqual(now.with(1, taken))
    await page.getByRole('button', { name: `Move ${taken} down` }).press('Enter')
    await page.keyboard.press('Control+z')
    await page.getByText(`Took back: moved ${taken} from place 2 to place 3`).waitFor()
    await page.keyboard.press('Control+z')
    await expect.poll(titles).toEqual(now)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(titles).toEqual(now.with(1, taken))

    // One more between two, which is taken back again.
    const pair = await titles()
    await page.getByRole('button', { name: `What fits between ${pair[0]} and ${pair[1]}` }).press('Enter')
    await page
      .getByRole('button', { name: /^Add T\d+$/ })
      .first()
      .press('Enter')
    await expect.poll(async () => (await titles()).length).toBe(8)
    await page.keyboard.press('Control+z')
    await expect.poll(titles).toEqual(pair)

    const trim = page.getByRole('spinbutton', { name: `Trim of ${pair[0]} in decibels` })
    await trim.fill('-2.5')
    await trim.press('Enter')
    const trimmed = async () => (await api.showSet({ params: { id: listed!.id }, query: {} })).places[0]!.trim_db
    await expect.poll(trimmed).toBe(-2.5)

    await page.getByLabel('Name of the set').fill('Friday')
    await page.getByLabel('Name of the set').press('Enter')
    await page.getByRole('link', { name: 'Friday' }).waitFor()
    await page.getByRole('button', { name: 'Compare' }).press('Enter')
    await page.getByRole('table').getByRole('cell', { name: taken }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])

    await page.getByRole('button', { name: 'Export…' }).press('Enter')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'rekordbox XML' }).press('Enter')
    expect((await download).suggestedFilename()).toBe('Friday.xml')
    await page.getByRole('button', { name: 'Keep as a playlist' }).press('Enter')
    await page.getByText('Kept as the playlist “Friday”').waitFor()
    expect((await api.listPlaylists())[0]).toMatchObject({ name: 'Friday', tracks: 7 })

    // The set and its wish outlive the page. One that is printed while they are on their way is not blank.
    const held = Promise.withResolvers<void>()
    await page.route(`**/api/sets/${listed!.id}`, async (route) => {
      await held.promise
      await route.continue()
    })
    await page.emulateMedia({ media: 'print' })
    await page.reload({ waitUntil: 'commit' })
    await page.getByText('Loading the set…').waitFor()
    held.resolve()
    await page.locator('form[data-name]').waitFor()
    const printed = 'getComputedStyle(document.querySelector("form[data-name]"), "::before").content'
    expect(await page.evaluate(printed)).toBe('"Friday"')
    await page.emulateMedia({ media: 'screen' })
    await expect.poll(titles).toEqual(now.with(1, taken))
    expect(await page.getByRole('spinbutton', { name: 'Minutes' }).inputValue()).toBe('4')
    // Another set brings its own wish into the form.
    await api.addSet({ body: { name: 'Sunday', wish: { minutes: 45 } } })
    await page.getByRole('link', { name: 'Sunday' }).click()
    await expect.poll(() => page.getByRole('spinbutton', { name: 'Minutes' }).inputValue()).toBe('45')
    expect(complaints).toEqual([])
    await close()
  })

  test('quick steps all count, another window is not passed over, and a set that it deletes makes way for a new one', async () => {
    const api = createClient(server.address)
    const { id } = await api.addSet({ body: { name: 'Quick', track_ids: [1, 2, 3, 4] } })
    const { page, complaints, settled, close } = await openPage(`${server.address}/sets?set=${id}`)
    const kept = () => api.showSet({ params: { id }, query: {} })
    const buttons = (name: RegExp) => page.getByRole('button', { name })
    const lockOf = (place: number) => buttons(new RegExp(`at place ${place}$`))
    await lockOf(4).waitFor()
    type Pressed = { readonly click: () => void }
    await buttons(/^Keep T[012] at/).evaluateAll((all: readonly Pressed[]) => {
      for (const one of all) one.click()
    })
    await buttons(/^Move T0 down/).evaluate((one: Pressed) => {
      for (let step = 0; step < 3; step++) one.click()
    })
    // The name is kept when the field is left, which is by the press of another button.
    await page.getByLabel('Name of the set').fill('Quicker')
    await buttons(/^Keep T3 at/).click()
    await expect
      .poll(async () => {
        const { name, places } = await kept()
        return [name, ...places.map(({ title, is_locked }) => `${title} ${is_locked}`)]
      })
      .toEqual(['Quicker', 'T1 true', 'T2 true', 'T3 true', 'T0 true'])
    expect(await page.getByText('Set was changed meanwhile').count()).toBe(0)

    // The page is kept from seeing what the other window does.
    await settled()
    await page.route(`**/api/sets/${id}`, (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    )
    const { version } = await api.changeSet({ params: { id }, body: { name: 'Theirs' } })
    await lockOf(3).click()
    await page.getByText('The set was changed in another window.').first().waitFor()
    expect(await kept()).toMatchObject({ version, name: 'Theirs' })
    await page.unroute(`**/api/sets/${id}`)
    await page.reload()

    await page.getByRole('button', { name: 'Add a track', exact: true }).click()
    await page.getByLabel('Another track').fill('T3')
    await page.getByRole('list', { name: 'Tracks for: Another track' }).getByRole('button').first().click()
    await page.getByText('Nothing added: it is in this set already').waitFor()

    // Keys lead on from what is removed, and back from what is closed.
    const removeOf = (title: string) => page.getByRole('button', { name: `Remove ${title}` })
    await page.keyboard.press('Control+z')
    for (const [title, next] of [
      ['T2', 'T3'],
      ['T0', 'T3'],
    ] as const) {
      await removeOf(title).press('Enter')
      await expect.poll(() => hasFocus(removeOf(next))).toBe(true)
    }
    const other = buttons(/^What else fits instead of T1/)
    await other.press('Enter')
    await page.getByRole('button', { name: 'Close' }).press('Enter')
    await expect.poll(() => hasFocus(other)).toBe(true)

    await api.deleteSet({ params: { id } })
    await page.getByText(`There is no set ${id}.`).first().waitFor()
    expect(await lockOf(1).count()).toBe(0)
    await page.getByRole('button', { name: 'New set' }).click()
    await page.waitForURL((address) => address.search === '')
    await page.getByRole('button', { name: 'Plan the set' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('what cannot be planned says why, and how the wish may change', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/sets`)
    await page.getByLabel('Opens with').fill('T7')
    await page.getByRole('button', { name: /^T7/ }).click()
    await page.getByLabel('Closes with').fill('T7')
    await page.getByRole('button', { name: /^T7/ }).click()
    await page.getByRole('button', { name: 'Plan the set' }).click()
    await page.getByRole('alert').getByText('These wishes contradict each other').waitFor()
    await page.getByRole('button', { name: 'Closes with: any track' }).click()
    await page.getByRole('button', { name: 'Plan the set' }).click()
    await page.getByText('T7', { exact: true }).first().waitFor()
    const { tracks } = await createClient(server.address).planSet({ body: { minutes: 60 } })
    expect(tracks).toHaveLength(14)
    expect(complaints).toEqual([])
    await close()
  })

  test('an arc is drawn with the mouse', async () => {
    await createClient(server.address).addSet({ body: { name: 'Another', track_ids: [1] } })
    const { page, complaints, settled, close } = await openPage(`${server.address}/sets`)
    // The list of sets is above the form, which has its place once that is there.
    await page.getByRole('link', { name: 'Another' }).waitFor()
    await settled()
    const handle = page.getByRole('slider', { name: 'Energy after 50 % of the set' })
    const box = (await handle.locator('..').boundingBox())!
    await page.mouse.move(box.x + 8, box.y + box.height - 8)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width - 8, box.y + 8, { steps: 8 })
    await page.mouse.up()
    const handles = await page.getByRole('slider').all()
    const energies = await Promise.all(handles.map(async (one) => Number(await one.getAttribute('aria-valuenow'))))
    expect(energies).toEqual(energies.toSorted((a, b) => a - b))
    expect([energies[0]! < 12, energies.at(-1)! > 85]).toEqual([true, true])
    expect(await page.getByRole('combobox', { name: /^Energy/ }).inputValue()).toBe('drawn')
    expect(complaints).toEqual([])
    await close()
  })

  test('why a set is far shorter than wished is read without opening anything', async () => {
    const { page, complaints, settled, close } = await openPage(`${server.address}/sets`)
    await settled()
    const minutes = page.getByRole('spinbutton', { name: 'Minutes' })
    await minutes.fill('60')
    await minutes.press('Enter')
    await page.getByText(/^The set is \d+ minutes shorter than wished\. \S/).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})
