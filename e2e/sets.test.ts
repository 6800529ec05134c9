import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer((store) => {
    for (let index = 0; index < 14; index++)
      addFixtureTrack(store, {
        index,
        tags: { title: `T${index}`, artist: `Artist ${index % 7}`, genre: index < 10 ? 'Techno' : 'House' },
        bpm: 120 + (index % 5),
        facts: { key: 'A minor', camelot: `${(index % 12) + 1}A`, energy: 1 + (index % 10) },
        kinds: ['intro', 'drop', 'outro'],
      })
  })
})
afterAll(async () => {
  expect(server.bugs).toEqual([])
  await server.close()
})

describe.skipIf(browserPath === undefined)('the Set Builder', () => {
  test('a set is planned by keyboard alone; what is kept stays, what is left out goes', async () => {
    const { page, complaints, settled, close } = await openPage(`${server.address}/library?genre=techno`)
    await settled()
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await page.getByLabel('Minutes').fill('3')
    await page.getByLabel('Choose from').selectOption('list')
    await page.getByText('the library as filtered now: 10 tracks').waitFor({ state: 'attached' })
    await page.getByLabel('Minutes').press('Enter')
    const places = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Keep/ }) })
    await page.getByText(/^6 tracks, about 3 minutes\. It fits 0\.\d\d of 1/).waitFor()
    const titles = (): Promise<readonly string[]> => places.getByRole('link').allTextContents()
    const before = await titles()
    expect(before).toHaveLength(6)
    for (const title of before) expect(Number(title.slice(1))).toBeLessThan(10)
    await page
      .getByText(/^Bars 17–25 of T\d, its outro, over bars 1–9 of T\d, its intro/)
      .first()
      .waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])

    await page.getByRole('button', { name: `Keep ${before[2]} at place 3` }).press('Enter')
    await page.getByRole('button', { name: `Leave ${before[4]} out` }).press('Enter')
    await page.getByText(`Left out: ${before[4]}`).waitFor()
    await page.getByRole('button', { name: 'Another one' }).press('Enter')
    await expect.poll(titles).not.toContain(before[4])
    const after = await titles()
    expect(after[2]).toBe(before[2])
    await page.getByRole('button', { name: `Keep ${before[2]} at place 3`, pressed: true }).waitFor()

    await page.getByRole('button', { name: 'Keep as a playlist' }).press('Enter')
    await page.getByText(/^Kept as “Set of .*, 3 minutes”/).waitFor()
    const [playlist] = await createClient(server.address).listPlaylists()
    expect(playlist).toMatchObject({ tracks: after.length })

    // The wish outlives the page; the plan does not.
    await page.reload()
    expect(await page.getByLabel('Minutes').inputValue()).toBe('3')
    await page.getByText(`Left out: ${before[4]}`).waitFor()
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
})
