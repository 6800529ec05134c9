/**
 * `npm run bench [-- --json]`: what things cost on this machine, in one run, beside
 * their targets. Measured on generated audio; nothing leaves `.cache/bench/`.
 * `npm run bench -- --page`: the same for the page, in a browser.
 * `npm run bench -- --start`: from the click to the first rows, of the package for this machine that `npm run package` built.
 * `npm run bench -- --sets [--anneal MINUTES]`: how good and how quick sets are planned.
 */
import { rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { note } from './note.ts'
import { benchStart } from './page/packaged-start.ts'
import { benchPage } from './page/page.ts'
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

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    start: { type: 'boolean', default: false },
    sets: { type: 'boolean', default: false },
    anneal: { type: 'string', default: '1' },
  },
})

const benchEngine = async (): Promise<readonly BenchFigure[]> => {
  note('Preparing the audio (once) …')
  const files = await prepareLongFiles()
  const library = await prepareLibrary(() => {})
  note('Scanning, and decoding by ffmpeg …')
  const scans = await benchScanCost()
  note('First files of a command line …')
  const cold = await benchColdAnalysis(files)
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
      ...scans,
      ...cold,
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

const figures = values.page
  ? await benchPage(note)
  : values.start
    ? await benchStart(note)
    : values.sets
      ? await benchSets(Number(values.anneal))
      : await benchEngine()

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  /** Other programs' work makes every figure worse; over the number of cores they mean little. */
  loadAverage: loadavg()[1]!,
}
if (values.json) process.stdout.write(`${JSON.stringify({ machine, figures }, null, 1)}\n`)
else {
  const text = `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node.slice(1)}, load ${machine.loadAverage.toFixed(1)}`
  process.stdout.write(`${text}\n\n${benchTable(figures).join('\n')}\n`)
}
