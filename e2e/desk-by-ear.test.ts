import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { browserPath, type OpenedPage } from './browser.fixture.ts'
import { pressAll, startTestDesk, type TestDesk, waveformOf } from './test-desk.fixture.ts'

const SECONDS_PER_BEAT = 60 / 128

let desk: TestDesk
let opened: OpenedPage
let page: Page

beforeAll(async () => {
  desk = await startTestDesk()
})
afterAll(() => desk.close())

/** Every place of the playhead, in seconds, that the page tells from now on. */
const listen = (): Promise<void> =>
  page.evaluate(`(() => {
    const waveform = document.querySelector('[role=slider][aria-label=Waveform]')
    const heard = (globalThis.heardPlaces = [])
    new MutationObserver(() => heard.push(waveform.getAttribute('aria-valuetext'))).observe(waveform, {
      attributeFilter: ['aria-valuetext'],
    })
  })()`)
const heardSeconds = async (): Promise<readonly number[]> => {
  const places = (await page.evaluate('globalThis.heardPlaces')) as readonly string[]
  return places.map((words) => {
    const [, minutes, seconds] = /(\d+):(\d+)/.exec(words)!
    return Number(minutes) * 60 + Number(seconds)
  })
}
const playing = (): ReturnType<Page['getByRole']> => page.getByRole('button', { name: 'Pause' })
const still = (): ReturnType<Page['getByRole']> => page.getByRole('button', { name: 'Play', exact: true })
const shownSeconds = async (): Promise<number> => Number(await waveformOf(page).getAttribute('aria-valuenow'))

describe.skipIf(browserPath === undefined)('the desk by ear', () => {
  beforeEach(async () => {
    await desk.client.replaceLabels({
      params: { id: desk.trackId },
      body: { labels: [{ label_value: 'drop', start_beat: 16, end_beat: 32 }] },
    })
    opened = await desk.open()
    ;({ page } = opened)
    await waveformOf(page).focus()
    return async () => {
      expect(opened.complaints).toEqual([])
      await opened.close()
    }
  })

  test('after an edge was moved by key, two beats on either side of it play by themselves', async () => {
    await page.keyboard.press('ArrowDown')
    await listen()
    await page.keyboard.press('Alt+]')
    await playing().waitFor()
    await still().waitFor()
    const [from, to] = [31 * SECONDS_PER_BEAT, 35 * SECONDS_PER_BEAT]
    // The place of the label that was selected may be told only now.
    const heard = (await heardSeconds()).filter((second) => second !== Math.floor(16 * SECONDS_PER_BEAT))
    expect(Math.min(...heard)).toBeGreaterThanOrEqual(Math.floor(from))
    expect(await shownSeconds()).toBeGreaterThanOrEqual(Math.floor(to))
    // Where a slow machine draws a frame late it stops late, but not at the end of the track.
    expect(await shownSeconds()).toBeLessThan(to + 5)
    await page.keyboard.press('Control+z')
    await desk.expectLabels('drop 16–32')
  })

  test('while an edge is heard a digit still names the section, and going elsewhere ends the hearing', async () => {
    await pressAll(page, 'ArrowDown', 'Alt+]')
    await playing().waitFor()
    await page.keyboard.press('4')
    await desk.expectLabels('break 16–33')
    await pressAll(page, 'Alt+]', 'ArrowLeft')
    await still().waitFor()
    await pressAll(page, '3', 'Shift+Alt+]', 'Shift+Alt+]')
    await desk.expectLabels('drop 16–32')
  })

  test('the selected section plays again and again, until the loop is switched off', async () => {
    await page.keyboard.press('ArrowDown')
    await listen()
    await page.keyboard.press('Shift+Space')
    await playing().waitFor()
    await page.getByRole('button', { name: 'Loop', pressed: true }).waitFor()
    const turns = async (): Promise<number> => {
      const heard = await heardSeconds()
      return heard.filter((second, at) => at > 0 && second < heard[at - 1]!).length
    }
    await expect.poll(turns).toBe(1)
    await page.keyboard.press('l')
    await page.getByRole('button', { name: 'Loop', pressed: false }).waitFor()
    await expect.poll(shownSeconds).toBeGreaterThan(32 * SECONDS_PER_BEAT + 1)
    expect(await turns()).toBe(1)
  })

  test('while it plays the view goes along, and stays where one has scrolled to', async () => {
    await pressAll(page, 'ArrowDown', 'z', 'Control+ArrowRight')
    await expect.poll(shownSeconds).toBeGreaterThan(47 * SECONDS_PER_BEAT)
    /** Where it is drawn, in percent of the view. */
    const place = (): Promise<number> =>
      waveformOf(page)
        .locator('div')
        .last()
        .evaluate((line) => Number.parseFloat((line as unknown as { style: { left: string } }).style.left))
    // A section of 16 beats fills the view: the end of it comes within seconds.
    await page.keyboard.press('Control+ArrowLeft')
    await expect.poll(shownSeconds).toBeLessThan(18 * SECONDS_PER_BEAT)
    await page.keyboard.press('Space')
    await expect.poll(shownSeconds).toBeGreaterThan(33 * SECONDS_PER_BEAT)
    await expect.poll(place).toBeLessThan(90)
    const scrollBack = async (): Promise<number> => {
      await waveformOf(page).hover({ position: { x: 600, y: 100 } })
      await page.keyboard.down('Shift')
      await page.mouse.wheel(0, -3000)
      await page.keyboard.up('Shift')
      return place()
    }
    await expect.poll(scrollBack).toBeGreaterThan(130)
    const then = await shownSeconds()
    await expect.poll(shownSeconds).toBeGreaterThan(then + 1)
    expect(await place()).toBeGreaterThan(130)
  })

  test('the click falls on the beats of the grid, the first of a bar higher', async () => {
    await page.evaluate(`(() => {
      const clicks = (globalThis.clicks = [])
      const play = HTMLMediaElement.prototype.play
      HTMLMediaElement.prototype.play = function () {
        globalThis.heardElement = this
        return play.call(this)
      }
      const start = OscillatorNode.prototype.start
      OscillatorNode.prototype.start = function (at) {
        const ahead = at - this.context.currentTime
        clicks.push([globalThis.heardElement.currentTime + ahead, this.frequency.value])
        return start.call(this, at)
      }
    })()`)
    await pressAll(page, 'c', 'Space')
    await page.getByRole('button', { name: 'Click', pressed: true }).waitFor()
    const clicks = (): Promise<readonly (readonly [number, number])[]> => page.evaluate('globalThis.clicks')
    await expect.poll(async () => (await clicks()).length).toBeGreaterThan(8)
    const heard = await clicks()
    const { grid } = (await desk.client.track({ params: { id: desk.trackId } })).grid!
    const beats = heard.map(([seconds]) => seconds / SECONDS_PER_BEAT)
    // Within a tenth of a beat; the first may have been late when it was switched on.
    for (const beat of beats.slice(1)) expect(Math.abs(beat - Math.round(beat))).toBeLessThan(0.1)
    for (const [at, [, pitch]] of heard.entries())
      if (at > 0) expect(pitch > 1500).toBe((Math.round(beats[at]!) - grid.first_downbeat) % 4 === 0)
    const rounded = beats.map((beat) => Math.round(beat))
    expect(new Set(rounded).size).toBe(rounded.length)
    await page.keyboard.press('Space')
  })

  test('keys of a section are tapped while it plays', async () => {
    await page.keyboard.press('Escape')
    await pressAll(page, 'Control+ArrowRight', 'Shift+ArrowRight', '1', 'Space')
    await playing().waitFor()
    await expect.poll(shownSeconds).toBeGreaterThan(46 * SECONDS_PER_BEAT)
    await pressAll(page, '5')
    await page.getByText(/outro since bar \d+/).waitFor()
    await expect.poll(shownSeconds).toBeGreaterThan(54 * SECONDS_PER_BEAT)
    await pressAll(page, 'Enter', 'Space')
    const kinds = async (): Promise<readonly string[]> =>
      (await desk.client.listLabels({ query: { track_id: desk.trackId } })).map(({ label_value }) => label_value)
    await expect.poll(kinds).toEqual(['drop', 'intro', 'outro'])
    const [, intro, outro] = await desk.client.listLabels({ query: { track_id: desk.trackId } })
    expect([intro!.start_beat, intro!.end_beat - outro!.start_beat]).toEqual([36, 0])
  })
})
