/** What the first file costs on a command line that has just been started: `algiers analyze FILE`. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BENCH_FOLDER, LONG_TRACK_SECONDS, type LongFile, type LongFiles } from './audio.ts'
import { type BenchFigure, median } from './figures.ts'
import { canTellProcessorTime } from './processor-time.ts'
import { type CommandCost, runCommand } from './run-command.ts'

const RUNS = 5
const MOST_SECONDS = 1.5

const figureOf = async ({ format, path }: LongFile, dataDir: string): Promise<BenchFigure> => {
  const costs: CommandCost[] = []
  for (let run = 0; run <= RUNS; run++) costs.push(await runCommand(dataDir, ['analyze', path]))
  // The first keeps the compiled code for the others.
  const measured = costs.slice(1)
  const wallSeconds = median(measured.map((cost) => cost.wallSeconds))
  return {
    measure: `algiers analyze, the first file, ${format}: processor time`,
    value: median(measured.map((cost) => cost.processorSeconds)),
    unit: 's',
    target: MOST_SECONDS,
    note: `${LONG_TRACK_SECONDS / 60} minutes, start and all processes included; ${wallSeconds.toFixed(2)} s on the clock; median of ${RUNS}`,
  }
}

export const benchColdAnalysis = async (files: LongFiles): Promise<readonly BenchFigure[]> => {
  if (!canTellProcessorTime()) return []
  const folder = await mkdtemp(join(BENCH_FOLDER, 'cold-'))
  const figures: BenchFigure[] = []
  try {
    for (const file of [files.WAV, files.FLAC, files.MP3])
      if (file !== null) figures.push(await figureOf(file, join(folder, 'data')))
    return figures
  } finally {
    await rm(folder, { recursive: true })
  }
}
