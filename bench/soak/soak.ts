/**
 * `npm run soak -- [--kill 200] [--power 100] [--cancel 20] [--mutate 2000] [--bundles 20000] [--list 10000] [--library 3000] [--interop 20000] [--links 10000]
 * [--answers 10000] [--jobs 10000] [--scale 100000] [--calls 2000] [--trainings 20]`: long trials of what must never be lost. What protects is taken away in control runs: a trial that
 * cannot fail proves nothing. `--only library` is the life of a library alone: so many files put in, their first sections awaited, and taken out again.
 * `--only interop` is damaged libraries of other DJ programs alone, `--only bundles` changed model bundles, `--only answers` how long a request keeps
 * all others waiting, `--only places`, `links`, `migrations`, `strangers`, `scale`, `memory`, `jobs` and `faults` are each of the shorter trials alone.
 * `--catalogue [--files 2000] [--scale 100000] [--vectors 1000000]` is workers and servers of a catalogue on PostgreSQL, half of it each with
 * `--only catalogue` and `--only catalogue-scale`. What the latter builds stays in the folder that `--keep` names, and is only measured the next time.
 */
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { answerTrial } from './answer-trial.ts'
import { bundleTrial } from './bundle-trial.ts'
import { cancelTrial } from './cancel-trial.ts'
import { catalogueScale } from './catalogue-scale.ts'
import { catalogueTrial } from './catalogue-trial.ts'
import { fullDiskTrial, readOnlyTrial } from './disk-trials.ts'
import { faultTrial } from './fault-trial.ts'
import { runInteropTrial } from './interop-thread.ts'
import { type KillOptions, type KillReport, killTrials } from './kill-trials.ts'
import { libraryTrial } from './library-trial.ts'
import { linkTrial } from './link-trial.ts'
import { listTrial } from './list-trial.ts'
import { memoryTrial } from './memory-trial.ts'
import { migrationTrial } from './migration-trial.ts'
import { canMount } from './mounted.ts'
import { mutationTrial } from './mutation-trial.ts'
import type { Outcome } from './outcome.ts'
import { placeTrial } from './place-trial.ts'
import { powerTrials } from './power-trials.ts'
import { queueTrial } from './queue-trial.ts'
import { scaleTrial } from './scale-trial.ts'
import { scanTrial } from './scan-trial.ts'
import { type ServerReport, serverTrial } from './server-trial.ts'
import { strangerTrial } from './stranger-trial.ts'
import { type Control, TRIAL_MODES } from './trial-protocol.ts'

const { values } = parseArgs({
  options: {
    answers: { type: 'string', default: '10000' },
    calls: { type: 'string', default: '2000' },
    catalogue: { type: 'boolean', default: false },
    files: { type: 'string', default: '2000' },
    vectors: { type: 'string', default: '1000000' },
    trainings: { type: 'string', default: '20' },
    jobs: { type: 'string', default: '10000' },
    links: { type: 'string', default: '10000' },
    keep: { type: 'string' },
    kill: { type: 'string', default: '40' },
    power: { type: 'string', default: '20' },
    cancel: { type: 'string', default: '20' },
    interop: { type: 'string', default: '20000' },
    library: { type: 'string', default: '3000' },
    list: { type: 'string', default: '10000' },
    only: { type: 'string' },
    mutate: { type: 'string', default: '500' },
    scale: { type: 'string', default: '100000' },
    bundles: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
})
const seed = Number(values.seed)
/** A control that finds nothing in so many trials has shown that it cannot. */
const MOST_CONTROL_TRIALS = 40
const PAGE_LIMIT_MS = 50
const TURN_LIMIT_MS = 50
const SIMILAR_LIMIT_MS = 50
const CANCEL_LIMIT_MS = 1000
const SERVER_ROUNDS = 3
const FIRST_SECTIONS_LIMIT_SECONDS = 60
const FIRST_TABLE_LIMIT_MS = 500
const LONGEST_TASK_LIMIT_MS = 200
/** Four jobs at once tell of their progress ten times a second at most, and each track of two things. */
const EVENTS_LIMIT_A_SECOND = 50
const IDLE_LIMIT = 0.05
const LIBRARY_MEMORY_LIMIT_MEGABYTES = 500
const INTEROP_LIMIT_MS = 2000
const INTEROP_MEMORY_LIMIT_MEGABYTES = 300
/** Twice as much takes twice as long; the rest is the collection of garbage. */
const MOST_GROWTH = 3.5
const MOST_TOLD = 10

const failures: string[] = []
const tell = (line: string): void => void process.stdout.write(`${line}\n`)
const expectThat = (holds: boolean, what: string): void => {
  if (!holds) failures.push(what)
  tell(`${holds ? 'ok  ' : 'FAIL'} ${what}`)
}

type Run = (options: KillOptions) => Promise<KillReport>

const runTrials = async (name: string, run: Run, trials: number): Promise<void> => {
  for (const mode of TRIAL_MODES) {
    const report = await run({ mode, trials: Math.ceil(trials / TRIAL_MODES.length), seed })
    const { acknowledged, midway, problems } = report
    const detail = `${report.trials} trials, seed ${seed}, ${acknowledged} acknowledged, ${midway} hit midway`
    expectThat(problems.length === 0, `${name}, ${mode}: ${detail}, ${problems.length} problems`)
    for (const problem of problems) tell(`     ${problem}`)
  }
}

const runControl = async (name: string, run: Run, options: Pick<KillOptions, 'mode' | 'control'>): Promise<void> => {
  const report = await run({ ...options, trials: MOST_CONTROL_TRIALS, seed, untilFound: true })
  const what = `${name} without ${options.control}, ${options.mode}: ${report.problems[0] ?? 'nothing'} after ${report.trials} trials`
  expectThat(report.problems.length > 0, `control: ${what}`)
}

const without = (control: Control): Pick<KillOptions, 'control'> => ({ control })

const tellLibrary = async (): Promise<void> => {
  const life = await libraryTrial(Number(values.library))
  const { longestTaskMs: tasks, firstPaintMs: paint, idleShare } = life
  tell(`load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores`)
  expectThat(
    life.firstSectionsSeconds <= FIRST_SECTIONS_LIMIT_SECONDS,
    `${life.files} files put in: sections of the first ten after ${life.firstSectionsSeconds.toFixed(1)} s (limit ${FIRST_SECTIONS_LIMIT_SECONDS}), all listed after ${life.listedSeconds.toFixed(1)} s`,
  )
  expectThat(
    life.firstTableMs <= FIRST_TABLE_LIMIT_MS && (paint ?? 0) <= FIRST_TABLE_LIMIT_MS,
    `the first table while they are analysed: ${life.firstTableMs.toFixed(0)} ms, ${paint === null ? 'not painted, for want of a browser' : `painted in a browser after ${paint.toFixed(0)} ms`} (limit ${FIRST_TABLE_LIMIT_MS})`,
  )
  if (tasks)
    expectThat(
      tasks.takingOut <= LONGEST_TASK_LIMIT_MS && tasks.analysing <= LONGEST_TASK_LIMIT_MS,
      `longest task of the page: ${tasks.analysing.toFixed(0)} ms while they are analysed, ${tasks.takingOut.toFixed(0)} ms while the folder is taken out (limit ${LONGEST_TASK_LIMIT_MS})`,
    )
  expectThat(
    life.eventsASecond <= EVENTS_LIMIT_A_SECOND,
    `events while they are analysed: ${life.eventsASecond.toFixed(1)} a second (limit ${EVENTS_LIMIT_A_SECOND})`,
  )
  const idle = idleShare === null ? 'unknown' : `${(100 * idleShare).toFixed(1)} %`
  expectThat(
    (idleShare ?? 0) <= IDLE_LIMIT,
    `at rest, all folders watched: ${idle} of a processor (limit ${100 * IDLE_LIMIT} %)`,
  )
  expectThat(
    (life.peakMegabytes ?? 0) <= LIBRARY_MEMORY_LIMIT_MEGABYTES,
    `${life.peakMegabytes?.toFixed(0) ?? 'unknown'} MB at most (limit ${LIBRARY_MEMORY_LIMIT_MEGABYTES}); the most of each part: ${life.memoryParts}`,
  )
  const left = Object.entries(life.leftBehind).map(([what, count]) => `${count} ${what}`)
  expectThat(
    left.length === 0 && life.similarGone === 0,
    `taken out amid their analysis in ${life.takenOutSeconds.toFixed(1)} s: ${left.length === 0 ? 'nothing' : left.join(', ')} left behind, ${life.similarGone} still found to sound alike`,
  )
}

const tellInterop = async (): Promise<void> => {
  const megabytes = INTEROP_MEMORY_LIMIT_MEGABYTES
  const report = await runInteropTrial({ variants: Number(values.interop), seed, megabytes }).catch(
    (error: Error) => error,
  )
  if (report instanceof Error) return expectThat(false, `damaged libraries of other programs: ${report.message}`)
  const { growths, problems, variants, read, refused, slowestMs } = report
  expectThat(
    problems.length === 0 && slowestMs <= INTEROP_LIMIT_MS,
    `${variants} damaged libraries of other programs, seed ${seed}: ${read} read, ${refused} refused, ${problems.length} problems, the slowest ${slowestMs.toFixed(0)} ms (limit ${INTEROP_LIMIT_MS}), within ${megabytes} MB`,
  )
  for (const problem of problems.slice(0, MOST_TOLD)) tell(`     ${problem}`)
  for (const { name, ratio, milliseconds } of growths)
    expectThat(
      ratio <= MOST_GROWTH,
      `${name}, twice as large: ${ratio.toFixed(1)} times as long (limit ${MOST_GROWTH}), ${milliseconds.toFixed(0)} ms`,
    )
}

const tellAnswers = async (): Promise<void> => {
  for await (const { what, status, longestTurnMs } of answerTrial(Number(values.answers)))
    expectThat(
      status < 500 && longestTurnMs <= TURN_LIMIT_MS,
      `${what} (${values.answers} tracks, ${status}): others waited ${longestTurnMs.toFixed(0)} ms of processor time at most (limit ${TURN_LIMIT_MS})`,
    )
}
const end = (): void => {
  tell(failures.length === 0 ? 'all held' : `${failures.length} failed`)
  process.exitCode = failures.length === 0 ? 0 : 1
}
/** Trials that find a list of outcomes, by what `--only` calls them. */
const SHORTER = {
  places: placeTrial,
  links: () => linkTrial(Number(values.links)),
  migrations: () => migrationTrial(Number(values.kill), seed),
  strangers: () => strangerTrial(Number(values.jobs)),
  scale: () => scaleTrial(Number(values.scale)),
  faults: () => faultTrial(Number(values.jobs)),
  jobs: () => queueTrial(Number(values.jobs)),
  catalogue: () => catalogueTrial(Number(values.files)),
  'catalogue-scale': () => catalogueScale([Number(values.scale), Number(values.vectors)], values.keep),
  memory: () => memoryTrial(Number(values.calls), Number(values.trainings)),
} as const
const tellOutcomes = async (run: () => Promise<readonly Outcome[]>): Promise<void> => {
  for (const { holds, what } of await run()) expectThat(holds, what)
}
const tellBundles = async (): Promise<void> => {
  const { bundles, codes, problems, slowestMs } = await bundleTrial(Number(values.bundles), seed)
  const known = ['BUNDLE_INVALID', 'BUNDLE_CHECKSUM_MISMATCH', 'INCOMPATIBLE_MODEL', 'taken']
  expectThat(
    problems.length === 0 && Object.keys(codes).every((code) => known.includes(code)),
    `${bundles} changed model bundles, seed ${seed}: ${JSON.stringify(codes)}, ${problems.length} neither refused nor answered, slowest ${slowestMs.toFixed(0)} ms`,
  )
  for (const problem of problems.slice(0, 5)) tell(`     ${problem}`)
}
const ALONE: Readonly<Record<string, () => Promise<void>>> = {
  bundles: tellBundles,
  library: tellLibrary,
  interop: tellInterop,
  answers: tellAnswers,
  ...Object.fromEntries(Object.entries(SHORTER).map(([name, run]) => [name, () => tellOutcomes(run)])),
}
if (values.catalogue) {
  await tellOutcomes(SHORTER.catalogue)
  await tellOutcomes(SHORTER['catalogue-scale'])
  end()
  process.exit()
}
if (values.only !== undefined && values.only in ALONE) {
  await ALONE[values.only]!()
  end()
  process.exit()
}

await runTrials('kill -9', killTrials, Number(values.kill))
await runControl('kill -9', killTrials, { mode: 'labels', ...without('transactions') })
await runControl('kill -9', killTrials, { mode: 'models', ...without('renaming') })
if (canMount()) {
  await runTrials('power cut', powerTrials, Number(values.power))
  for (const mode of TRIAL_MODES) await runControl('power cut', powerTrials, { mode, ...without('syncing') })
  for (const [name, run] of [
    ['full disk', fullDiskTrial],
    ['read-only disk', readOnlyTrial],
  ] as const) {
    const { codes, isStateIntact, worksAfterwards } = await run()
    const isRefused = Object.values(codes).every((code) => /^(?:STORAGE_|MODEL_EXPORT_FAILED|DATA_DIR_)/.test(code))
    expectThat(isRefused && isStateIntact && worksAfterwards, `${name}: ${JSON.stringify(codes)}`)
  }
} else tell('skip power cuts and full disks: nothing can be mounted here')
await tellBundles()
const mutated = await mutationTrial(Number(values.mutate), seed)
const unknown = Object.keys(mutated.codes).filter((code) => !/^(?:AUDIO|BEATS|DECODER)_/.test(code))
expectThat(
  mutated.untold.length === 0 && unknown.length === 0,
  `${mutated.files} damaged files: ${mutated.analysed} analysed, ${JSON.stringify(mutated.codes)}, ${mutated.untold.length} untold, longest pause ${mutated.slowestSeconds.toFixed(1)} s`,
)
const cancelled = await cancelTrial(Number(values.cancel), seed)
expectThat(
  cancelled.slowestMs <= CANCEL_LIMIT_MS && cancelled.notCancelled.length === 0,
  `${cancelled.cancels} scans and trainings cancelled, the slowest in ${cancelled.slowestMs.toFixed(0)} ms`,
)
const list = await listTrial(Number(values.list))
const pageP99 = list.p99sMs[Math.floor(list.p99sMs.length / 2)]!
const p99s = list.p99sMs.map((ms) => ms.toFixed(0)).join(', ')
expectThat(
  pageP99 <= PAGE_LIMIT_MS,
  `a page of 100 of ${list.tracks} tracks: median ${list.medianMs.toFixed(1)} ms; p99 ${pageP99.toFixed(0)} ms (limit ${PAGE_LIMIT_MS}), the median of ${p99s}; max ${list.maxMs.toFixed(0)} ms; opened in ${list.openMs.toFixed(0)} ms`,
)
expectThat(
  list.similarMedianMs <= SIMILAR_LIMIT_MS,
  `the 20 most similar of ${list.tracks} tracks: median ${list.similarMedianMs.toFixed(1)} ms (limit ${SIMILAR_LIMIT_MS}), p99 ${list.similarP99Ms.toFixed(1)} ms`,
)
const scan = await scanTrial(Number(values.list))
expectThat(
  scan.tracks === scan.files && scan.scanSeconds <= 90 && (scan.peakMegabytes ?? 0) <= 300 && scan.rescanSeconds <= 3,
  `scan of ${scan.files} small files: ${scan.scanSeconds.toFixed(1)} s (limit 90), ${scan.peakMegabytes?.toFixed(0) ?? 'unknown'} MB (300); unchanged again: ${scan.rescanSeconds.toFixed(1)} s (3)`,
)
const rounds: ServerReport[] = []
while (rounds.length < SERVER_ROUNDS) rounds.push(await serverTrial(Number(values.list)))
type Figure = 'readyMs' | 'exitMs' | 'listP99Ms' | 'labelP99Ms' | 'eventP99Ms'
const inOrder = (figure: Figure): readonly number[] => rounds.map((round) => round[figure]).toSorted((a, b) => a - b)
const median = (figure: Figure): number => inOrder(figure)[Math.floor(rounds.length / 2)]!
const show = (figure: Figure): string =>
  `${median(figure).toFixed(0)} ms (${inOrder(figure)[0]!.toFixed(0)}–${inOrder(figure).at(-1)!.toFixed(0)})`
// Above the number of cores, others kept the machine busy beside the trial.
const load = loadavg()[1]!.toFixed(1)
tell(`load ${load} on ${availableParallelism()} cores; medians of ${rounds.length} runs, least and most in brackets:`)
expectThat(
  median('readyMs') <= 1500 && median('exitMs') <= 5000,
  `server over ${values.list} tracks: ready in ${show('readyMs')}, limit 1500; gone in ${show('exitMs')}, limit 5000`,
)
const decoders = rounds.flatMap((round) => round.decoders ?? [])
expectThat(
  decoders.every(({ before, after }) => before > 0 && after === 0),
  `decoders that ran when it was told to end: ${decoders.map(({ before }) => before).join(', ')}; left over: ${decoders.map(({ after }) => after).join(', ')}`,
)
expectThat(
  rounds.every(({ wasBusy }) => wasBusy) && median('listP99Ms') <= 80 && median('labelP99Ms') <= 100,
  `while it analyses: p99 of a page ${show('listP99Ms')}, limit 80; of a label ${show('labelP99Ms')}, limit 100`,
)
expectThat(
  rounds.every(({ eventsLost }) => eventsLost === 0) && median('eventP99Ms') <= 150,
  `100 listeners, 10 events a second: p99 ${show('eventP99Ms')}, limit 150; ${rounds.map(({ eventsLost }) => eventsLost).join(', ')} lost`,
)
await tellInterop()
await tellAnswers()
const { catalogue: _, 'catalogue-scale': __, ...local } = SHORTER
for (const run of Object.values(local)) await tellOutcomes(run)
await tellLibrary()
end()
