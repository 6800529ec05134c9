import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

let server: TestServer
let opened: OpenedPage
let bundle: Uint8Array

beforeEach(async () => {
  server = await startTestServer((store) => addLabelledTracks(store))
  await server.app.versions.train({ epochs: 8, seed: 1 })
  await server.app.versions.describe(1, { name: 'Peak time' })
  ;({ bytes: bundle } = await server.app.versions.exportBundle(1))
  if (browserPath) opened = await openPage(server.address)
})
afterEach(async () => {
  await opened?.close()
  await server.close()
})

const addressOfOffer = async (name: string, bytes: Uint8Array): Promise<string> =>
  `${server.address}/training?offer=${(await server.app.versions.offers.offer(name, bytes)).id}`

describe.skipIf(browserPath === undefined)('a model file that was opened', () => {
  test('is shown with what is in it, and taken by the keyboard alone', async () => {
    const { page, complaints } = opened
    await page.goto(await addressOfOffer('from-a-friend.algiers-model', bundle))
    const dialog = page.getByRole('dialog', { name: 'Import this model?' })
    await dialog.getByText('from-a-friend.algiers-model').waitFor()
    await dialog.getByText('Peak time').waitFor()
    await dialog.getByRole('button', { name: 'Leave it' }).and(page.locator(':focus')).waitFor()
    expect((await server.app.versions.list()).length).toBe(1)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Imported as v2').waitFor()
    await dialog.waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).toBe('')
    expect(complaints).toEqual([])
  })

  test('that holds no model is told as such, and can only be closed', async () => {
    const { page } = opened
    await page.goto(await addressOfOffer('song.mp3', new TextEncoder().encode('ID3')))
    const dialog = page.getByRole('dialog', { name: 'Import this model?' })
    await dialog.getByRole('alert').filter({ hasText: 'Not a model bundle' }).waitFor()
    expect(await dialog.getByRole('button', { name: 'Import' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect((await server.app.versions.list()).length).toBe(1)
  })
})
