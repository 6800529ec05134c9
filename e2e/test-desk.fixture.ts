import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { type RunningServer, startServer } from '../src/api/start-server.ts'
import { type App, openApp } from '../src/app.ts'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { beatsToSeconds } from '../src/core/beats/beat-grid.ts'
import { openStore, type Store } from '../src/platform/store/store.ts'
import { type OpenedPage, openPage } from './browser.fixture.ts'

type Place = 'sound' | 'labels'
/** How far up from the lower edge of the waveform. */
const HEIGHT_OF: Readonly<Record<Place, number>> = { sound: 150, labels: 36 }

type DragOptions = {
  /** @default 'sound' */
  readonly place?: Place
  /** Held down on the way. */
  readonly modifier?: 'Alt'
}

export type TestDesk = {
  readonly app: App
  readonly client: Client
  /** Of the track that was written. */
  readonly trackId: number
  /** Takes the server away, and gives it back at the same address; the library stays open. */
  readonly stopServing: () => Promise<void>
  readonly serveAgain: () => Promise<void>
  readonly open: (size?: Parameters<typeof openPage>[1]) => Promise<OpenedPage>
  readonly drag: (page: Page, from: number, to: number, options?: DragOptions) => Promise<void>
  /** Of the large waveform, at a beat and so far above its lower edge, in pixels: "#22c55e". */
  readonly colourAt: (page: Page, beat: number, up: number) => Promise<string>
  /** What the server holds is what the desk shows, as soon as it says so. */
  readonly expectLabels: (...wanted: readonly string[]) => Promise<void>
  readonly close: () => Promise<void>
}

export const waveformOf = (page: Page): Locator => page.getByRole('slider', { name: 'Waveform' })

export const pressAll = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

/**
 * A desk in a real browser over one track of 64 beats with sound, at 128 BPM from its first sample on.
 * @param fill adds to its library @param others names of tracks like it
 */
export const startTestDesk = async (
  fill: (store: Store) => void = () => {},
  others: readonly string[] = [],
): Promise<TestDesk> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-desk-'))
  for (const [index, name] of ['one', ...others].entries())
    writeTestTrack(join(folder, `${name}.wav`), { bpm: 128, seed: 1 + index, rootHz: 55 })
  const store = openStore(join(folder, 'data'))
  fill(store)
  store.close()
  const app = await openApp({ dataDir: join(folder, 'data') })
  await app.collection.addRoot(folder)
  await app.collection.scan()
  const serve = (port: number): Promise<RunningServer> =>
    startServer(app, { port, report: (bug) => expect.unreachable(String(bug)) })
  let server = await serve(0)
  const { address } = server
  const client = createClient(address)
  const trackId = (await app.collection.listTracks()).find(({ path }) => path?.endsWith('one.wav') === true)!.id

  /** Where a beat is while the whole track is shown. */
  const shareOf = async (beat: number): Promise<number> => {
    const { grid, durationSeconds } = await app.collection.track(String(trackId))
    return beatsToSeconds(grid!.grid, beat) / durationSeconds!
  }
  const pointOf = async (
    page: Page,
    beat: number,
    place: Place,
  ): Promise<{ readonly x: number; readonly y: number }> => {
    const { x, y, width, height } = (await waveformOf(page).boundingBox())!
    return { x: x + (await shareOf(beat)) * width, y: y + height - HEIGHT_OF[place] }
  }
  const labels = async (): Promise<readonly string[]> =>
    (await client.listLabels({ query: { track_id: trackId } })).map(
      ({ label_value, start_beat, end_beat }) => `${label_value} ${start_beat}–${end_beat}`,
    )
  return {
    app,
    client,
    trackId,
    stopServing: () => server.close(),
    serveAgain: async () => {
      server = await serve(Number(new URL(address).port))
    },
    open: async (size) => {
      const opened = await openPage(`${address}/desk/${trackId}`, size)
      await waveformOf(opened.page).waitFor()
      await opened.page.getByText('Saved', { exact: true }).waitFor()
      return opened
    },
    drag: async (page, from, to, { place = 'sound', modifier } = {}) => {
      const [start, end] = [await pointOf(page, from, place), await pointOf(page, to, place)]
      if (modifier) await page.keyboard.down(modifier)
      await page.mouse.move(start.x, start.y)
      await page.mouse.down()
      await page.mouse.move((start.x + end.x) / 2, end.y, { steps: 3 })
      await page.mouse.move(end.x, end.y, { steps: 3 })
      await page.mouse.up()
      if (modifier) await page.keyboard.up(modifier)
    },
    colourAt: async (page, beat, up) =>
      page.evaluate(`(() => {
        const canvas = document.querySelector('[aria-label=Waveform] canvas')
        const { width, height } = canvas.getBoundingClientRect()
        const [x, y] = [width * ${await shareOf(beat)}, height - ${up}].map((place) => Math.round(place * devicePixelRatio))
        const colour = canvas.getContext('2d').getImageData(x, y, 1, 1).data.slice(0, 3)
        return '#' + [...colour].map((part) => part.toString(16).padStart(2, '0')).join('')
      })()`),
    expectLabels: (...wanted) => expect.poll(labels).toEqual(wanted) as unknown as Promise<void>,
    close: async () => {
      await server.close()
      await app.close()
      rmSync(folder, { recursive: true })
    },
  }
}
