import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack, addLabelledTracks, putLabels } from '../src/engine/kit/library.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client

beforeEach(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store, 3)
    const imported = addFixtureTrack(store, { index: 7 })
    putLabels(store, imported, [{ startBeat: 0, endBeat: 32, kind: 'verse', source: 'imported' }])
  })
  client = createClient(server.address)
})
afterEach(() => server.close())

describe.skipIf(browserPath === undefined)('the list of labels', () => {
  test('is filtered by kind, track and source, and labels are deleted by key, one after the other, with a way back', async () => {
    const { page, complaints, settled, close } = await openPage(`${server.address}/training`)
    const list = page.getByRole('table', { name: 'Labels' })
    const links = list.getByRole('link')
    await expect.poll(() => links.count()).toBe(10)
    await page.getByRole('combobox', { name: 'Source' }).selectOption('imported')
    await expect.poll(() => links.allTextContents()).toEqual(['7'])
    // A look at the desk does not lose what was looked for.
    await links.first().click()
    await page.getByRole('heading', { name: 'Desk' }).waitFor({ state: 'attached' })
    await page.goBack()
    await expect.poll(() => links.allTextContents()).toEqual(['7'])
    await page.getByRole('combobox', { name: 'Source' }).selectOption('')
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('drop')
    await expect.poll(() => links.allTextContents()).toEqual(['0', '1', '2'])

    const drops = await client.listLabels({ query: { label: 'drop' } })
    const kept = async (): Promise<readonly number[]> =>
      (await client.listLabels({ query: { label: 'drop' } })).map(({ track_id }) => track_id)
    await links.first().focus()
    await page.keyboard.press('Delete')
    await expect.poll(kept).toEqual(drops.slice(1).map(({ track_id }) => track_id))
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('1')
    await page.keyboard.press('Delete')
    await expect.poll(kept).toEqual(drops.slice(2).map(({ track_id }) => track_id))
    const notice = page.getByRole('status').filter({ hasText: 'drop of 1 deleted' })
    await notice.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(kept).toEqual(drops.slice(1).map(({ track_id }) => track_id))

    // What the server does not delete is told, and comes back.
    await expect.poll(() => links.count()).toBe(2)
    await settled()
    await page.route(/\/labels\/\d+$/, (route) =>
      route.continue({ url: route.request().url().replace(/\d+$/, '999999') }),
    )
    await links.first().focus()
    await page.keyboard.press('Delete')
    await page.getByRole('alert').getByText('999999').waitFor()
    await expect.poll(() => links.count()).toBe(2)
    expect(complaints).toEqual([])
    await close()
  })

  test('goes out as a file and comes in again: what is there stays, what is gone comes back, what is wrong is told', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/training`)
    await page.getByRole('combobox', { name: 'Format of the export' }).selectOption('csv')
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Export' }).click()
    const file = await (await downloading).path()
    const before = (await client.listLabels({ query: {} })).map(({ label_value, track_id }) => [track_id, label_value])
    const [gone] = await client.listLabels({ query: {} })
    await client.deleteLabel({ params: { id: gone!.id } })
    const buffer = readFileSync(file)
    await page.getByLabel('Label files').setInputFiles([{ name: 'mine.csv', mimeType: 'text/csv', buffer }])
    const dialog = page.getByRole('dialog', { name: 'Imported labels' })
    await dialog.getByText('1 label imported on 1 track.').waitFor()
    await dialog.getByText(`${before.length - 1} labels are already there.`).waitFor()
    await page.keyboard.press('Escape')
    const after = (await client.listLabels({ query: {} })).map(({ label_value, track_id }) => [track_id, label_value])
    expect(after.toSorted()).toEqual(before.toSorted())
    const wrong = { name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from('{"no": "labels"}') }
    await page.getByLabel('Label files').setInputFiles([wrong])
    await dialog
      .getByRole('row', { name: /wrong\.json Nothing imported/ })
      .getByText('Unknown file format')
      .waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})
