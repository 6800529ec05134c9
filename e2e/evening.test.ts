import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { until } from '../src/api/server.fixture.ts'
import { type StartedCli, startAlgiers } from '../src/cli/run-algiers.fixture.ts'
import { beatsToSeconds } from '../src/core/beats/beat-grid.ts'
import { parsePlace } from '../src/core/labels/bar-text.ts'
import { openStore } from '../src/platform/store/store.ts'
import { toBeatGrid } from '../src/web/queries/use-track.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'
import { houseTrack, type TrueSection, trueSections, writeTrack } from './dance-tracks.fixture.ts'
import { keyOf, moveToEnd } from './desk.fixture.ts'

/** Tracks of a minute and a half; the last one is nobody's to label. */
const PLANS = [3, 29, 14, 26, 9].map((seed) => ({ name: `Track ${seed}`, plan: houseTrack(seed) }))
const LABELLED = PLANS.slice(0, -1)
const UNLABELLED = PLANS.at(-1)!

let folder: string
let port: number
let serving: StartedCli
let client: Client
let opened: OpenedPage
let page: Page

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { readonly port: number }
      probe.close(() => resolve(free))
    })
  })

const start = async (): Promise<void> => {
  serving = startAlgiers(join(folder, 'data'), ['serve', '--port', String(port), '--no-open', '--json'])
  await until(() => client.health().catch(() => null))
}
const stop = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  serving.child.kill(signal)
  await serving.finished
}

const idOf = async (name: string): Promise<number> =>
  (await client.listTracks({ query: {} })).tracks.find(({ title }) => title.startsWith(name))!.id
const rowOf = (name: string): Locator => page.getByRole('row').filter({ hasText: name })
const waveformOf = (of: Page): Locator => of.getByRole('slider', { name: 'Waveform' })
const goneText = 'The server does not answer.'

/** What the desk should hold in the end. */
const truthOf = async (name: string): Promise<readonly TrueSection[]> => {
  const { grid } = await client.track({ params: { id: await idOf(name) } })
  return trueSections(PLANS.find((one) => one.name === name)!.plan, toBeatGrid(grid!))
}
const labelsOf = async (name: string): Promise<readonly TrueSection[]> => {
  const { labels } = await client.track({ params: { id: await idOf(name) } })
  return labels.map(({ label_value, start_beat, end_beat }) => ({
    kind: label_value,
    startBeat: start_beat,
    endBeat: end_beat,
  }))
}

beforeAll(async () => {
  if (browserPath === undefined) return
  folder = mkdtempSync(join(tmpdir(), 'algiers-evening-'))
  mkdirSync(join(folder, 'music'))
  for (const { name, plan } of PLANS) await writeTrack(join(folder, 'music', `${name}.wav`), { ...plan, title: name })
  // One track after the other, so that on any machine there is a middle to die in.
  const store = openStore(join(folder, 'data'))
  store.settings.set('workers', 1)
  store.close()
  port = await freePort()
  client = createClient(`http://127.0.0.1:${port}`)
  await start()
  opened = await openPage(`http://127.0.0.1:${port}`)
  page = opened.page
})
afterAll(async () => {
  await opened?.close()
  if (serving) await stop('SIGTERM')
  if (folder) rmSync(folder, { recursive: true })
})

describe.skipIf(browserPath === undefined)('an evening with Algiers, through three ends of its server', () => {
  test('the server dies while the music is analysed: the page says so, finds the next one, and everything is read', async () => {
    await page.getByRole('button', { name: 'Add your music' }).click()
    await page.getByLabel('Folder to add').fill(join(folder, 'music'))
    await page.getByText(`${PLANS.length} audio files directly in it.`).waitFor()
    await page.getByRole('button', { name: 'Add this folder' }).click()
    await page.getByText('Folder added').waitFor()
    await page.getByRole('row').getByText('analysed', { exact: true }).first().waitFor()
    await stop('SIGKILL')
    await page.getByText(goneText).waitFor()
    const halfway = await page.getByRole('row').getByText('analysed', { exact: true }).count()
    expect(halfway).toBeLessThan(PLANS.length)
    await start()
    await page.getByText(goneText).waitFor({ state: 'hidden' })
    await expect.poll(() => page.getByRole('row').getByText('analysed', { exact: true }).count()).toBe(PLANS.length)
    const scan = async () => (await client.listJobs({ query: { kind: 'scan' } }))[0]
    await expect.poll(scan).toMatchObject({ status: 'completed', attempt: 2 })
    for (const { name, plan } of PLANS) await rowOf(name).getByText(plan.bpm.toFixed(1)).waitFor()
  })

  test('one track is painted, and another window sees it at once', async () => {
    const [{ name }] = LABELLED as [(typeof LABELLED)[number]]
    const id = await idOf(name)
    const track = await client.track({ params: { id } })
    const truth = await truthOf(name)
    const second = await openPage(`http://127.0.0.1:${port}/desk/${id}`)
    await second.page.getByText('Sections as a table').click()
    await rowOf(name).dblclick()
    await page.getByText('Saved', { exact: true }).waitFor()
    const box = (await waveformOf(page).boundingBox())!
    const { anchors } = toBeatGrid(track.grid!)
    const xOf = (beat: number): number =>
      box.x + (box.width * (anchors[0]!.seconds + (beat * 60) / anchors[0]!.bpm)) / track.duration_seconds!
    for (const { kind, startBeat, endBeat } of truth) {
      await page.getByRole('button', { name: kind, exact: false }).first().click()
      await page.mouse.move(xOf(startBeat) + 1, box.y + 60)
      await page.mouse.down()
      await page.mouse.move(xOf(endBeat) - 1, box.y + 60, { steps: 4 })
      await page.mouse.up()
    }
    await expect.poll(() => labelsOf(name)).toEqual(truth)
    const rows = second.page.getByRole('table').getByRole('combobox')
    await expect
      .poll(() => rows.evaluateAll((kinds) => kinds.map((kind) => (kind as unknown as { value: string }).value)))
      .toEqual(truth.map(({ kind }) => kind))
    expect(second.complaints).toEqual([])
    await second.close()
  })

  test('the others are labelled by keys', async () => {
    for (const { name } of LABELLED.slice(1)) {
      await page.goto(`http://127.0.0.1:${port}/desk/${await idOf(name)}`)
      await page.getByText('Saved', { exact: true }).waitFor()
      await waveformOf(page).focus()
      const truth = await truthOf(name)
      for (const section of truth) {
        await page.keyboard.press(keyOf(section.kind))
        await moveToEnd((key) => page.keyboard.press(key), section, truth.at(-1)!.endBeat)
      }
      await page.keyboard.press('Enter')
      await expect.poll(() => labelsOf(name)).toEqual(truth)
    }
  })

  test('the server is ended while it trains: the page says what became of the training, and the next one goes through', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.getByLabel('Labels of each kind needed to train').fill(String(LABELLED.length))
    await page.keyboard.press('Enter')
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.goto(`http://127.0.0.1:${port}/training`)
    await page.getByText(`Ready for training (all classes have ${LABELLED.length}+ samples)`).waitFor()
    const labels = LABELLED.reduce((sum, { plan }) => sum + plan.sections.length, 0)
    await page.getByText(`${labels} labels on ${LABELLED.length} tracks`).waitFor()

    await page.getByText('More', { exact: true }).click()
    await page.getByLabel('Epochs').fill('1000')
    await page.getByRole('button', { name: 'Start Training' }).click()
    const latest = async () => (await client.listTrainings({ query: {} }))[0]
    // Not once the page shows it: by then the training may be over, where the browser is slower than the server.
    await until(async () => ((await latest())?.status === 'training' ? true : null))
    await stop('SIGTERM')
    await page.getByText(goneText).waitFor()
    await start()
    await page
      .getByText(/Algiers was closed while job_\d+ was running/)
      .first()
      .waitFor()
    expect(await latest()).toMatchObject({ status: 'failed', error_code: 'INTERRUPTED' })
    expect(await client.listModels({ query: {} })).toEqual([])

    await page.getByText('More', { exact: true }).click()
    await page.getByLabel('Epochs').fill('')
    await page.getByRole('button', { name: 'Start Training' }).click()
    await page.getByText('Model Version', { exact: true }).waitFor()
    expect(await latest()).toMatchObject({ status: 'completed', model_version: 1 })
  })

  test('a cell of what was taken for what opens its sections, and they are listened to there', async () => {
    await page.getByRole('listitem', { name: 'v1', exact: true }).getByRole('button', { name: 'Report' }).click()
    const report = page.getByRole('region', { name: 'Report of v1' })
    // With one track of four held out each time, intros are all that is sure to be found.
    await report.getByRole('button', { name: /^[1-9]\d* intro taken for intro$/ }).click()
    const play = report.getByRole('button', { name: /^Play Track/ }).first()
    const [, name, start] = /^Play (Track \d+), (?:bars? )?([\d.]+)/.exec((await play.getAttribute('aria-label'))!)!
    await play.click()
    const player = page.getByRole('region', { name: 'Player' })
    await player.getByRole('button', { name: 'Pause' }).waitFor()
    const { grid } = await client.track({ params: { id: await idOf(name!) } })
    const begins = Math.floor(beatsToSeconds(toBeatGrid(grid!), parsePlace(toBeatGrid(grid!), start!)!))
    const heard = async (): Promise<number> =>
      Number(await player.getByRole('slider', { name: /^Position in/ }).getAttribute('aria-valuenow'))
    await expect.poll(heard).toBeGreaterThanOrEqual(begins)
    await player.getByRole('button', { name: 'Close the player' }).click()
    await report.getByRole('button', { name: 'Close' }).click()
  })

  test('the server dies as soon as the version is active: its sections are in the library’s strips, and labels stay what they were', async () => {
    const own = page.getByRole('listitem', { name: 'v1', exact: true })
    await own.getByRole('button', { name: 'Activate' }).click()
    // The version that ships knows more kinds, and more music than four tracks.
    await page.getByRole('button', { name: 'Activate v1 anyway' }).click()
    await own.getByText('Active', { exact: true }).waitFor()
    // The library is being read again just now.
    await stop('SIGKILL')
    await page.getByText(goneText).waitFor()
    await start()
    await page.getByText(goneText).waitFor({ state: 'hidden' })
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    const strip = rowOf(UNLABELLED.name).getByRole('img')
    const found = await until(async () => {
      const { tracks } = await client.listTracks({ query: {} })
      return tracks.find(({ title }) => title === UNLABELLED.name)!.strip
    })
    await expect.poll(() => strip.getAttribute('aria-label')).toBe(found.map(({ label }) => `${label}?`).join(', '))
    // Four tracks teach little, but how a track begins, what it plays for and how it ends is learnt from them.
    const kinds = found.map(({ label }) => label)
    expect([kinds[0], kinds.includes('drop'), kinds.at(-1)]).toEqual(['intro', true, 'outro'])
    expect(found.some(({ is_label }) => is_label)).toBe(false)
    for (const { name } of LABELLED) expect(await labelsOf(name)).toEqual(await truthOf(name))
    expect(opened.complaints).toEqual([])
  })
})
