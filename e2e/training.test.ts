import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { percentText } from '../src/core/units/percent-text.ts'
import { addFixtureTrack, addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client
let opened: OpenedPage
let page: Page
let unlabelled: number

beforeAll(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store)
    unlabelled = addFixtureTrack(store, { index: 99 })
  })
  client = createClient(server.address)
})
afterAll(() => server.close())

const trainings = (): Promise<Awaited<ReturnType<Client['listTrainings']>>> => client.listTrainings({ query: {} })
const versionRow = (version: number): Locator => page.getByRole('listitem', { name: `v${version}`, exact: true })
const start = (): Promise<void> => page.getByRole('button', { name: 'Start Training' }).click()

describe.skipIf(browserPath === undefined)('training in the page', () => {
  beforeEach(async () => {
    opened = await openPage(`${server.address}/training`)
    ;({ page } = opened)
    await page.getByText('Ready for training').waitFor()
  })
  afterEach(async () => {
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('the figures on the screen are those of the server, and the version is activated, reported and read with', async () => {
    expect(await page.getByText('30 labels on 10 tracks').count()).toBe(1)
    await start()
    await page.getByText('Model Version', { exact: true }).waitFor()
    const [job] = await trainings()
    expect(job).toMatchObject({ status: 'completed', model_version: 1 })
    for (const figure of [job!.accuracy!, job!.f1_score!]) await page.getByText(percentText(figure)).first().waitFor()

    const first = versionRow(1)
    await first.getByRole('button', { name: 'Activate' }).click()
    await first.getByText('Active', { exact: true }).waitFor()
    expect((await client.listModels({ query: {} }))[0]).toMatchObject({ version: 1, is_active: true })

    await first.getByRole('button', { name: 'Report' }).click()
    const card = (await client.model({ params: { version: 1 } })).card!
    const report = page.getByRole('region', { name: 'Report of v1' })
    for (const { name, accuracy } of [card.scoreboard.model, ...card.scoreboard.baselines])
      await report.getByRole('row', { name: new RegExp(`${name} ${percentText(accuracy)}`) }).waitFor()
    const { points, words } = card.learning_curve!
    expect(points.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75, 1])
    for (const { accuracy } of points)
      await report.getByRole('img', { name: new RegExp(percentText(accuracy)) }).waitFor()
    for (const sentence of words) await report.getByText(sentence).waitFor()
    const [row, column] = [0, 0]
    const [kind] = card.scoreboard.kinds
    const count = card.scoreboard.scores.confusion[row]![column]!
    await report.getByRole('button', { name: `${count} ${kind} taken for ${kind}` }).click()
    expect(await report.getByRole('listitem').getByRole('link').count()).toBe(count)
    await report.getByRole('link').first().click()
    await page.waitForURL(/desk\/\d+\?beat=\d+/)
    await page.goBack()
    await expect.poll(() => report.getByRole('listitem').getByRole('link').count()).toBe(count)

    // After the activation the library is read by itself: what nobody labelled has suggestions now.
    await expect
      .poll(async () => (await client.track({ params: { id: unlabelled } })).suggestions.length)
      .toBeGreaterThan(0)
  })

  test('a second version can be compared, rolled back from and deleted, the active one cannot', async () => {
    await start()
    await page.getByText('v2', { exact: true }).first().waitFor()
    await versionRow(2).getByRole('button', { name: 'Compare with v1' }).click()
    await page
      .getByRole('region', { name: 'v1 and v2' })
      .getByRole('row', { name: /Accuracy/ })
      .waitFor()
    await versionRow(2).getByRole('button', { name: 'Activate' }).click()
    await page.getByRole('button', { name: 'Back to v1' }).click()
    await expect
      .poll(async () => (await client.listModels({ query: {} })).find(({ is_active }) => is_active)?.version)
      .toBe(1)
    await expect.poll(() => versionRow(1).getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true)
    await versionRow(2).getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete v2 for good' }).click()
    await expect.poll(async () => (await client.listModels({ query: {} })).map(({ version }) => version)).toEqual([1])
  })

  test('a version goes out as a file, and comes in again as a version of its own; what is none is refused with the reason', async () => {
    const downloading = page.waitForEvent('download')
    await page.getByRole('listitem').getByRole('link', { name: 'Export' }).last().click()
    const file = await (await downloading).path()
    const versions = async (): Promise<number> => (await client.listModels({ query: {} })).length
    const before = await versions()
    const upload = page.getByLabel('Model bundle')
    await upload.setInputFiles([{ name: 'mine.algiers-model', mimeType: '', buffer: readFileSync(file) }])
    const told = await page.getByText(/^Imported as v\d+$/).textContent()
    expect(await versions()).toBe(before + 1)
    const imported = page.getByRole('listitem', { name: told!.split(' ').at(-1)! })
    await imported.getByText('Imported', { exact: true }).waitFor()
    await imported.getByRole('button', { name: 'Report' }).click()
    await page.getByText(/there it was v1\./).waitFor()
    await upload.setInputFiles([{ name: 'no.algiers-model', mimeType: '', buffer: Buffer.from('no bundle') }])
    await page.getByRole('alert').waitFor()
    expect(await versions()).toBe(before + 1)
  })

  test('a training is seen again after the page was loaded anew, and can be cancelled from there', async () => {
    // A page that opens takes time that the training does not wait for.
    const second = await openPage(`${server.address}/training`)
    await second.page.getByRole('button', { name: 'Start Training' }).waitFor()
    await page.getByText('More', { exact: true }).click()
    await page.getByLabel('Epochs').fill('1000')
    await start()
    await page.getByRole('progressbar', { name: 'Progress of the training' }).waitFor()
    const curve = page.getByRole('img', { name: /^Loss after/ })
    const epochsDrawn = async (): Promise<number> => {
      const path = await curve.locator('path').last().getAttribute('d')
      return path!.split(/[ML]/).length - 1
    }
    await expect.poll(async () => ((await curve.count()) > 0 ? epochsDrawn() : 0)).toBeGreaterThan(5)
    const before = await epochsDrawn()
    await second.page.getByRole('progressbar', { name: 'Progress of the training' }).waitFor()
    expect(await second.page.getByRole('button', { name: 'Start Training' }).count()).toBe(0)
    // What the page hears of later is not enough to draw the beginning.
    await page.route('**/api/events', (route) => route.abort())
    await page.reload()
    await curve.waitFor()
    expect(await epochsDrawn()).toBeGreaterThanOrEqual(before)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Nothing was changed').waitFor()
    await second.page.getByText('Nothing was changed').waitFor()
    await second.close()
    expect((await trainings())[0]).toMatchObject({ status: 'cancelled' })
  })

  test('what is missing for a training is said in numbers, and nothing can be started', async () => {
    const [label] = await client.listLabels({ query: { label: 'drop' } })
    await client.deleteLabel({ params: { id: label!.id } })
    await page.getByText('9/10').waitFor()
    expect(await page.getByRole('button', { name: 'Start Training' }).isDisabled()).toBe(true)
    await page.getByText('Need more labels: drop has 9 of 10').waitFor()
    await page.getByText('More', { exact: true }).click()
    await page.getByRole('checkbox', { name: 'drop' }).check()
    expect(await page.getByRole('button', { name: 'Start Training' }).isEnabled()).toBe(true)
  })
})
