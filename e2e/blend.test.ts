import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import type { SectionKind } from '../src/core/labels/section-kind.ts'
import { addFixtureTrack, addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
/** Models of others, who call things as here, or otherwise. */
let [friend, stranger]: Buffer[] = []

const bundleOf = async (kinds: readonly SectionKind[]): Promise<Buffer> => {
  const giver = await startTestServer((store) => {
    for (let index = 100; index < 110; index++) addFixtureTrack(store, { index, kinds })
  })
  await giver.app.versions.train({ epochs: 20 })
  const { bytes } = await giver.app.versions.exportBundle(1)
  await giver.close()
  return Buffer.from(bytes)
}

beforeEach(async () => {
  friend = await bundleOf(['intro', 'drop', 'outro'])
  stranger = await bundleOf(['outro', 'intro', 'drop'])
  server = await startTestServer((store) => addLabelledTracks(store))
  // One epoch leaves it unsure of what it has learnt.
  await server.app.versions.train({ epochs: 1 })
})
afterEach(() => server.close())

describe.skipIf(browserPath === undefined)('a friend’s model', () => {
  test('is not blended with one’s own where that would not help, which is said; from the notice and by the keyboard', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/training`, { width: 390, height: 844 })
    const bring = (name: string, buffer: Buffer): Promise<void> =>
      page.getByLabel('Model bundle').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await bring('friend.algiers-model', friend!)
    await page.getByText('Imported as v2').waitFor()
    await page.getByRole('status').getByRole('button', { name: 'Blend with mine' }).click()
    // Both know it all, so that the one is no better than the other.
    await page.getByText('v2 was not blended in').waitFor()
    await page.getByText(/^A blend with v2 is not clearly better than v1 alone: 100\.0 % right/).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])

    await bring('stranger.algiers-model', stranger!)
    const other = page.getByRole('listitem', { name: 'v3', exact: true })
    await other.getByRole('button', { name: 'Blend with mine' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(/^v3 adds nothing to v1, on 30 labels of 10 tracks that were held out/).waitFor()
    expect((await server.app.versions.list()).map(({ version, origin }) => [version, origin])).toEqual([
      [3, 'imported'],
      [2, 'imported'],
      [1, 'trained'],
    ])
    expect(complaints).toEqual([])
    await close()
  })
})
