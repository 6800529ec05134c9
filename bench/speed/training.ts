/** Training time, memory and cancellation at three sizes, and the size of the model file. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { decodeOnnx } from '../../src/core/models/onnx-decode.ts'
import type { SectionModel } from '../../src/core/models/section-model.ts'
import { BENCH_FOLDER } from './audio.ts'
import { type BenchFigure, median } from './figures.ts'
import type { TrainingCost } from './training-child.ts'

/** The targets: labels and the seconds they may take. */
const SIZES = [
  { labels: 100, mostSeconds: 1 },
  { labels: 500, mostSeconds: 3 },
  { labels: 1000, mostSeconds: 5 },
] as const
const MOST_MEGABYTES = 300
const MOST_MODEL_MEGABYTES = 2
const MOST_CANCEL_MILLISECONDS = 1000
const RUNS = 3
const MEGABYTE = 2 ** 20
const MODEL_PATH = join(BENCH_FOLDER, 'model.onnx')

const trainOnce = async (dataDir: string, labels: number, isLast: boolean): Promise<TrainingCost> => {
  const child = join(import.meta.dirname, 'training-child.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    child,
    dataDir,
    String(labels),
    ...(isLast ? [MODEL_PATH] : []),
  ])
  return JSON.parse(stdout) as TrainingCost
}

const figuresOf = (runs: readonly TrainingCost[], mostSeconds: number): BenchFigure[] => {
  const { labels, tracks } = runs[0]!
  const cpuSeconds = median(runs.map(({ cpuMilliseconds }) => cpuMilliseconds)) / 1000
  return [
    {
      measure: `training on ${labels} labels from cached features`,
      value: median(runs.map(({ milliseconds }) => milliseconds)) / 1000,
      unit: 's',
      target: mostSeconds,
      note: `${tracks} tracks, scoreboard included; CPU ${cpuSeconds.toFixed(2)} s; median of ${runs.length} new processes`,
    },
    {
      measure: `peak memory of it, above what was held before`,
      value: Math.max(...runs.map(({ peakBytes }) => peakBytes)) / MEGABYTE,
      unit: 'MB',
      target: MOST_MEGABYTES,
      note: 'highest resident memory of the process',
    },
  ]
}

export type BenchTraining = { readonly model: SectionModel; readonly figures: readonly BenchFigure[] }

export const benchTraining = async (dataDir: string): Promise<BenchTraining> => {
  const figures: BenchFigure[] = []
  const all: TrainingCost[] = []
  for (const { labels, mostSeconds } of SIZES) {
    const runs: TrainingCost[] = []
    for (let run = 0; run < RUNS; run++) runs.push(await trainOnce(dataDir, labels, run === RUNS - 1))
    figures.push(...figuresOf(runs, mostSeconds))
    all.push(...runs)
  }
  figures.push(
    {
      measure: 'cancelling a training',
      value: Math.max(...all.flatMap(({ cancelMilliseconds }) => cancelMilliseconds ?? [])),
      unit: 'ms',
      target: MOST_CANCEL_MILLISECONDS,
      note: 'the slowest of several moments, at every size',
    },
    {
      measure: 'model file',
      value: Math.max(...all.map(({ modelBytes }) => modelBytes)) / MEGABYTE,
      unit: 'MB',
      target: MOST_MODEL_MEGABYTES,
      note: 'ONNX, the largest of all',
    },
  )
  return { model: decodeOnnx(new Uint8Array(await readFile(MODEL_PATH))), figures }
}
