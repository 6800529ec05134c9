/** `npm run bench -- --help`: what things cost on this machine, in one run, beside their targets. Nothing leaves `.cache/bench/`. */
import { rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { BenchError, type BenchPart, HELP, readBenchOptions } from './bench-options.ts'
import { note } from './note.ts'
import { benchFiles, benchLibrary } from './speed/analysis.ts'
import { prepareLibrary, prepareLongFiles } from './speed/audio.ts'
import { benchClassification } from './speed/classification.ts'
import { benchColdAnalysis } from './speed/cold-analysis.ts'
import { type BenchFigure, benchTable } from './speed/figures.ts'
import { benchHearing } from './speed/hearing.ts'
import { benchMatching } from './speed/matching.ts'
import { benchOtherPrograms } from './speed/other-programs.ts'
import { benchScanCost } from './speed/scan-cost.ts'
import { benchSets } from './speed/sets.ts'
import { benchSimilar } from './speed/similar.ts'
import { benchTraining } from './speed/training.ts'

/** Scans beside ffmpeg, and first files of a command line. */
const benchCommands = async (): Promise<readonly BenchFigure[]> => {
  note('Preparing the audio (once) …')
  const files = await prepareLongFiles()
  note('Scanning, and decoding by ffmpeg …')
  const scans = await benchScanCost()
  note('First files of a command line …')
  return [...scans, ...(await benchColdAnalysis(files))]
}

const benchEngine = async (): Promise<readonly BenchFigure[]> => {
  const commands = await benchCommands()
  const files = await prepareLongFiles()
  note('Preparing a library (once) …')
  const library = await prepareLibrary(() => {})
  note('Analysing the library …')
  const analysed = await benchLibrary(library)
  try {
    note('Training …')
    const { model, figures: training } = await benchTraining(analysed.dataDir)
    note('Files to sections …')
    const perFile = await benchFiles(files, model)
    note('Hearing, and similar tracks …')
    const sounds = [...(await benchHearing()), ...(await benchSimilar())]
    note('Libraries of other programs …')
    const exchange = [...(await benchOtherPrograms()), ...(await benchMatching())]
    return [
      ...commands,
      ...perFile,
      ...analysed.figures,
      ...training,
      ...(await benchClassification(files.WAV!, model)),
      ...sounds,
      ...exchange,
    ]
  } finally {
    await rm(analysed.dataDir, { recursive: true })
  }
}

/** What is measured alone, by its option; a browser is loaded only where it is driven. */
const ALONE: Readonly<Record<BenchPart, (annealMinutes: number) => Promise<readonly BenchFigure[]>>> = {
  scan: benchCommands,
  page: async () => (await import('./page/page.ts')).benchPage(note),
  start: async () => (await import('./page/packaged-start.ts')).benchStart(note),
  sets: benchSets,
}

const tell = (figures: readonly BenchFigure[], json: boolean): void => {
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    /** Other programs' work makes every figure worse; over the number of cores they mean little. */
    loadAverage: loadavg()[1]!,
  }
  if (json) {
    process.stdout.write(`${JSON.stringify({ machine, figures }, null, 1)}\n`)
    return
  }
  const text = `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node.slice(1)}, load ${machine.loadAverage.toFixed(1)}`
  process.stdout.write(`${text}\n\n${benchTable(figures).join('\n')}\n`)
}

try {
  const options = readBenchOptions(process.argv.slice(2))
  if (options === null) process.stdout.write(`${HELP}\n`)
  else {
    const { part, annealMinutes, json } = options
    tell(part === null ? await benchEngine() : await ALONE[part](annealMinutes), json)
  }
} catch (error) {
  if (!(error instanceof BenchError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
