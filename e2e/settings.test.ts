import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { until } from '../src/api/server.fixture.ts'
import { type RunningServer, startServer } from '../src/api/start-server.ts'
import { type App, openApp } from '../src/app.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { addFixtureTrack, addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { BASE_MODEL_VERSION } from '../src/engine/versions/base-model.ts'
import { openStore } from '../src/platform/store/store.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'

let folder = ''
let dataDir = ''
let bare = 0
let app: App
let server: RunningServer
let client: Client
let page: Page

const start = async (): Promise<void> => {
  app = await openApp({ dataDir })
  server = await startServer(app, { port: 0, report: (bug) => expect.unreachable(String(bug)) })
  client = createClient(server.address)
}
const stop = async (): Promise<void> => {
  await server.close()
  await app.close()
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-settings-'))
  dataDir = join(folder, 'data')
  const store = openStore(dataDir)
  addLabelledTracks(store)
  bare = addFixtureTrack(store, { index: 50 })
  const { gridDigest, featureSpecDigest } = store.analyses.get(bare)!
  const probabilities = { intro: 1, build: 0, drop: 0, break: 0, outro: 0, verse: 0, chorus: 0 }
  const read = { startBeat: 0, endBeat: 32, kind: 'intro', runnerUp: 'drop', confidence: 0.8, probabilities } as const
  store.sections.put({
    trackId: bare,
    modelVersion: BASE_MODEL_VERSION,
    gridDigest,
    specDigest: featureSpecDigest,
    sections: [{ ...read, evidence: [] }],
  })
  store.close()
  await start()
})
afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true })
})

/** As a person does it; kept as soon as the field is left. */
const setNumber = async (words: string, value: number): Promise<void> => {
  const field = page.getByLabel(words)
  await field.fill(String(value))
  await field.press('Enter')
  await page.getByRole('status').getByText('Saved').waitFor()
  await page.reload()
  await expect.poll(() => page.getByLabel(words).inputValue()).toBe(String(value))
}
const suggestions = async (): Promise<number> => (await client.listSuggestions({ query: { track_id: bare } })).length
const idle = (): Promise<true> =>
  until(async () => ((await client.listJobs({ query: {} })).every(({ completed_at }) => completed_at) ? true : null))

describe.skipIf(browserPath === undefined)('every switch of the settings does what it says', () => {
  let opened: OpenedPage
  beforeAll(async () => {
    opened = await openPage(`${server.address}/settings`)
    ;({ page } = opened)
  })
  beforeEach(async () => void (await page.goto(`${server.address}/settings`)))
  afterEach(() => expect(opened.complaints).toEqual([]))
  afterAll(() => opened.close())

  test('labels that a training needs', async () => {
    await setNumber('Labels of each kind needed to train', 11)
    expect(await client.labelStats({ query: {} })).toMatchObject({
      min_samples_required: 11,
      ready_for_training: false,
    })
    await expect(client.train({ body: {} })).rejects.toMatchObject({ problem: { code: 'NEED_MORE_LABELS' } })
    await page.goto(`${server.address}/training`)
    await page.getByText('10/11').first().waitFor()
    await page.goto(`${server.address}/settings`)
    await setNumber('Labels of each kind needed to train', 10)
    expect((await client.labelStats({ query: {} })).ready_for_training).toBe(true)
  })

  test('time that a training may take', async () => {
    await setNumber('Stop a training after', 0.02)
    const { jobId: job_id } = await app.versions.startTraining({ exclude: [], seed: 1, epochs: 100_000 })
    const ended = await until(async () => {
      const job = await client.training({ params: { job_id } })
      return job.completed_at === null ? null : job
    })
    expect(ended).toMatchObject({ status: 'failed', error_code: 'TRAINING_TIMEOUT' })
    await setNumber('Stop a training after', 10)
  })

  test('sections before there is a model', async () => {
    const box = page.getByRole('checkbox', { name: 'Suggest sections before you have a model of your own' })
    const switchTo = async (on: boolean): Promise<void> => {
      if ((await box.isChecked()) !== on) await box.click()
      await expect.poll(async () => (await client.settings()).base_model).toBe(on)
      await page.reload()
      await expect.poll(() => box.isChecked()).toBe(on)
    }
    await box.waitFor()
    // How many depends on whether the version that ships has read the track itself by now.
    await switchTo(true)
    await expect.poll(suggestions).toBeGreaterThan(0)
    await switchTo(false)
    await expect.poll(suggestions).toBe(0)
    await switchTo(true)
    await expect.poll(suggestions).toBeGreaterThan(0)
    await idle()
  })

  test('reading the library by itself', async () => {
    const { card } = await app.versions.train({ epochs: 10 })
    const version = card.version
    const readings = async (): Promise<number> => (await client.listJobs({ query: { kind: 'classify' } })).length
    const box = page.getByRole('checkbox', { name: 'Find sections in new tracks automatically' })
    await box.click()
    await expect.poll(() => box.isChecked()).toBe(false)
    await page.getByRole('status').getByText('Saved').waitFor()
    await idle()
    // The base model has read it, too, when it was switched on again.
    const before = await readings()
    await client.activateModel({ params: { version } })
    expect(await readings()).toBe(before)
    expect(await suggestions()).toBe(0)
    await page.reload()
    await expect.poll(() => box.isChecked()).toBe(false)
    await box.click()
    await page.getByRole('status').getByText('Saved').waitFor()
    await client.activateModel({ params: { version } })
    expect(await readings()).toBe(before + 1)
    await expect.poll(suggestions).toBe(3)
    await idle()
  })

  test('how sure a suggestion must be', async () => {
    const all = await client.listSuggestions({ query: { track_id: bare } })
    const lowest = Math.min(...all.map(({ confidence }) => confidence))
    const least = Math.min(100, Math.ceil(lowest * 100) + 1)
    const surer = all.filter(({ confidence }) => confidence * 100 >= least)
    expect(surer.length).toBeLessThan(all.length)
    await setNumber('Show suggestions with at least this confidence', least)
    expect(await suggestions()).toBe(surer.length)
    await setNumber('Show suggestions with at least this confidence', 0)
    expect(await suggestions()).toBe(all.length)
  })

  test('the longest track that is read', async () => {
    const music = join(folder, 'music')
    mkdirSync(music)
    // 64 beats: 77 seconds.
    writeTestTrack(join(music, 'slow.wav'), { bpm: 50, seed: 1, rootHz: 55 })
    await app.collection.addRoot(music)
    await setNumber('Longest track to analyse', 1)
    const stateOf = async (): Promise<string | undefined> => {
      const { tracks } = await client.listTracks({ query: { q: 'slow' } })
      return tracks[0]?.failure?.code ?? tracks[0]?.state
    }
    await app.collection.scan()
    expect(await stateOf()).toBe('AUDIO_TOO_LONG')
    await setNumber('Longest track to analyse', 120)
    const id = (await client.listTracks({ query: { q: 'slow' } })).tracks[0]!.id
    await client.analyse({ body: { track_ids: [id] } })
    await expect.poll(stateOf).toBe('ok')
    await idle()
  })

  test('threads, from the next start', async () => {
    const before = (await client.health()).threads
    await setNumber('Analysis threads', before + 1)
    expect((await client.health()).threads).toBe(before)
    await stop()
    await start()
    expect((await client.health()).threads).toBe(before + 1)
    await page.goto(`${server.address}/settings`)
    await setNumber('Analysis threads', 0)
  })

  test('what is out of range is refused beside its field, and stays as it was', async () => {
    await page.getByLabel('Labels of each kind needed to train').fill('1')
    await page.getByLabel('Labels of each kind needed to train').press('Enter')
    await page.getByRole('alert').getByText('must lie between 2 and 1000').waitFor()
    expect((await client.settings()).min_samples_per_class).toBe(10)
  })

  test('theme and keys hold after the page was loaded again, and a key that is taken is refused', async () => {
    await page.getByRole('radio', { name: 'same as the system' }).check()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe(colorScheme)
    }
    await page.getByRole('radio', { name: 'light' }).check()
    await page.getByRole('button', { name: /^Key for: drop\./ }).click()
    await page.keyboard.press('y')
    await page.getByRole('alert').getByText('accept the suggestion').waitFor()
    await page.getByRole('button', { name: /^Key for: drop\./ }).click()
    await page.keyboard.press('q')
    await page.goto(`${server.address}/desk/${bare}`)
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
    const waveform = page.getByRole('slider', { name: 'Waveform' })
    await waveform.focus()
    const labels = async (): Promise<readonly string[]> =>
      (await client.listLabels({ query: { track_id: bare } })).map(({ label_value }) => label_value)
    const tap = async (key: string): Promise<void> => {
      await page.keyboard.press(key)
      for (let bar = 0; bar < 4; bar++) await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('Enter')
    }
    await tap('3')
    await tap('q')
    await expect.poll(labels).toEqual(['drop'])
    await page.goto(`${server.address}/settings`)
    await page.getByRole('checkbox', { name: /^Single keys work/ }).uncheck()
    await page.goto(`${server.address}/desk/${bare}`)
    await waveform.focus()
    await tap('1')
    await page.getByText('Saved', { exact: true }).waitFor()
    expect(await labels()).toEqual(['drop'])
  })
})
