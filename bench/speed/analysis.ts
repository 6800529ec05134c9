/** From files to sections: one file against ffmpeg's own decoding of it, and a library on two workers. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openApp } from '../../src/app.ts'
import type { SectionModel } from '../../src/core/models/section-model.ts'
import { analyseFile } from '../../src/engine/analysis/analyse-file.ts'
import { findFfmpeg } from '../../src/platform/decoding/find-ffmpeg.ts'
import { WorkerPool } from '../../src/platform/workers/worker-pool.ts'
import { BENCH_FOLDER, LIBRARY_TRACKS, type LongFile, type LongFiles } from './audio.ts'
import { type BenchFigure, type Cost, costOf, medianCost } from './figures.ts'

const RUNS = 5
/** Before what is measured, as in a library of thousands: threads compile for speed what they run often. The first is told as well. */
const WARM_UP_RUNS = 8
const WORKERS = 2
/** The target: the ratio to `ffmpeg -i file -f null -`. */
const MOST_TIMES_FFMPEG = 4

type Alternation = { readonly ours: Cost; readonly theirs: Cost; readonly first: Cost }

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`

const toSections = async (pool: WorkerPool, path: string, model: SectionModel): Promise<void> => {
  const { features, grid } = await analyseFile(pool, { path, grid: null })
  const form = await pool.run('findForm', { features, grid })
  await pool.run('readSections', { model, features, grid, form })
}

/** Both take turns, so that a busy moment of the machine meets both; ours has warmed up. */
const alternate = async (ours: () => Promise<void>, theirs: () => Promise<unknown>): Promise<Alternation> => {
  const first = await costOf(ours)
  for (let run = 1; run < WARM_UP_RUNS; run++) await ours()
  const mine: Cost[] = []
  const others: Cost[] = []
  for (let run = 0; run < RUNS; run++) {
    others.push(await costOf(theirs))
    mine.push(await costOf(ours))
  }
  return { ours: medianCost(mine), theirs: medianCost(others), first }
}

const notMeasured = (measure: string, note: string): BenchFigure => ({
  measure,
  value: null,
  unit: 'times',
  target: MOST_TIMES_FFMPEG,
  note,
})

const measureFile = async (
  file: LongFile,
  { model, decoder }: { readonly model: SectionModel; readonly decoder: 'auto' | 'builtin' },
): Promise<BenchFigure> => {
  const ffmpeg = findFfmpeg()!
  const path = process.env.PATH
  // A thread takes the environment it is started in: without ffmpeg on the PATH the built-in decoders work.
  if (decoder === 'builtin') process.env.PATH = ''
  const pool = new WorkerPool({ size: WORKERS, lowPriority: false })
  try {
    const decode = (): Promise<unknown> =>
      promisify(execFile)(ffmpeg, ['-v', 'error', '-nostdin', '-i', file.path, '-f', 'null', '-'])
    const { ours, theirs, first } = await alternate(() => toSections(pool, file.path, model), decode)
    return {
      measure: `5 min ${file.format} → sections, ÷ ffmpeg to null${decoder === 'builtin' ? ', built-in decoder' : ''}`,
      value: ours.wallMilliseconds / theirs.wallMilliseconds,
      unit: 'times',
      target: decoder === 'auto' ? MOST_TIMES_FFMPEG : null,
      note: `${seconds(ours.wallMilliseconds)} (first ${seconds(first.wallMilliseconds)}, CPU ${seconds(ours.cpuMilliseconds)}), ffmpeg ${seconds(theirs.wallMilliseconds)}`,
    }
  } finally {
    process.env.PATH = path
    await pool.close()
  }
}

export const benchFiles = async (files: LongFiles, model: SectionModel): Promise<BenchFigure[]> => {
  const figures: BenchFigure[] = []
  for (const format of ['WAV', 'FLAC', 'MP3'] as const) {
    const file = files[format]
    const measure = `5 min ${format} → sections, ÷ ffmpeg to null`
    if (findFfmpeg() === null) figures.push(notMeasured(measure, 'no ffmpeg on the PATH'))
    else if (file === null) figures.push(notMeasured(measure, 'this ffmpeg cannot encode the format'))
    else {
      figures.push(await measureFile(file, { model, decoder: 'auto' }))
      // WAV is always read by ourselves.
      if (format !== 'WAV') figures.push(await measureFile(file, { model, decoder: 'builtin' }))
    }
  }
  return figures
}

export type BenchLibrary = { readonly dataDir: string; readonly figures: readonly BenchFigure[] }

/** Scans and analyses the demo library into a fresh data directory, and takes its labels. */
export const benchLibrary = async (library: { folder: string; truth: string[] }): Promise<BenchLibrary> => {
  const dataDir = await mkdtemp(join(BENCH_FOLDER, 'data-'))
  try {
    const first = await openApp({ dataDir })
    await first.upkeep.settings.change({ workers: WORKERS })
    await first.close()
    const app = await openApp({ dataDir })
    await app.collection.addRoot(library.folder)
    const { wallMilliseconds, cpuMilliseconds } = await costOf(async () => {
      const { analysed, failures } = await app.collection.scan()
      if (analysed !== LIBRARY_TRACKS)
        throw new Error(`Only ${analysed} tracks were analysed: ${failures[0]?.error.detail}`)
    })
    const tracks = await app.collection.listTracks()
    const minutes = tracks.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0) / 60
    await app.exchange.import(library.truth)
    await app.close()
    const note = `${minutes.toFixed(0)} minutes of audio: ${((minutes * 60_000) / wallMilliseconds).toFixed(0)} × real time, CPU ${seconds(cpuMilliseconds)}`
    const measure = `scan and analysis of ${LIBRARY_TRACKS} tracks on ${WORKERS} workers`
    return { dataDir, figures: [{ measure, value: wallMilliseconds / 1000, unit: 's', target: null, note }] }
  } catch (error) {
    await rm(dataDir, { recursive: true })
    throw error
  }
}
