import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

beforeAll(async () => {
  friend = await bundleOf(['intro', 'drop', 'outro'])
  stranger = await bundleOf(['outro', 'intro', 'drop'])
  server = await startTestServer((store) => addLabelledTracks(store))
  // One epoch leaves it unsure of what it has learnt.
  await server.app.versions.train({ epochs: 1 })
})
afterAll(() => server.close())

describe.skipIf(browserPath === undefined)('a friend’s model', () => {
  test('is blended with one’s own where that helps, and is left where it does not', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/training`, { width: 390, height: 844 })
    const bring = (name: string, buffer: Buffer): Promise<void> =>
      page.getByLabel('Model bundle').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await bring('friend.algiers-model', friend!)
    await page.getByText('Imported as v2').waitFor()
    await page.getByRole('status').getByRole('button', { name: 'Blend with mine' }).click()
    await page.getByText('Blended as v3').waitFor()
    await page.getByText(/of v2 beside v1 does better than v1 alone: /).waitFor()
    const blend = page.getByRole('listitem', { name: 'v3', exact: true })
    await blend.getByText('Blend', { exact: true }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await blend.getByRole('button', { name: 'Report' }).click()
    await page.getByText(/^A blend of v1 and v2, which has \d+ % of the say\./).waitFor()
    await blend.getByRole('button', { name: 'Activate' }).click()
    const anyway = page.getByRole('dialog').getByRole('button', { name: /^Activate/ })
    await anyway
      .or(blend.getByText('Active', { exact: true }))
      .first()
      .waitFor()
    if (await anyway.isVisible()) await anyway.click()
    await blend.getByText('Active', { exact: true }).waitFor()

    await bring('stranger.algiers-model', stranger!)
    const other = page.getByRole('listitem', { name: 'v4', exact: true })
    await other.getByRole('button', { name: 'Blend with mine' }).click()
    await page.getByText('No blend: yours alone does better').waitFor()
    await page.getByText(/^v4 adds nothing to v3, on 30 labels/).waitFor()
    expect((await server.app.versions.list()).map(({ version, origin }) => [version, origin])).toEqual([
      [4, 'imported'],
      [3, 'blend'],
      [2, 'imported'],
      [1, 'trained'],
    ])
    expect(complaints).toEqual([])
    await close()
  })
})
