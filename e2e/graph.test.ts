import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
/** Four tracks around 1A, two around 7A, and one that is far too fast for all. */
beforeEach(async () => {
  server = await startTestServer((store) => {
    for (const [index, [title, camelot, bpm]] of (
      [
        ['Amber', '1A', 120],
        ['Birch', '1A', 121],
        ['Cedar', '2A', 122],
        ['Dune', '1B', 123],
        ['Ember', '7A', 122],
        ['Flint', '7A', 123],
        ['Gale', '1A', 170],
      ] as const
    ).entries())
      addFixtureTrack(store, {
        index,
        cached: false,
        tags: { title, artist: 'Kleen', genre: index < 4 ? 'House' : 'Techno' },
        bpm,
        facts: { key: 'A minor', camelot, energy: 1 + index },
        kinds: ['intro', 'drop', 'outro'],
      })
  })
})
afterEach(() => server.close())

describe.skipIf(browserPath === undefined)('the graph', () => {
  test('is walked by keys alone: a path becomes a playlist, and two tracks are told how they mix', async () => {
    const { page, complaints, settled, close } = await openPage(`${server.address}/library`)
    await settled()
    await page.getByRole('link', { name: 'Graph' }).press('Enter')
    await page.getByText('7 tracks, 12 good transitions.').waitFor()
    for (const finding of ['This track mixes with nothing', 'Island 1: 4 tracks', 'Island 2: 2 tracks'])
      await page.getByRole('button', { name: finding }).waitFor()
    await page.getByLabel('Placed').selectOption('on the wheel of keys')

    const graph = page.getByRole('application')
    await graph.focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('application', { name: /^Graph, at Kleen – / }).waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: /^Kleen – .*way 1 of 3 ways: into Kleen – / })
      .waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page
      .getByRole('status')
      .filter({ hasText: /way 2 of 3 ways/ })
      .waitFor()
    for (const key of ['ArrowRight', 'Enter', 'ArrowRight', 'Enter', 'Backspace', 'c']) await page.keyboard.press(key)
    const steps = page.getByRole('region', { name: 'Your path' }).getByRole('listitem')
    await expect.poll(() => steps.count()).toBe(2)
    await page.getByText('Now go to the other track').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.getByText('They mix well.').waitFor()
    await page.getByText(/^Bars 17–25 of \w+, its outro, over bars 1–9 of \w+, its intro/).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])

    await page.getByRole('button', { name: 'Keep as a playlist' }).press('Enter')
    await page.getByText(/^Kept as “Path of .*, 2 tracks”/).waitFor()
    const [playlist] = await createClient(server.address).listPlaylists()
    expect(playlist).toMatchObject({ tracks: 2 })
    await page.getByRole('button', { name: 'Make a set' }).press('Enter')
    await page.getByText(/^Made the set “Path of .*, 2 tracks”/).waitFor()
    const [set] = await createClient(server.address).listSets()
    await page.waitForURL(`${server.address}/sets?set=${set!.id}`)
    await expect.poll(() => page.getByLabel('Name of the set').inputValue()).toMatch(/^Path of .*, 2 tracks/)
    expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(2)
    // The path is still there.
    await page.getByRole('link', { name: 'Graph' }).press('Enter')
    await expect.poll(() => steps.count()).toBe(2)
    await page.getByLabel('Coloured by').selectOption('playlist')
    await page
      .getByRole('region', { name: 'Colours' })
      .getByText(/^Path of /)
      .waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('the table says the same, and why two tracks do not mix', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/graph`)
    await page.getByLabel('Shown as').selectOption('a table')
    const rowOf = (title: string) => page.getByRole('row', { name: new RegExp(`^${title}`) })
    await rowOf('Gale').getByText('nowhere').waitFor()
    expect(await rowOf('Ember').getByRole('cell').nth(3).textContent()).toBe('Flint')
    await page.getByRole('button', { name: 'This track mixes with nothing' }).click()
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.getByRole('button', { name: 'This track mixes with nothing' }).click()
    await rowOf('Amber').getByRole('button', { name: 'Amber', exact: true }).click()
    await page.getByRole('button', { name: 'Compare with another' }).click()
    await rowOf('Ember').getByRole('button', { name: 'Ember', exact: true }).click()
    await page.getByText('They do not mix well: Their keys clash: 1A and 7A.').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    // The page hears by itself that a track has gone.
    const api = createClient(server.address)
    const { tracks } = await api.listTracks({ query: { q: 'Flint' } })
    await server.app.collection.removeTracks([tracks[0]!.id], { withWork: true })
    await rowOf('Flint').waitFor({ state: 'detached' })
    await rowOf('Ember').getByText('nowhere').waitFor()
    // How it is shown outlives the page.
    await page.reload()
    await rowOf('Amber').waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('without WebGL there is the table, and it says why', async () => {
    const { page, complaints, close } = await openPage('about:blank', { isSpent: true })
    await page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null')
    await page.goto(`${server.address}/graph`)
    await page.getByText('This browser cannot draw the graph').waitFor()
    await page.getByRole('row', { name: /^Amber/ }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})
