import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack, addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client
let bare = 0

beforeEach(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store)
    bare = addFixtureTrack(store, { index: 50 })
  })
  client = createClient(server.address)
  const { card } = await server.app.versions.train({ epochs: 20 })
  await server.app.versions.activate(card.version)
  await server.app.reading.readSections(String(bare))
})
afterEach(() => server.close())

describe.skipIf(browserPath === undefined)('rejected suggestions', () => {
  test('a suggestion is rejected and brought back by keys alone', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/desk/${bare}`)
    const count = async (): Promise<number> => (await client.listSuggestions({ query: { track_id: bare } })).length
    await page.getByText('3 suggestions').waitFor()
    await page.getByRole('slider', { name: 'Waveform' }).focus()
    await page.keyboard.press('Tab')
    await page.getByText('bars 1–8').waitFor()
    await page.keyboard.press('n')
    await page.getByText('bars 9–16').waitFor()
    await expect.poll(count).toBe(2)
    const list = page.getByRole('group').filter({ hasText: '1 rejected suggestion' })
    await list.getByText('1 rejected suggestion').focus()
    await page.keyboard.press('Enter')
    expect(await violationsInBothThemes(page)).toEqual([])
    await list.getByRole('button', { name: /^Suggest again/ }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(count).toBe(3)
    await list.waitFor({ state: 'detached' })
    await page.getByRole('slider', { name: 'Waveform' }).focus()
    await page.keyboard.press('Escape')
    await page.getByText('3 suggestions').waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})
