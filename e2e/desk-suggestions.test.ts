import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { spanText } from '../src/core/labels/bar-text.ts'
import { SECTION_COLOURS } from '../src/core/labels/section-kind.ts'
import { NONE_DECIDES } from '../src/core/sections/why-text.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { toBeatGrid } from '../src/web/queries/use-track.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, type OpenedPage } from './browser.fixture.ts'
import { pressAll, startTestDesk, type TestDesk, waveformOf } from './test-desk.fixture.ts'

/** A key with a modifier held is one press. */
const MOST_KEYS = 7

let desk: TestDesk
let opened: OpenedPage
let page: Page
let bare: readonly number[]

beforeAll(async () => {
  desk = await startTestDesk((store) => void addLabelledTracks(store), ['two', 'three'])
  const tracks = await desk.app.collection.listTracks()
  bare = tracks.filter(({ title }) => ['two', 'three'].includes(title)).map(({ id }) => id)
  const { card } = await desk.app.versions.train({ epochs: 20 })
  await desk.app.versions.activate(card.version)
  for (const id of [...bare, desk.trackId]) await desk.app.reading.readSections(String(id))
})
afterAll(() => desk.close())

type Suggestion = Awaited<ReturnType<TestDesk['client']['listSuggestions']>>[number]
const suggestions = (): Promise<readonly Suggestion[]> =>
  desk.client.listSuggestions({ query: { track_id: desk.trackId } })
const trackIn = (page: Page): string => new URL(page.url()).pathname.replace('/desk/', '')
const textOf = ({ kind, start_beat, end_beat }: Suggestion): string => `${kind} ${start_beat}–${end_beat}`

describe.skipIf(browserPath === undefined)('suggestions on the desk', () => {
  beforeEach(async () => {
    await desk.client.replaceLabels({ params: { id: desk.trackId }, body: { labels: [] } })
    opened = await desk.open()
    ;({ page } = opened)
    await page.getByText(/\d suggestions?:/).waitFor()
    await waveformOf(page).focus()
    return async () => {
      expect(opened.complaints).toEqual([])
      await opened.close()
    }
  })

  test('all that are sure enough become labels in one step, with their source kept, and no other', async () => {
    const all = await suggestions()
    const least = Math.ceil(Math.max(...all.map(({ confidence }) => confidence)) * 100) - 1
    const surer = all.filter(({ confidence }) => confidence * 100 >= least)
    expect(surer.length).toBeLessThan(all.length)
    await page.getByLabel('at least').fill(String(least))
    await page.getByRole('button', { name: `Accept ${surer.length}`, exact: true }).click()
    await desk.expectLabels(...surer.map(textOf))
    for (const { source } of await desk.client.listLabels({ query: { track_id: desk.trackId } }))
      expect(source).toBe('auto_detected')
    await waveformOf(page).focus()
    await page.keyboard.press('Control+z')
    await desk.expectLabels()
  })

  test('Enter accepts the selected one and a digit corrects the next', async () => {
    const [first, second] = await suggestions()
    await pressAll(page, 'Tab', 'Enter')
    await desk.expectLabels(textOf(first!))
    await page.keyboard.press('7')
    const corrected = `chorus ${second!.start_beat}–${second!.end_beat}`
    await desk.expectLabels(textOf(first!), corrected)
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    const left = (await suggestions()).length
    await page.getByText(new RegExp(`^${left} suggestions?:`)).waitFor()
    await waveformOf(page).focus()
    await page.keyboard.press('Control+z')
    await desk.expectLabels(textOf(first!))
  })

  test('a server that is gone for a while: what was accepted and what was rejected is saved when it is back', async () => {
    const [first, second] = await suggestions()
    const { grid } = await desk.client.track({ params: { id: desk.trackId } })
    await desk.stopServing()
    await pressAll(page, 'Tab', 'y')
    await page.getByText('Not saved yet').waitFor()
    const { start_beat: startBeat, end_beat: endBeat } = second!
    await page.getByText(spanText(toBeatGrid(grid!), { startBeat, endBeat })).waitFor()
    await page.keyboard.press('n')
    await page.getByRole('status').getByText(`Rejected ${second!.kind}`).waitFor()
    await desk.serveAgain()
    await desk.expectLabels(textOf(first!))
    await page.getByText('Saved', { exact: true }).waitFor()
    expect((await suggestions()).map(({ id }) => id)).not.toContain(second!.id)
    await waveformOf(page).focus()
    await page.keyboard.press('Control+z')
    await page.getByText(`Undone: rejected ${second!.kind}`).waitFor()
    await expect.poll(async () => (await suggestions()).map(({ id }) => id)).toContain(second!.id)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(async () => (await suggestions()).map(({ id }) => id)).not.toContain(second!.id)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await suggestions()).map(({ id }) => id)).toContain(second!.id)
  })

  test('Y on the last one goes on with the first that was passed over', async () => {
    const all = await suggestions()
    expect(all.length).toBeGreaterThan(1)
    await pressAll(page, ...all.map(() => 'Tab'), 'y')
    await desk.expectLabels(textOf(all.at(-1)!))
    await page.keyboard.press('y')
    await desk.expectLabels(textOf(all[0]!), textOf(all.at(-1)!))
  })

  test('Tab goes to suggestions while there are any, and the arrows to labels', async () => {
    const [first, second] = await suggestions()
    await pressAll(page, 'Tab', 'y')
    await desk.expectLabels(textOf(first!))
    await pressAll(page, 'Escape', 'Tab')
    await page.getByText(/^Suggested/).waitFor()
    await page.keyboard.press('y')
    await desk.expectLabels(textOf(first!), textOf(second!))
    await pressAll(page, 'Escape', 'ArrowDown', 'Delete')
    await desk.expectLabels(textOf(second!))
  })

  test('why a section is called so is shown over its sound, bar by bar, and which features spoke', async () => {
    const [first] = await suggestions()
    const { kinds, bars, kind, evidence, elsewhere } = await desk.client.evidence({
      params: { id: desk.trackId },
      query: { start_beat: first!.start_beat, end_beat: first!.end_beat },
    })
    await pressAll(page, 'Tab', 'w')
    const why = page.getByRole('region', { name: 'Why this label' })
    await why.getByText(/^v1 reads bars/).waitFor()
    for (const { group, weight } of evidence)
      await why.getByRole('meter', { name: `${group}: ${weight > 0 ? 'for' : 'against'}` }).waitFor()
    const strongest = bars[2]!.evidence[0]!.group
    const speaking = bars.filter(({ evidence: spoke }) => spoke.find(({ group }) => group === strongest)!.weight > 0)
    await why
      .getByRole('img', { name: `${strongest}: for ${kind} in ${speaking.length} of ${bars.length} bars` })
      .waitFor()
    const told = why.getByRole('list', { name: 'What decided elsewhere in the track' }).getByRole('listitem')
    expect(await told.count()).toBe(elsewhere.length)
    if (elsewhere.length === 0) await why.getByText(NONE_DECIDES).waitFor()
    // The lane of the evidence ends where that of the labels begins; words stand in the first bar of a kind only.
    for (const { start_beat: start, probabilities } of bars.slice(2, 4)) {
      const likeliest = kinds[probabilities.indexOf(Math.max(...probabilities))]!
      expect(await desk.colourAt(page, start + 3, 53)).toBe(SECTION_COLOURS[likeliest])
    }
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.keyboard.press('w')
    await why.waitFor({ state: 'detached' })
  })

  test('J goes through all tracks before it comes to one again, and K leads back', async () => {
    /** @returns the track that it leads to, once its desk is there */
    const led = async (key: string): Promise<string> => {
      const before = await page.title()
      await page.keyboard.press(key)
      await expect.poll(async () => ['Desk – Algiers', before].includes(await page.title())).toBe(false)
      await waveformOf(page).focus()
      return trackIn(page)
    }
    const seen = [await led('j'), await led('j')]
    expect(seen.toSorted()).toEqual(bare.map(String).toSorted())
    expect([await led('k'), await led('k')]).toEqual([seen[0], String(desk.trackId)])
  })

  test(`a track is reviewed in at most ${MOST_KEYS} keys, from its opening to the next one`, async ({ annotate }) => {
    const [first, ...others] = await suggestions()
    expect(others.length).toBeGreaterThan(0)
    const before = page.url()
    // One is of another kind than was suggested, and is heard in a loop first; the others are right.
    const keys = ['Tab', 'Shift+Space', '7', 'Shift+Y', 'j']
    await pressAll(page, ...keys)
    await page.waitForURL((url) => url.href !== before)
    await desk.expectLabels(`chorus ${first!.start_beat}–${first!.end_beat}`, ...others.map(textOf))
    await annotate(`${keys.length} keys for ${others.length + 1} suggestions`)
    expect(keys.length).toBeLessThanOrEqual(MOST_KEYS)
  })

  test('where nothing is proposed J leads to tracks without labels', async () => {
    await desk.client.changeSettings({ body: { suggestion_min_confidence: 1 } })
    const before = page.url()
    await page.keyboard.press('j')
    await page.waitForURL((url) => url.href !== before)
    expect(bare.map(String)).toContain(trackIn(page))
    await desk.client.changeSettings({ body: { suggestion_min_confidence: 0 } })
  })

  test('Backspace rejects the selected one', async () => {
    const [first] = await suggestions()
    await pressAll(page, 'Tab', 'Backspace')
    await expect.poll(async () => (await suggestions()).map(({ id }) => id)).not.toContain(first!.id)
    await desk.expectLabels()
  })
})
