/** Classification from cached features, in this thread, once the code is warm; and cancelling an analysis. */

import { prepareTrack } from '../../src/core/features/track-context.ts'
import { predictSpan, type SectionModel } from '../../src/core/models/section-model.ts'
import { formInput } from '../../src/core/sections/form-input.ts'
import { analyseFile, type FileAnalysis } from '../../src/engine/analysis/analyse-file.ts'
import { openForm } from '../../src/platform/inference/open-form.ts'
import { SHIPPED_FORM } from '../../src/platform/inference/shipped-form.ts'
import { readSections } from '../../src/platform/workers/read-sections.ts'
import { WorkerPool } from '../../src/platform/workers/worker-pool.ts'
import type { LongFile } from './audio.ts'
import { type BenchFigure, type Cost, costOf, medianCost } from './figures.ts'

const MOST_TRACK_MILLISECONDS = 50
const MOST_FORM_MILLISECONDS = 20
const MOST_SPAN_MILLISECONDS = 0.5
const MOST_CANCEL_MILLISECONDS = 1000
const RUNS = 20
const SPANS_A_RUN = 200
const SPAN_BEATS = 32
/** Of the time a whole analysis takes. */
const CANCEL_AT = [0.1, 0.3, 0.5, 0.7, 0.9] as const

const typicalCost = async (work: () => unknown): Promise<Cost> => {
  await work()
  const costs: Cost[] = []
  for (let run = 0; run < RUNS; run++) costs.push(await costOf(work))
  return medianCost(costs)
}

const benchCancel = async (pool: WorkerPool, path: string, wholeMilliseconds: number): Promise<BenchFigure> => {
  const latencies: number[] = []
  for (const share of CANCEL_AT) {
    const cancellation = new AbortController()
    const running = analyseFile(pool, { path, grid: null }, { signal: cancellation.signal }).catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, share * wholeMilliseconds))
    latencies.push(
      (
        await costOf(() => {
          cancellation.abort()
          return running
        })
      ).wallMilliseconds,
    )
  }
  return {
    measure: 'cancelling an analysis',
    value: Math.max(...latencies),
    unit: 'ms',
    target: MOST_CANCEL_MILLISECONDS,
    note: `the slowest of ${CANCEL_AT.length} moments`,
  }
}

export const benchClassification = async ({ path }: LongFile, model: SectionModel): Promise<BenchFigure[]> => {
  const pool = new WorkerPool({ size: 1, lowPriority: false })
  try {
    await analyseFile(pool, { path, grid: null })
    let analysis: FileAnalysis | null = null
    const { wallMilliseconds: whole } = await costOf(async () => {
      analysis = await analyseFile(pool, { path, grid: null })
    })
    const { features, grid } = analysis!
    const context = prepareTrack(features, grid)
    const spans = Array.from({ length: SPANS_A_RUN }, (_, n) => {
      const startBeat = (n * 7) % (features.beats - SPAN_BEATS)
      return { startBeat, endBeat: startBeat + SPAN_BEATS }
    })
    const network = await openForm(SHIPPED_FORM)
    const form = await network.find(formInput(features, grid))
    const formTime = await typicalCost(() => network.find(formInput(features, grid)))
    await network.close()
    const trackTime = await typicalCost(() => readSections({ model, features, grid, form }))
    const spanTime = await typicalCost(() => {
      for (const span of spans) predictSpan(model, context, span)
    })
    return [
      {
        measure: 'classification of a cached 5-minute track',
        value: trackTime.wallMilliseconds,
        unit: 'ms',
        target: MOST_TRACK_MILLISECONDS,
        note: `${features.beats} beats; CPU ${trackTime.cpuMilliseconds.toFixed(0)} ms; median of ${RUNS}`,
      },
      {
        measure: 'form of a 5-minute track, once',
        value: formTime.wallMilliseconds,
        unit: 'ms',
        target: MOST_FORM_MILLISECONDS,
        note: `${network.provider}; its input included; CPU ${formTime.cpuMilliseconds.toFixed(0)} ms; kept with the features; median of ${RUNS}`,
      },
      {
        measure: 'classification of one span',
        value: spanTime.wallMilliseconds / SPANS_A_RUN,
        unit: 'ms',
        target: MOST_SPAN_MILLISECONDS,
        note: `${SPAN_BEATS} beats, of a prepared track`,
      },
      await benchCancel(pool, path, whole),
    ]
  } finally {
    await pool.close()
  }
}
