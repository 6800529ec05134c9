import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addReadTrack } from '../src/engine/labelling/read-track.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client
let first = 0

beforeEach(async () => {
  server = await startTestServer((store) => {
    for (let index = 0; index < 12; index++) {
      const track = addReadTrack(store, { index }, [
        ['intro', 0, 32, 0.98],
        ['drop', 32, 64, 0.7],
      ])
      first ||= track
    }
  })
  client = createClient(server.address)
})
afterEach(() => server.close())

const labels = async (): Promise<number> => (await client.labelStats({ query: {} })).total_labels

describe.skipIf(browserPath === undefined)('accepting what is sure', () => {
  test('shows it as strips, has ten listened to, accepts the rest at one press, and takes it back at one', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/review`, { width: 390, height: 844 })
    const panel = page.getByRole('region', { name: 'Accept what is sure' })
    await panel.getByLabel('Kind').selectOption('intro')
    const preview = panel.getByRole('button', { name: 'Preview' })
    await preview.focus()
    await page.keyboard.press('Enter')
    await panel.getByText('12 suggestions in 12 tracks; about 12 of them are right.').waitFor()
    expect(await preview.and(page.locator(':focus')).count()).toBe(1)
    expect(await panel.getByRole('list', { name: 'What would be accepted' }).getByRole('listitem').count()).toBe(12)
    expect(await violationsInBothThemes(page)).toEqual([])

    const checks = panel.getByRole('list', { name: 'Listen to these first' }).getByRole('listitem')
    expect(await checks.count()).toBe(10)
    expect(await panel.getByRole('button', { name: '10 more to listen to' }).isDisabled()).toBe(true)
    await checks
      .first()
      .getByRole('button', { name: /^Wrong/ })
      .click()
    for (let at = 1; at < 10; at++)
      await checks
        .nth(at)
        .getByRole('button', { name: /^Right/ })
        .click()
    await panel.getByText('1 of 10 is wrong and will be left out.').waitFor()
    await panel.getByRole('button', { name: 'Accept 11 labels' }).click()
    await page.getByText('Accepted 11 labels in 11 tracks').waitFor()
    expect(await labels()).toBe(11)

    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Taken back').waitFor()
    expect(await labels()).toBe(0)

    await client.acceptSure({ body: { least: 0.97 } })
    await page.goto(`${server.address}/desk/${first}`)
    const note = page.getByRole('region', { name: 'Labels accepted in bulk' })
    await note.getByRole('button', { name: 'They are right' }).click()
    await note.waitFor({ state: 'detached' })
    expect(await client.bulkLabels({ params: { id: first } })).toEqual({ label_ids: [] })
    expect(complaints).toEqual([])
    await close()
  })
})
