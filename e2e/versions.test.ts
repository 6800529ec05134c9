import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { until } from '../src/api/server.fixture.ts'
import { type RunningServer, startServer } from '../src/api/start-server.ts'
import { type App, openApp } from '../src/app.ts'
import { planTrack, type TrackPlan } from '../src/demo/track-plan.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'
import { trueSections, writeTrack } from './dance-tracks.fixture.ts'

const TRACKS = 8
const FIRST_SEED = 300
let folder = ''
let app: App
let server: RunningServer
let client: Client

const plans: readonly TrackPlan[] = Array.from({ length: TRACKS }, (_, index) => planTrack(FIRST_SEED + index, 'house'))

/** House tracks with their true sections as labels, which the version that ships has read. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-versions-'))
  mkdirSync(join(folder, 'music'))
  for (const [index, plan] of plans.entries()) await writeTrack(join(folder, 'music', `${index}.wav`), plan)
  app = await openApp({ dataDir: join(folder, 'data') })
  await app.collection.addRoot(join(folder, 'music'))
  await app.collection.scan()
  server = await startServer(app, { port: 0, report: (bug) => expect.unreachable(String(bug)) })
  client = createClient(server.address)
  await client.changeSettings({ body: { min_samples_per_class: 5 } })
  for (const [index, plan] of plans.entries()) {
    const track = await app.collection.track(`${index}.wav`)
    const sections = trueSections(plan, track.grid!.grid)
    const labels = sections.map(({ kind, startBeat, endBeat }) => ({
      label_value: kind,
      start_beat: startBeat,
      end_beat: endBeat,
    }))
    await client.replaceLabels({ params: { id: track.id }, body: { labels } })
  }
  const { job_id } = await client.classify({ body: { version: 0 } })
  await until(async () => ((await client.job({ params: { job_id } })).status === 'completed' ? true : null))
})
afterAll(async () => {
  await server?.close()
  await app?.close()
  rmSync(folder, { recursive: true })
})

const versionRow = ({ page }: OpenedPage, version: number): Locator =>
  page.getByRole('listitem', { name: `v${version}`, exact: true })
const activeVersion = async (): Promise<number | undefined> =>
  (await client.listModels({ query: { include: 'shipped' } })).find(({ is_active }) => is_active)?.version

describe.skipIf(browserPath === undefined)('versions in the page', () => {
  test('before an activation the page counts what will go, and the version that ships is the way back', async () => {
    await app.versions.train({ exclude: ['build', 'break'] })
    const opened = await openPage(`${server.address}/training`)
    const { page } = opened
    const { sections_lost: lost, tracks_affected: tracks } = await client.previewActivation({ params: { version: 1 } })
    expect(lost.build).toBeGreaterThan(0)
    const [shipped, own] = [versionRow(opened, 0), versionRow(opened, 1)]
    await shipped.getByText('ships with Algiers').waitFor()
    await shipped.getByText('Active', { exact: true }).waitFor()
    await own.getByText('Does not know build, break, verse, chorus.').waitFor()
    await own.getByRole('button', { name: 'Activate' }).click()
    const dialog = page.getByRole('dialog', { name: 'Activate v1?' })
    await dialog.getByText(`${lost.build} build`).waitFor()
    await dialog.getByText(`sections in ${tracks} tracks will become something else. Your labels stay.`).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Activate v1 anyway' }).click()
    await own.getByText('Active', { exact: true }).waitFor()
    expect(await activeVersion()).toBe(1)
    // What the guide's list holds are the person's own versions.
    expect((await client.listModels({ query: {} })).map(({ version }) => version)).toEqual([1])

    await shipped.getByRole('button', { name: 'Compare with v1' }).click()
    const comparison = page.getByRole('region', { name: 'v1 and v0' })
    await comparison.getByText('On intro, drop, outro, which both know.').waitFor()
    await comparison.getByText('Only v0 knows build, break, verse, chorus.').waitFor()
    await shipped.getByRole('button', { name: 'Activate' }).click()
    await shipped.getByText('Active', { exact: true }).waitFor()
    expect(await activeVersion()).toBe(0)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })

  test('a version that the one that ships outdoes says so on its card, first in its report, and before it is activated', async () => {
    // From nothing and in one round: what can be learnt so is worth less than what ships.
    await client.changeSettings({ body: { base_model: false } })
    const opened = await openPage(`${server.address}/training`)
    const { page } = opened
    await page.getByText('More', { exact: true }).click()
    await page.getByLabel('Estimate what more labels are worth').uncheck()
    await page.getByLabel('Epochs').fill('1')
    await page.getByRole('button', { name: 'Start Training' }).click()
    const poor = versionRow(opened, 2)
    await poor.waitFor()
    await client.activateModel({ params: { version: 0 } })
    const words = /^v0, which ships with Algiers, does better on your labels: [\d.]+ % right against [\d.]+ %, on/
    await poor.getByText(words).waitFor()
    await poor.getByRole('button', { name: 'Report' }).click()
    const report = page.getByRole('region', { name: 'Report of v2' })
    await report
      .getByRole('row', { name: /this model/ })
      .first()
      .waitFor()
    expect(await report.getByRole('listitem').first().textContent()).toMatch(words)
    const { card } = await client.model({ params: { version: 2 } })
    expect(card!.scoreboard.advice[0]).toMatchObject({ code: 'BETTER_MODEL', text: expect.stringMatching(words) })
    await poor.getByRole('button', { name: 'Activate' }).click()
    const dialog = page.getByRole('dialog', { name: 'Activate v2?' })
    await dialog.getByText(words).waitFor()
    await dialog.getByRole('button', { name: 'Stay with v0' }).click()
    expect(await activeVersion()).toBe(0)

    await poor.getByRole('button', { name: 'Name…' }).click()
    await poor.getByLabel('Name').fill('One round')
    await poor.getByLabel('Notes').fill('To see what a hurry costs')
    await poor.getByRole('button', { name: 'Save' }).click()
    await poor.getByText('One round').waitFor()
    expect(await client.model({ params: { version: 2 } })).toMatchObject({ notes: 'To see what a hurry costs' })
    expect(opened.complaints).toEqual([])
    await opened.close()
  })
})
