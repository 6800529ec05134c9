/** The graph in a real browser without a graphics card beside its targets. */
import type { Page } from 'playwright-core'
import { type BenchFigure, median } from '../speed/figures.ts'
import { PAGE_TRACKS } from './library.ts'
import { graphDrawn, moveGraph } from './probes.ts'

const VISITS = 3
const FRAMES = 90
/** One of ten energies each: a fifth of the library. */
const [MOVED_TRACKS, MOVED_FILTER] = [2000, '/library?energy_min=1&energy_max=2'] as const
const FRAME_SHARE = 0.95

type Visit = <Value>(use: (page: Page) => Promise<Value>) => Promise<Value>

const firstFrame = (address: string, visit: Visit): Promise<number> =>
  visit(async (page) => {
    await page.goto(`${address}/graph`)
    return (await page.evaluate(graphDrawn(PAGE_TRACKS))) as number
  })

/** Moved once its transitions are there. */
const movedFrames = (address: string, visit: Visit): Promise<readonly number[]> =>
  visit(async (page) => {
    await page.goto(address + MOVED_FILTER)
    await page.getByRole('row').nth(1).waitFor()
    await page.getByRole('link', { name: 'Graph' }).press('Enter')
    await page.getByRole('combobox', { name: 'Tracks' }).selectOption('list')
    await page.evaluate(graphDrawn(MOVED_TRACKS))
    await page.getByText(/\d good transitions\./).waitFor()
    await page.waitForLoadState('networkidle')
    return (await page.evaluate(moveGraph(FRAMES))) as readonly number[]
  })

export const benchGraph = async (address: string, visit: Visit): Promise<readonly BenchFigure[]> => {
  const first: number[] = []
  for (let count = 0; count < VISITS; count++) first.push(await firstFrame(address, visit))
  const frames = await movedFrames(address, visit)
  const sorted = frames.toSorted((one, other) => one - other)
  return [
    {
      measure: `first frame of the graph of ${PAGE_TRACKS} tracks`,
      value: median(first) / 1000,
      unit: 's',
      target: 2,
      note: `median of ${VISITS} new visits, drawn without a graphics card; transitions follow`,
    },
    {
      measure: `frame while a graph of ${MOVED_TRACKS} tracks is dragged and zoomed`,
      value: sorted[Math.floor(FRAME_SHARE * (sorted.length - 1))]!,
      unit: 'ms',
      target: 25,
      note: `95 of 100 frames take at most this, without a graphics card; median ${median(frames).toFixed(0)} ms`,
    },
  ]
}
