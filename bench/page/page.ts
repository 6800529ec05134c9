/** The page in a real browser against a real server beside its targets. Needs a browser on the PATH. */
import { type Browser, chromium, type Page } from 'playwright-core'
import { BROWSER_FLAGS, browserPath } from '../../e2e/browser.fixture.ts'
import { PATIENCE_MS } from '../../e2e/patience.fixture.ts'
import { type StartedCli, startAlgiers } from '../../src/cli/run-algiers.fixture.ts'
import { type BenchFigure, median } from '../speed/figures.ts'
import { MOST_SCRIPT_KILOBYTES, scriptKilobytes } from './bytes.ts'
import { benchGraph } from './graph.ts'
import { PAGE_TRACKS, type PageLibrary, preparePageLibrary } from './library.ts'
import { openTrack, scrollFrames, WATCH_FIRST_ROWS, zoomSteps } from './probes.ts'

const RUNS = 5
const ZOOM_STEPS = 40
const SCROLLED_FRAMES = 300
/** A frame that takes longer is long by the definition of the Long Animation Frames API, W3C draft, read 2026-11-23. */
const LONG_FRAME_MS = 50

const milliseconds = (value: number): string => `${value.toFixed(0)} ms`
const largest = (values: readonly number[]): number => Math.max(...values)

type Served = { readonly cli: StartedCli; readonly address: string }

const serve = async (dataDir: string): Promise<Served> => {
  const cli = startAlgiers(dataDir, ['serve', '--port', '0', '--no-open', '--json'])
  const line = await new Promise<string>((resolve, reject) => {
    cli.child.stdout!.once('data', (chunk: string) => resolve(chunk))
    cli.finished.then(({ stderr }) => reject(new Error(stderr)), reject)
  })
  return { cli, address: (JSON.parse(line) as { readonly address: string }).address }
}

const end = async ({ cli }: Served): Promise<void> => {
  cli.child.kill('SIGTERM')
  await cli.finished
}

/** As who comes for the first time: nothing is kept from another visit. */
const withFreshPage = async <Value>(browser: Browser, use: (page: Page) => Promise<Value>): Promise<Value> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    await page.addInitScript(WATCH_FIRST_ROWS)
    return await use(page)
  } finally {
    await context.close()
  }
}

const firstRows = async (page: Page, address: string): Promise<number> => {
  await page.goto(`${address}/library`)
  return (await page.evaluate('window.firstRows')) as number
}

/** @returns seconds from the start of the process to rows on the screen */
const startUp = async (browser: Browser, dataDir: string): Promise<number> => {
  const start = performance.now()
  const served = await serve(dataDir)
  try {
    await withFreshPage(browser, (page) => firstRows(page, served.address))
    return (performance.now() - start) / 1000
  } finally {
    await end(served)
  }
}

/** One after the other: they share the processor. */
const repeat = async <Value>(run: () => Promise<Value>): Promise<readonly Value[]> => {
  const values: Value[] = []
  for (let count = 0; count < RUNS; count++) values.push(await run())
  return values
}

const seconds = (measure: string, values: readonly number[], target: number, of = 'new visits'): BenchFigure => ({
  measure,
  value: median(values),
  unit: 's',
  target,
  note: `median of ${values.length} ${of}, the slowest ${largest(values).toFixed(2)} s`,
})

const benchTable = async (browser: Browser, address: string): Promise<readonly BenchFigure[]> => {
  const rows = await repeat(() => withFreshPage(browser, (page) => firstRows(page, address)))
  const frames = await withFreshPage(browser, async (page) => {
    await firstRows(page, address)
    return (await page.evaluate(scrollFrames(SCROLLED_FRAMES))) as readonly number[]
  })
  const long = frames.filter((took) => took > LONG_FRAME_MS).length
  return [
    seconds(
      `first table paint with ${PAGE_TRACKS} tracks`,
      rows.map((took) => took / 1000),
      1,
    ),
    {
      measure: 'longest frame while the table is scrolled',
      value: largest(frames),
      unit: 'ms',
      target: LONG_FRAME_MS,
      note: `${frames.length} frames of four rows each: median ${milliseconds(median(frames))}, ${long} over ${LONG_FRAME_MS} ms`,
    },
  ]
}

const benchDesk = async (browser: Browser, address: string, trackId: number): Promise<readonly BenchFigure[]> => {
  const visit = (): Promise<{ readonly opened: number; readonly zoomed: readonly number[] }> =>
    withFreshPage(browser, async (page) => {
      await page.goto(`${address}/training`)
      await page.getByText('What to label next').waitFor()
      await page.waitForLoadState('networkidle')
      const opened = (await page.evaluate(openTrack(trackId))) as number
      const zoomed = (await page.evaluate(zoomSteps(ZOOM_STEPS))) as readonly number[]
      return { opened, zoomed }
    })
  const visits = await repeat(visit)
  const zoomed = visits.flatMap(({ zoomed }) => zoomed)
  return [
    seconds(
      'whole waveform of a 10-minute track shown',
      visits.map(({ opened }) => opened / 1000),
      0.3,
    ),
    {
      measure: 'zoom step of it',
      value: largest(zoomed),
      unit: 'ms',
      target: 100,
      note: `the slowest of ${zoomed.length}, to the frame after the one painted; median ${milliseconds(median(zoomed))}`,
    },
  ]
}

const benchBytes = (): readonly BenchFigure[] => {
  const { initial, all } = scriptKilobytes()
  const note = `gzip; ${all.toFixed(0)} kB with all other screens`
  return [{ measure: 'scripts of the first screen', value: initial, unit: 'kB', target: MOST_SCRIPT_KILOBYTES, note }]
}

const measure = async (browser: Browser, { dataDir, longTrackId }: PageLibrary): Promise<readonly BenchFigure[]> => {
  const starts = await repeat(() => startUp(browser, dataDir))
  const served = await serve(dataDir)
  try {
    const table = await benchTable(browser, served.address)
    const desk = await benchDesk(browser, served.address, longTrackId)
    const graph = await benchGraph(served.address, (use) => withFreshPage(browser, use))
    const first = seconds('algiers serve to the first rows', starts, 2, 'new processes')
    return [first, ...table, ...desk, ...graph, ...benchBytes()]
  } finally {
    await end(served)
  }
}

export const benchPage = async (say: (text: string) => void): Promise<readonly BenchFigure[]> => {
  if (browserPath === undefined) throw new Error('No browser was found on the PATH: install chromium.')
  say(`Preparing a library of ${PAGE_TRACKS} tracks …`)
  const library = await preparePageLibrary()
  say('Looking at the page …')
  const browser = await chromium.launch({ executablePath: browserPath, headless: true, args: [...BROWSER_FLAGS] })
  try {
    return await measure(browser, library)
  } finally {
    await browser.close()
  }
}
