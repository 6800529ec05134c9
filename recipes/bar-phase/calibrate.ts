/**
 * Fits how often the grid is right where its models say so: `node recipes/bar-phase/calibrate.ts CORPUS … [--scenes 2] [--figures-only]`. Recordings under
 * free licences and generated pieces that trained nothing count alike; all recordings are judged by lines that know neither them nor their source.
 */
import { parseArgs } from 'node:util'
import { createAnalyser } from '../../bench/accuracy/analysis.ts'
import { downbeatTimes, mainTempo } from '../../bench/accuracy/measures.ts'
import { readCorpus } from '../../bench/corpus/corpus.ts'
import type { BeatGrid } from '../../src/core/beats/beat-grid.ts'
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { type Calibration, calibrated, GRID_CALIBRATIONS } from '../../src/core/beats/grid-confidence.ts'
import { observeSound } from '../../src/core/beats/observe-sound.ts'
import { placeBars } from '../../src/core/beats/place-bars.ts'
import { trackSound } from '../../src/core/beats/track-beats.ts'
import { scoreBeats } from '../../src/core/evaluation/beat-f-measure.ts'
import { expectedCalibrationError } from '../../src/core/evaluation/calibration.ts'
import type { Seconds } from '../../src/core/units/units.ts'
import { SCENE_KINDS } from './scene-styles.ts'
import { drawScene } from './scenes.ts'
import { writeWeights } from './write-weights.ts'

const FIRST_SEED = 800_000
const SAME_OCTAVES = 0.012
const SAME_TEMPO = 0.04
const RIGHT_BARS_F = 0.8
/** How much a line is pulled towards saying what the models say, in questions. */
const PULL = 2

type Question = {
  readonly said: number
  readonly right: boolean
  /** Null for generated pieces. */
  readonly source: string | null
  readonly isFree: boolean
}
type Decision = keyof typeof GRID_CALIBRATIONS
type Truth = {
  readonly bpm: number
  readonly beatTimes: readonly Seconds[]
  readonly downbeatTimes: readonly Seconds[] | null
}

const identity: Calibration = { slope: 1, offset: 0 }
/** What the models said before the line that ships. */
const saidOf = (confidence: number, { slope, offset }: Calibration): number =>
  calibrated(confidence, { slope: 1 / slope, offset: -offset / slope })

const isFamilyRight = (found: number, bpm: number): boolean => {
  const octaves = Math.log2(found / bpm)
  return Math.abs(octaves - Math.round(octaves)) < SAME_OCTAVES
}

/** Null where bars are unknown, or the tempo is another and nothing is said of its bars. */
const areBarsRight = (grid: BeatGrid, { bpm, beatTimes, downbeatTimes: bars }: Truth): boolean | null => {
  if (bars === null || Math.abs(mainTempo(grid) / bpm - 1) > SAME_TEMPO) return null
  const inside = downbeatTimes(grid).filter((time) => time >= beatTimes[0]! - 0.1 && time <= beatTimes.at(-1)! + 0.1)
  return scoreBeats(bars, inside).fMeasure >= RIGHT_BARS_F
}

const lossOf = (questions: readonly Question[], line: Calibration): number =>
  questions.reduce((sum, { said, right }) => {
    const probability = calibrated(said, line)
    return sum - Math.log(right ? probability : 1 - probability)
  }, 0)

const LINES: readonly Calibration[] = Array.from({ length: 33 }, (_, n) => 2 ** ((n - 16) / 8)).flatMap((slope) =>
  Array.from({ length: 21 }, (_, n) => ({ slope, offset: (n - 10) / 10 })),
)

const fit = (questions: readonly Question[]): Calibration => {
  const recordings = questions.filter(({ source, isFree }) => source !== null && isFree)
  const made = questions.filter(({ source }) => source === null)
  const worth = (line: Calibration): number =>
    lossOf(recordings, line) +
    (recordings.length / made.length) * lossOf(made, line) +
    PULL * (Math.log(line.slope) ** 2 + line.offset ** 2)
  return LINES.reduce((best, line) => (worth(line) < worth(best) ? line : best), identity)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { scenes: { type: 'string', default: '2' }, 'figures-only': { type: 'boolean', default: false } },
})
const asked: Record<Decision, Question[]> = { family: [], bars: [] }
const ask = (
  grid: BeatGrid,
  familyProbability: number,
  truth: Truth,
  about: Pick<Question, 'source' | 'isFree'>,
): void => {
  asked.family.push({ said: familyProbability, right: isFamilyRight(mainTempo(grid), truth.bpm), ...about })
  const right = areBarsRight(grid, truth)
  if (right !== null)
    asked.bars.push({ said: saidOf(grid.downbeatConfidence, GRID_CALIBRATIONS.bars), right, ...about })
}

const learntFrom: string[] = []
const analyser = await createAnalyser({ wantsFeatures: false })
for (const track of (await Promise.all(positionals.map(readCorpus))).flat()) {
  const { tempoBpm, beatTimes, source, isFree } = track
  if (tempoBpm === null || !track.beatsCount || !beatTimes) continue
  const { tracking, pace } = await analyser.track(track.audioPath)
  const grid = placeBars(tracking, shippedBarPhaseModel, { heard: pace })
  if (isFree) learntFrom.push(track.id)
  ask(
    grid,
    tracking.familyProbability,
    { bpm: tempoBpm, beatTimes, downbeatTimes: track.downbeatTimes },
    { source, isFree },
  )
}
await analyser.close()
for (let n = 0; n < Number(values.scenes); n++)
  for (const [at, kind] of SCENE_KINDS.entries()) {
    const { audio, ...truth } = drawScene(kind, FIRST_SEED + 100 * at + n)
    const tracking = trackSound(observeSound(audio))
    ask(placeBars(tracking, shippedBarPhaseModel), tracking.familyProbability, truth, { source: null, isFree: true })
  }

const weights = Object.fromEntries(
  (Object.keys(asked) as Decision[]).map((decision) => {
    const questions = asked[decision]
    const recordings = questions.filter(({ source }) => source !== null)
    const lines = new Map(
      recordings.map(({ source }) => [source, fit(questions.filter((one) => one.source !== source))]),
    )
    const figures = (lineOf: (question: Question) => Calibration): string => {
      const error = expectedCalibrationError(
        recordings.map((one) => calibrated(one.said, lineOf(one))),
        recordings.map(({ right }) => right),
      )
      const loss = recordings.reduce((sum, one) => sum + lossOf([one], lineOf(one)), 0) / recordings.length
      return `log loss ${loss.toFixed(3)}, ECE ${error.toFixed(3)}`
    }
    process.stdout.write(`${decision}, ${recordings.length} recordings and ${questions.length - recordings.length} generated pieces
as the models say: ${figures(() => identity)}
each source left out: ${figures(({ source }) => lines.get(source)!)}
`)
    const { slope, offset } = fit(questions)
    return [decision, { slope: Number(slope.toPrecision(3)), offset }]
  }),
)
process.stdout.write(`${JSON.stringify(weights)}\n`)
if (!values['figures-only'])
  await writeWeights(
    'grid-confidence.card.json',
    {
      what: 'How often the grid is right where its models say so: a line through log odds for each decision',
      trained_on: {
        recordings_under_free_licences: [...new Set(learntFrom)].sort(),
        pieces: Number(values.scenes) * SCENE_KINDS.length,
      },
    },
    { 'grid-confidence.weights.json': weights },
  )
