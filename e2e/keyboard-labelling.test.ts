import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import type { BeatGrid } from '../src/core/beats/beat-grid.ts'
import { spanText } from '../src/core/labels/bar-text.ts'
import type { SectionKind } from '../src/core/labels/section-kind.ts'
import type { Span } from '../src/core/labels/span.ts'
import { browserPath, type OpenedPage, openPage } from './browser.fixture.ts'
import { extendedMix, houseTrack, type TrueSection, trueSections, writeTrack } from './dance-tracks.fixture.ts'
import { keyOf, moveToEnd } from './desk.fixture.ts'

/** The goal: a track of five minutes, suggestions on. A key with a modifier held is one press. */
const MOST_PRESSES = 40
/** What an evening or two leaves: eight labelled tracks of a minute and a half. Not one of them sounds like the mix. */
const LABELLED = [3, 9, 10, 12, 13, 14, 26, 29]
const MIX = extendedMix(17, 31, 9)

let folder: string
let server: TestServer
let opened: OpenedPage
let page: Page
let mixId: string
let truth: readonly TrueSection[]

const gridOf = async (id: string): Promise<BeatGrid> => (await server.app.collection.track(id)).grid!.grid

beforeEach(async () => {
  if (browserPath === undefined) return
  folder = mkdtempSync(join(tmpdir(), 'algiers-keys-'))
  const plans = new Map([...LABELLED.map((seed) => [`${seed}.wav`, houseTrack(seed)] as const), ['mix.wav', MIX]])
  for (const [name, plan] of plans) await writeTrack(join(folder, name), plan)
  server = await startTestServer()
  const { app } = server
  await app.collection.addRoot(folder)
  await app.collection.scan()
  for (const { id, path } of await app.collection.listTracks()) {
    const plan = plans.get(basename(path!))!
    const sections = trueSections(plan, await gridOf(String(id)))
    if (plan === MIX) [mixId, truth] = [String(id), sections]
    else await app.labelling.paint(String(id), sections)
  }
  // One intro and one outro a track: fewer than ten are enough here.
  await app.upkeep.settings.change({ min_samples_per_class: LABELLED.length })
  const { card } = await app.versions.train()
  await app.versions.activate(card.version)
  await app.reading.readSections(mixId)
  opened = await openPage(`${server.address}/desk/${mixId}`)
  page = opened.page
})
afterEach(async () => {
  await opened?.close()
  await server?.close()
  if (folder) rmSync(folder, { recursive: true })
})

let presses = 0
const press = async (key: string): Promise<void> => {
  presses++
  await page.keyboard.press(key)
}

const bar = (): Locator => page.getByRole('region', { name: 'Suggestions' })

type Shown = Span & { readonly kind: SectionKind }

/** The suggestion that is selected, as the desk words it. */
const shownSuggestion = async (): Promise<Shown | null> => {
  const text = (await bar().count()) === 0 ? '' : ((await bar().textContent()) ?? '')
  const [, kind, place] = /Suggested: \d? ?([a-z]+) ?\d+ % sure, (.*), else/.exec(text) ?? []
  const grid = await gridOf(mixId)
  const found = (await server.app.labelling.suggestions.list({ trackId: Number(mixId) })).filter(
    (one) => one.kind === kind && spanText(grid, one) === place,
  )
  return found[0] ?? null
}

const isSame = (one: Span, other: Span): boolean => one.startBeat === other.startBeat && one.endBeat === other.endBeat

/** Goes through the suggestions as somebody does who hears where the sections are: takes what is right, taps the others anew. */
const labelByKeys = async (): Promise<void> => {
  await press('Tab')
  let at = 0
  while (at < truth.length) {
    const section = truth[at]!
    await expect.poll(async () => (await shownSuggestion())?.startBeat).toBe(section.startBeat)
    const shown = (await shownSuggestion())!
    if (isSame(shown, section)) {
      await press(shown.kind === section.kind ? 'y' : keyOf(section.kind))
      at++
      continue
    }
    await press('Escape')
    // One section after the other until a suggestion is as long as what is heard.
    do {
      const heard = truth[at++]!
      await press(keyOf(heard.kind))
      await moveToEnd(press, heard, truth.at(-1)!.endBeat)
    } while (at < truth.length && !(await isSuggested(truth[at]!)))
    await press('Enter')
    if (at < truth.length) await press('Tab')
  }
}

/** Whether a hatched section of just this length is seen on the waveform. */
const isSuggested = async (section: Span): Promise<boolean> =>
  (await server.app.labelling.suggestions.list({ trackId: Number(mixId) })).some(({ startBeat, endBeat }) =>
    isSame({ startBeat, endBeat }, section),
  )

describe.skipIf(browserPath === undefined)('labelling by keys alone', () => {
  test(`five minutes of music with suggestions on take at most ${MOST_PRESSES} presses`, async ({ annotate }) => {
    expect((await server.app.collection.track(mixId)).durationSeconds).toBeGreaterThan(300)
    expect(truth.length).toBeGreaterThanOrEqual(8)
    await bar().waitFor()
    await labelByKeys()
    const client = createClient(server.address)
    const labels = async (): Promise<readonly Shown[]> =>
      (await client.track({ params: { id: Number(mixId) } })).labels.map(({ label_value, start_beat, end_beat }) => ({
        kind: label_value,
        startBeat: start_beat,
        endBeat: end_beat,
      }))
    await expect.poll(labels).toEqual(truth)
    await page.getByText('Saved', { exact: true }).waitFor()
    await annotate(`${presses} presses for ${truth.length} sections`)
    expect(presses).toBeLessThanOrEqual(MOST_PRESSES)
    expect(opened.complaints).toEqual([])
  })
})
