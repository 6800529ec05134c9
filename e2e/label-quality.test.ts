import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client
let page: Page
let track = 0

beforeEach(async () => {
  server = await startTestServer((store) => {
    track = addFixtureTrack(store, { index: 1, kinds: ['verse', 'drop', 'break'] })
    const analysis = store.analyses.get(track)!
    const features = store.features.read(analysis)!
    features.values.copyWithin(64 * features.columns.length, 0, 32 * features.columns.length)
    store.features.write(analysis, features)
  })
  client = createClient(server.address)
})
afterEach(() => server.close())

describe.skipIf(browserPath === undefined)('label quality in the page', () => {
  test('a contradiction is told in words, leads to the desk, and is gone once the label is changed', async () => {
    const opened = await openPage(`${server.address}/training`)
    page = opened.page
    const notes = page.getByRole('region', { name: 'Worth a second look: 1' })
    await notes.waitFor()
    const contradiction = notes.getByRole('listitem').filter({ hasText: 'bars 17–24, which you labelled break' })
    expect(await violationsInBothThemes(page)).toEqual([])
    await contradiction.getByRole('link').click()
    await page.waitForURL(`**/desk/${track}?beat=0`)
    const [, , last] = await client.listLabels({ query: { track_id: track } })
    await client.changeLabel({ params: { id: last!.id }, query: {}, body: { label_value: 'verse' } })
    await page.goBack()
    await page.getByRole('heading', { name: 'What to label next' }).waitFor()
    await page.getByRole('region', { name: /Worth a second look/ }).waitFor({ state: 'detached' })
    expect(opened.complaints).toEqual([])
    await opened.close()
  })
})
