import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer, until } from '../src/api/server.fixture.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { rowBars } from '../src/web/kit/words/row-bars.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client

beforeEach(async () => {
  server = await startTestServer((store) => addLabelledTracks(store))
  client = createClient(server.address)
  await server.app.versions.train({ epochs: 20 })
  for (const { id } of await client.listLabels({ query: { label: 'drop' } }))
    await client.changeLabel({ params: { id }, query: {}, body: { label_value: 'chorus' } })
  await server.app.versions.train({ epochs: 20 })
  await server.app.jobs.resume()
  await client.activateModel({ params: { version: 1 } })
  await until(async () => ((await client.listJobs({ query: {} }))[0]?.status === 'completed' ? true : null))
})
afterEach(() => server.close())

describe.skipIf(browserPath === undefined)('two versions over the library', () => {
  test('what the other version has not read is read from here, and every change leads to its place on the desk', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/training`)
    await page
      .getByRole('listitem', { name: 'v2', exact: true })
      .getByRole('button', { name: 'Compare with v1' })
      .click()
    const changes = page.getByRole('region', { name: 'Changes in the library' })
    await changes.getByText('No track has been read by both').waitFor()
    await changes.getByRole('button', { name: 'Read them with v2' }).click()
    await changes.getByText('10 of 10 tracks change').waitFor()
    const { tracks, changed_share } = await client.compareLibrary({ query: { one: 1, other: 2 } })
    await changes.getByText(`${(changed_share * 100).toFixed(1)} % of the music`).waitFor()
    const rows = changes.getByRole('list', { name: 'Tracks that change' }).locator('> li')
    expect(await rows.count()).toBe(10)
    expect(await changes.getByRole('button', { name: /Read/ }).count()).toBe(0)
    expect(await violationsInBothThemes(page)).toEqual([])
    const [first] = tracks
    await rows
      .first()
      .getByRole('link', { name: rowBars({ ...first!, ...first!.differences[0]! }) })
      .click()
    await page.waitForURL(`**/desk/${first!.track_id}?beat=${first!.differences[0]!.start_beat}`)
    expect(complaints).toEqual([])
    await close()
  })
})
