/** @file The parts of `npm run soak`, in the order in which they run, each with the limits that it must hold. */
import { availableParallelism, loadavg } from 'node:os'
import { answerTrial } from './answer-trial.ts'
import { bundleTrial } from './bundle-trial.ts'
import { cancelTrial } from './cancel-trial.ts'
import { catalogueScale } from './catalogue-scale.ts'
import { catalogueTrial } from './catalogue-trial.ts'
import { fullDiskTrial, readOnlyTrial } from './disk-trials.ts'
import { faultTrial } from './fault-trial.ts'
import { hugeLibraryTrial } from './huge-library-trial.ts'
import { runInteropTrial } from './interop-thread.ts'
import { type KillOptions, type KillReport, killTrials } from './kill-trials.ts'
import { tellLibrary } from './library-part.ts'
import { linkTrial } from './link-trial.ts'
import { listTrial } from './list-trial.ts'
import { memoryTrial } from './memory-trial.ts'
import { migrationTrial } from './migration-trial.ts'
import { canMount } from './mounted.ts'
import { mutationTrial } from './mutation-trial.ts'
import { oddFileTrial } from './odd-file-trial.ts'
import type { Outcome } from './outcome.ts'
import { placeTrial } from './place-trial.ts'
import { powerTrials } from './power-trials.ts'
import { queueTrial } from './queue-trial.ts'
import type { Report } from './report.ts'
import { scaleTrial } from './scale-trial.ts'
import { scanTrial } from './scan-trial.ts'
import { tellServer } from './server-part.ts'
import type { SoakCounts } from './soak-options.ts'
import { strangerTrial } from './stranger-trial.ts'
import { type Control, TRIAL_MODES } from './trial-protocol.ts'

type Counts = SoakCounts & { readonly keep: string | undefined }
type Part = {
  readonly name: string
  readonly what: string
  /** PostgreSQL is needed, so it runs only when asked for. */
  readonly ofCatalogue?: boolean
  readonly run: (counts: Counts, report: Report) => Promise<void>
}

/** A control that finds nothing in so many trials has shown that it cannot. */
const MOST_CONTROL_TRIALS = 40
const PAGE_LIMIT_MS = 50
const TURN_LIMIT_MS = 50
const SIMILAR_LIMIT_MS = 50
const CANCEL_LIMIT_MS = 1000
const INTEROP_LIMIT_MS = 2000
const INTEROP_MEMORY_LIMIT_MEGABYTES = 300
/** Twice as much takes twice as long; the rest is the collection of garbage. */
const MOST_GROWTH = 3.5
const MOST_TOLD = 10

type Run = (options: KillOptions) => Promise<KillReport>
type Named = { readonly name: string; readonly run: Run }

const tellTrials = async ({ name, run }: Named, trials: number, seed: number, report: Report): Promise<void> => {
  for (const mode of TRIAL_MODES) {
    const found = await run({ mode, trials: Math.ceil(trials / TRIAL_MODES.length), seed })
    const { acknowledged, midway, problems } = found
    const detail = `${found.trials} trials, seed ${seed}, ${acknowledged} acknowledged, ${midway} hit midway`
    report.expectThat(problems.length === 0, `${name}, ${mode}: ${detail}, ${problems.length} problems`)
    for (const problem of problems) report.tell(`     ${problem}`)
  }
}
const tellControl = async (
  { name, run }: Named,
  options: Pick<KillOptions, 'mode' | 'control' | 'seed'>,
  report: Report,
): Promise<void> => {
  const found = await run({ ...options, trials: MOST_CONTROL_TRIALS, untilFound: true })
  const what = `${name} without ${options.control}, ${options.mode}: ${found.problems[0] ?? 'nothing'} after ${found.trials} trials`
  report.expectThat(found.problems.length > 0, `control: ${what}`)
}
const without = (control: Control, seed: number): Pick<KillOptions, 'control' | 'seed'> => ({ control, seed })

const tellKills: Part['run'] = async ({ kill, seed }, report) => {
  const trials = { name: 'kill -9', run: killTrials }
  await tellTrials(trials, kill, seed, report)
  await tellControl(trials, { mode: 'labels', ...without('transactions', seed) }, report)
  await tellControl(trials, { mode: 'models', ...without('renaming', seed) }, report)
}

const tellPower: Part['run'] = async ({ power, seed }, report) => {
  if (!canMount()) return report.tell('skip power cuts: nothing can be mounted here')
  const trials = { name: 'power cut', run: powerTrials }
  await tellTrials(trials, power, seed, report)
  for (const mode of TRIAL_MODES) await tellControl(trials, { mode, ...without('syncing', seed) }, report)
}

const tellDisks: Part['run'] = async (_, report) => {
  if (!canMount()) return report.tell('skip full disks: nothing can be mounted here')
  for (const [name, run] of [
    ['full disk', fullDiskTrial],
    ['read-only disk', readOnlyTrial],
  ] as const) {
    const { codes, isStateIntact, worksAfterwards } = await run()
    const isRefused = Object.values(codes).every((code) => /^(?:STORAGE_|MODEL_EXPORT_FAILED|DATA_DIR_)/.test(code))
    report.expectThat(isRefused && isStateIntact && worksAfterwards, `${name}: ${JSON.stringify(codes)}`)
  }
}

const KNOWN_BUNDLE_CODES = ['BUNDLE_INVALID', 'BUNDLE_CHECKSUM_MISMATCH', 'INCOMPATIBLE_MODEL', 'taken']
const BUNDLE_LIMIT_MS = 5000

const tellBundles: Part['run'] = async (counts, report) => {
  const { bundles, codes, problems, slowestMs } = await bundleTrial(counts.bundles, counts.seed)
  const areKnown = Object.keys(codes).every((code) => KNOWN_BUNDLE_CODES.includes(code))
  report.expectThat(
    problems.length === 0 && areKnown && slowestMs <= BUNDLE_LIMIT_MS,
    `${bundles} changed model bundles, seed ${counts.seed}: ${JSON.stringify(codes)}, ${problems.length} neither refused nor answered, the slowest ${slowestMs.toFixed(0)} ms of processor time (limit ${BUNDLE_LIMIT_MS})`,
  )
  for (const problem of problems.slice(0, MOST_TOLD)) report.tell(`     ${problem}`)
}

const tellMutations: Part['run'] = async ({ mutate, seed }, report) => {
  const { files, analysed, codes, untold, slowestSeconds } = await mutationTrial(mutate, seed)
  const unknown = Object.keys(codes).filter((code) => !/^(?:AUDIO|BEATS|DECODER)_/.test(code))
  report.expectThat(
    untold.length === 0 && unknown.length === 0,
    `${files} damaged files: ${analysed} analysed, ${JSON.stringify(codes)}, ${untold.length} untold, longest pause ${slowestSeconds.toFixed(1)} s`,
  )
}

const tellCancels: Part['run'] = async ({ cancel, seed }, report) => {
  const { cancels, slowestMs, notCancelled } = await cancelTrial(cancel, seed)
  report.expectThat(
    slowestMs <= CANCEL_LIMIT_MS && notCancelled.length === 0,
    `${cancels} scans and trainings cancelled, the slowest in ${slowestMs.toFixed(0)} ms`,
  )
}

const tellList: Part['run'] = async (counts, report) => {
  const list = await listTrial(counts.list)
  const pageP99 = list.p99sMs[Math.floor(list.p99sMs.length / 2)]!
  const p99s = list.p99sMs.map((ms) => ms.toFixed(0)).join(', ')
  report.expectThat(
    pageP99 <= PAGE_LIMIT_MS,
    `a page of 100 of ${list.tracks} tracks: median ${list.medianMs.toFixed(1)} ms; p99 ${pageP99.toFixed(0)} ms (limit ${PAGE_LIMIT_MS}), the median of ${p99s}; max ${list.maxMs.toFixed(0)} ms; opened in ${list.openMs.toFixed(0)} ms`,
  )
  report.expectThat(
    list.similarMedianMs <= SIMILAR_LIMIT_MS,
    `the 20 most similar of ${list.tracks} tracks: median ${list.similarMedianMs.toFixed(1)} ms (limit ${SIMILAR_LIMIT_MS}), p99 ${list.similarP99Ms.toFixed(1)} ms`,
  )
}

const tellScan: Part['run'] = async ({ list }, report) => {
  const { files, tracks, scanSeconds, rescanSeconds, peakMegabytes } = await scanTrial(list)
  report.expectThat(
    tracks === files && scanSeconds <= 90 && (peakMegabytes ?? 0) <= 300 && rescanSeconds <= 3,
    `scan of ${files} small files: ${scanSeconds.toFixed(1)} s (limit 90), ${peakMegabytes?.toFixed(0) ?? 'unknown'} MB (300); unchanged again: ${rescanSeconds.toFixed(1)} s (3)`,
  )
}

const tellInterop: Part['run'] = async ({ interop, seed }, report) => {
  const megabytes = INTEROP_MEMORY_LIMIT_MEGABYTES
  const found = await runInteropTrial({ variants: interop, seed, megabytes }).catch((error: Error) => error)
  if (found instanceof Error) return report.expectThat(false, `damaged libraries of other programs: ${found.message}`)
  const { growths, problems, variants, read, refused, slowestMs } = found
  report.expectThat(
    problems.length === 0 && slowestMs <= INTEROP_LIMIT_MS,
    `${variants} damaged libraries of other programs, seed ${seed}: ${read} read, ${refused} refused, ${problems.length} problems, the slowest ${slowestMs.toFixed(0)} ms (limit ${INTEROP_LIMIT_MS}), within ${megabytes} MB`,
  )
  for (const problem of problems.slice(0, MOST_TOLD)) report.tell(`     ${problem}`)
  for (const { name, ratio, milliseconds } of growths)
    report.expectThat(
      ratio <= MOST_GROWTH,
      `${name}, twice as large: ${ratio.toFixed(1)} times as long (limit ${MOST_GROWTH}), ${milliseconds.toFixed(0)} ms`,
    )
  for await (const outcome of hugeLibraryTrial()) report.expectAll([outcome])
}

const tellAnswers: Part['run'] = async ({ answers }, report) => {
  for await (const { what, status, longestTurnMs } of answerTrial(answers))
    report.expectThat(
      status < 500 && longestTurnMs <= TURN_LIMIT_MS,
      `${what} (${answers} tracks, ${status}): others waited ${longestTurnMs.toFixed(0)} ms of processor time at most (limit ${TURN_LIMIT_MS})`,
    )
}

const tellOddFiles: Part['run'] = async (_, report) => {
  for await (const outcome of oddFileTrial()) report.expectAll([outcome])
}

/** Of a trial that finds a list of outcomes. */
const outcomesOf =
  (trial: (counts: Counts) => Promise<readonly Outcome[]>): Part['run'] =>
  async (counts, report) =>
    report.expectAll(await trial(counts))

const withLoad =
  (run: (counts: Counts, report: Report) => Promise<void>): Part['run'] =>
  async (counts, report) => {
    // Above the number of cores, others keep the machine busy beside the trial.
    report.tell(`load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores`)
    await run(counts, report)
  }

export const PARTS: readonly Part[] = [
  { name: 'kill', what: 'processes killed without warning lose nothing and leave nothing half done', run: tellKills },
  { name: 'power', what: 'after a power cut what was acknowledged is there', run: tellPower },
  { name: 'disks', what: 'full and read-only disks are told, and work goes on afterwards', run: tellDisks },
  { name: 'bundles', what: 'model bundles that somebody changed are refused or answer', run: tellBundles },
  { name: 'mutations', what: 'damaged sound files are each told what is wrong with them', run: tellMutations },
  { name: 'cancel', what: 'scans and trainings end within a second when they are cancelled', run: tellCancels },
  { name: 'list', what: 'pages of a long list, and the most similar tracks, come quickly', run: tellList },
  { name: 'scan', what: 'a scan of many small files, and the next one that finds nothing new', run: tellScan },
  { name: 'server', what: 'a server starts, answers while it analyses, and ends in time', run: withLoad(tellServer) },
  {
    name: 'interop',
    what: 'damaged and huge libraries of other DJ programs are read as far as they go',
    run: tellInterop,
  },
  { name: 'answers', what: 'no request keeps all others waiting', run: tellAnswers },
  { name: 'places', what: 'music and data in odd places, and clocks that are wrong', run: outcomesOf(placeTrial) },
  {
    name: 'odd-files',
    what: 'pipes, folders and devices where a file of the library should lie',
    run: tellOddFiles,
  },
  {
    name: 'links',
    what: 'a file swapped for a link while it is opened is never served',
    run: outcomesOf(({ links }) => linkTrial(links)),
  },
  {
    name: 'migrations',
    what: 'processes killed amid a migration tear nothing',
    run: outcomesOf(({ kill, seed }) => migrationTrial(kill, seed)),
  },
  {
    name: 'strangers',
    what: 'other pages, guessed tokens and floods of requests',
    run: outcomesOf(({ jobs }) => strangerTrial(jobs)),
  },
  { name: 'scale', what: 'a library of 100,000 tracks', run: outcomesOf(({ scale }) => scaleTrial(scale)) },
  {
    name: 'faults',
    what: 'damaged pages, files that go while they are used, floods, a six-hour file',
    run: outcomesOf(({ jobs }) => faultTrial(jobs)),
  },
  {
    name: 'jobs',
    what: 'ten thousand jobs that wait, and a start amid them',
    run: outcomesOf(({ jobs }) => queueTrial(jobs)),
  },
  {
    name: 'catalogue',
    what: 'workers and servers of a catalogue',
    ofCatalogue: true,
    run: outcomesOf(({ files }) => catalogueTrial(files)),
  },
  {
    name: 'catalogue-scale',
    what: 'a large catalogue',
    ofCatalogue: true,
    run: outcomesOf(({ scale, vectors, keep }) => catalogueScale([scale, vectors], keep)),
  },
  {
    name: 'memory',
    what: 'resident memory after many requests and trainings',
    run: outcomesOf(({ calls, trainings }) => memoryTrial(calls, trainings)),
  },
  { name: 'library', what: 'the life of a library: put in, analysed, taken out', run: withLoad(tellLibrary) },
]
