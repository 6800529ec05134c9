/** Classification from cached features, in this thread, once the code is warm; and cancelling an analysis. */

import { prepareTrack } from '../src/features/track-context.ts'
import { predictSpan, type SectionModel } from '../src/models/section-model.ts'
import { classifyTrack } from '../src/workers/classify-track.ts'
import { WorkerPool } from '../src/workers/worker-pool.ts'
import type { LongFile } from './bench-audio.ts'
import { type BenchFigure, median, timeOf } from './bench-figures.ts'

const MOST_TRACK_MILLISECONDS = 50
const MOST_SPAN_MILLISECONDS = 0.5
const MOST_CANCEL_MILLISECONDS = 1000
const RUNS = 20
const SPANS_A_RUN = 200
const SPAN_BEATS = 32
/** Of the time a whole analysis takes. */
const CANCEL_AT = [0.1, 0.3, 0.5, 0.7, 0.9] as const

const medianTime = async (work: () => unknown): Promise<number> => {
  await work()
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) times.push(await timeOf(work))
  return median(times)
}

const benchCancel = async (pool: WorkerPool, path: string, wholeMilliseconds: number): Promise<BenchFigure> => {
  const latencies: number[] = []
  for (const share of CANCEL_AT) {
    const cancellation = new AbortController()
    const running = pool.run('analyseFile', { path, grid: null }, { signal: cancellation.signal }).catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, share * wholeMilliseconds))
    latencies.push(
      await timeOf(() => {
        cancellation.abort()
        return running
      }),
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
    await pool.run('analyseFile', { path, grid: null })
    let analysis: Awaited<ReturnType<typeof pool.run<'analyseFile'>>> | null = null
    const whole = await timeOf(async () => {
      analysis = await pool.run('analyseFile', { path, grid: null })
    })
    const { features, grid } = analysis!
    const context = prepareTrack(features, grid)
    const spans = Array.from({ length: SPANS_A_RUN }, (_, n) => {
      const startBeat = (n * 7) % (features.beats - SPAN_BEATS)
      return { startBeat, endBeat: startBeat + SPAN_BEATS }
    })
    const trackTime = await medianTime(() => classifyTrack({ model, features, grid }))
    const spanTime = await medianTime(() => {
      for (const span of spans) predictSpan(model, context, span)
    })
    return [
      {
        measure: 'classification of a cached 5-minute track',
        value: trackTime,
        unit: 'ms',
        target: MOST_TRACK_MILLISECONDS,
        note: `${features.beats} beats, median of ${RUNS}`,
      },
      {
        measure: 'classification of one span',
        value: spanTime / SPANS_A_RUN,
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
