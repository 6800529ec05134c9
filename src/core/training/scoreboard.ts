/**
 * @file How good a section model is, out-of-fold, beside simple baselines and the previous version.
 * Method: figures of all labels by models that never saw their group; 90 % bands from a bootstrap over tracks; in the same table the
 * majority class, trees on the position alone, an energy rule, and the previous version on tracks that it was never trained on.
 * Conventions: confidences are scaled by a temperature fitted on the other folds, so that the calibration error is out-of-fold too.
 */
import { type Band, bootstrapBand } from '../evaluation/bootstrap-band.ts'
import { expectedCalibrationError } from '../evaluation/calibration.ts'
import { type ClassificationScores, mostLikely, scoreClassification } from '../evaluation/classification-scores.ts'
import { POSITION_COLUMNS } from '../features/span-features.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { logitsToProbabilities } from '../models/boosted-trees.ts'
import { outputCount } from '../models/regression-trees.ts'
import { predictSpan, type SectionModel } from '../models/section-model.ts'
import { type Advice, adviseOn } from './advice.ts'
import { type CrossFit, type CrossFitProgress, crossFit } from './cross-fit.ts'
import { fitTemperature } from './fit-temperature.ts'
import type { HeadStart } from './head-start.ts'
import type { LabelSample, RowBlock } from './label-rows.ts'
import { ruleBaseline } from './rule-baseline.ts'

export type PreviousModel = {
  readonly name: string
  readonly model: SectionModel
  /** Digests of all tracks that it was trained on, which a fair test must not contain. */
  readonly audioDigests: ReadonlySet<string>
}

type ScoreLine = {
  readonly name: string
  readonly samples: number
  readonly accuracy: number
  readonly macroF1: number
  readonly accuracyBand: Band
  readonly macroF1Band: Band
  /** Null for lines that give no confidence. */
  readonly calibrationError: number | null
}

export type Scoreboard = {
  readonly kinds: readonly SectionKind[]
  readonly tracks: number
  /** The new model's figures in full. */
  readonly scores: ClassificationScores
  readonly calibrationError: number
  readonly model: ScoreLine
  /** Majority, position only, energy rule, and the base model where there is one, which saw none of the labels. */
  readonly baselines: readonly ScoreLine[]
  /** On labels of tracks that it was never trained on, with the new model's out-of-fold line on the same labels beside it. */
  readonly previous: { readonly line: ScoreLine; readonly modelOnSame: ScoreLine } | null
  /** Why `previous` is null; null when it is not. */
  readonly previousReason: string | null
  /** Accuracy on the rows that the model was trained on. */
  readonly trainAccuracy: number
  readonly advice: readonly Advice[]
}

export type EvaluatedFit = {
  readonly samples: readonly LabelSample[]
  readonly kinds: readonly SectionKind[]
  readonly folds: Uint8Array
  readonly spanBlock: RowBlock
  /** What the model began from. */
  readonly start: HeadStart | null
  readonly fit: CrossFit
}

type Guess = { readonly sample: number; readonly predicted: number; readonly confidence: number | null }

/** Probabilities of each fold's rows with the temperature of all other folds. */
const honestProbabilities = ({ fit, samples, folds, kinds }: EvaluatedFit): Float32Array => {
  const classCount = kinds.length
  const outputs = outputCount(classCount)
  const probabilities = new Float32Array(samples.length * classCount)
  for (const fold of new Set(folds)) {
    const inside = [...folds.keys()].filter((sample) => folds[sample] === fold)
    const outside = [...folds.keys()].filter((sample) => folds[sample] !== fold)
    const logitsOf = (picked: readonly number[]): Float32Array =>
      Float32Array.from(picked.flatMap((sample) => [...fit.logits.subarray(sample * outputs, (sample + 1) * outputs)]))
    const temperature = fitTemperature(
      logitsOf(outside),
      outside.map((sample) => samples[sample]!.target),
      classCount,
    )
    const own = logitsToProbabilities(logitsOf(inside), classCount, temperature)
    inside.forEach((sample, index) => {
      probabilities.set(own.subarray(index * classCount, (index + 1) * classCount), sample * classCount)
    })
  }
  return probabilities
}

const guessesFrom = (probabilities: Float32Array, classCount: number, picked?: readonly number[]): Guess[] => {
  const predicted = mostLikely(probabilities, classCount)
  return Array.from(predicted, (choice, index) => ({
    sample: picked?.[index] ?? index,
    predicted: choice,
    confidence: probabilities[index * classCount + choice]!,
  }))
}

const lineOf = (
  name: string,
  guesses: readonly Guess[],
  { samples, kinds, seed }: Pick<EvaluatedFit, 'samples' | 'kinds'> & { readonly seed: number },
): ScoreLine => {
  const byTrack = new Map<string, Guess[]>()
  for (const guess of guesses) {
    const { audioDigest } = samples[guess.sample]!.track
    byTrack.set(audioDigest, [...(byTrack.get(audioDigest) ?? []), guess])
  }
  const tracks = [...byTrack.values()]
  const score = (chosen: readonly Guess[]): ClassificationScores =>
    scoreClassification(
      chosen.map(({ sample }) => samples[sample]!.target),
      chosen.map(({ predicted }) => predicted),
      kinds.length,
    )
  const whole = score(guesses)
  const bandOf = (figure: 'accuracy' | 'macroF1'): Band =>
    bootstrapBand(tracks.length, (groups) => score(groups.flatMap((group) => tracks[group]!))[figure], { seed })
  const hasConfidence = guesses.every(({ confidence }) => confidence !== null)
  return {
    name,
    samples: guesses.length,
    accuracy: whole.accuracy,
    macroF1: whole.macroF1,
    accuracyBand: bandOf('accuracy'),
    macroF1Band: bandOf('macroF1'),
    calibrationError: hasConfidence
      ? expectedCalibrationError(
          guesses.map(({ confidence }) => confidence!),
          guesses.map(({ sample, predicted }) => samples[sample]!.target === predicted),
        )
      : null,
  }
}

const startGuesses = ({ logits }: HeadStart, classCount: number): Guess[] =>
  guessesFrom(logitsToProbabilities(logits, classCount, 1), classCount)

const majorityGuesses = ({ samples, folds, kinds }: EvaluatedFit): Guess[] =>
  samples.map((_, sample) => {
    const counts = kinds.map(
      (_kind, target) =>
        samples.filter((other, index) => folds[index] !== folds[sample] && other.target === target).length,
    )
    return { sample, predicted: counts.indexOf(Math.max(...counts)), confidence: null }
  })

/** The last columns of every span row. */
const positionBlock = (block: RowBlock): RowBlock => {
  const width = POSITION_COLUMNS.length
  const rows = new Float32Array(block.rowCount * width)
  for (let row = 0; row < block.rowCount; row++)
    rows.set(block.rows.subarray((row + 1) * block.columnCount - width, (row + 1) * block.columnCount), row * width)
  return { ...block, rows, columnCount: width }
}

const POSITION_OPTIONS = {
  rounds: 40,
  leaves: 8,
  learningRate: 0.1,
  minLeaf: 5,
  l2: 1,
  columnFraction: 0.7,
  rowFraction: 0.8,
  maxBins: 16,
} as const

const positionGuesses = async (
  evaluated: EvaluatedFit,
  { seed, balance }: { readonly seed: number; readonly balance: number },
  progress: CrossFitProgress,
): Promise<Guess[]> => {
  const classCount = evaluated.kinds.length
  const { logits } = await crossFit(
    {
      block: positionBlock(evaluated.spanBlock),
      targets: evaluated.samples.map(({ target }) => target),
      classCount,
      folds: evaluated.folds,
      options: { ...POSITION_OPTIONS, seed },
      balance,
    },
    progress,
  )
  return guessesFrom(logitsToProbabilities(logits, classCount, 1), classCount)
}

/** Fewest labels of unseen tracks for which a comparison is worth a line. */
const MIN_UNSEEN = 10

const previousGuesses = (
  { samples, kinds, spanBlock }: EvaluatedFit,
  { previous, ...current }: Pick<ScoreOptions, 'previous' | 'featureSpec'>,
): { readonly guesses: Guess[] | null; readonly reason: string | null } => {
  if (previous === null) return { guesses: null, reason: 'There is no previous version.' }
  const { spanHead, featureSpec } = previous.model
  if (featureSpec !== current.featureSpec || spanHead.trees.columnCount !== spanBlock.columnCount)
    return { guesses: null, reason: `${previous.name} was trained on other features: it cannot read these.` }
  const unseen = samples.flatMap(({ track }, sample) => (previous.audioDigests.has(track.audioDigest) ? [] : [sample]))
  if (unseen.length < MIN_UNSEEN)
    return {
      guesses: null,
      reason: `${previous.name} was trained on nearly all labelled tracks (${unseen.length} labels of other tracks): it cannot be scored fairly.`,
    }
  const guesses = unseen.map((sample): Guess => {
    const { track, label } = samples[sample]!
    const probabilities = predictSpan(previous.model, track.context, label)
    const best = probabilities.indexOf(Math.max(...probabilities))
    const predicted = kinds.indexOf(previous.model.kinds[best]!)
    return { sample, predicted, confidence: probabilities[best]! }
  })
  return guesses.some(({ predicted }) => predicted < 0)
    ? { guesses: null, reason: `${previous.name} knows kinds that this model leaves out: the two cannot be compared.` }
    : { guesses, reason: null }
}

export type ScoreOptions = {
  readonly seed: number
  readonly balance: number
  readonly previous: PreviousModel | null
  /** Digest of the features of these rows. */
  readonly featureSpec: string
  readonly withBaselines: boolean
}

/** @returns the honest probabilities of every sample, shape (samples, kinds), and the scoreboard if asked for */
export const scoreSections = async (
  evaluated: EvaluatedFit,
  { seed, balance, previous, featureSpec, withBaselines }: ScoreOptions,
  progress: CrossFitProgress = {},
): Promise<{ readonly probabilities: Float32Array; readonly scoreboard: Scoreboard | null }> => {
  const { samples, kinds, fit } = evaluated
  const probabilities = honestProbabilities(evaluated)
  if (!withBaselines) return { probabilities, scoreboard: null }
  const truth = samples.map(({ target }) => target)
  const shared = { samples, kinds, seed }
  const guesses = guessesFrom(probabilities, kinds.length)
  const model = lineOf('this model', guesses, shared)
  const byRule = samples.map(
    ({ track, label }, sample): Guess => ({
      sample,
      predicted: ruleBaseline(track.context, label, kinds),
      confidence: null,
    }),
  )
  const baselines = [
    lineOf('majority', majorityGuesses(evaluated), shared),
    lineOf('position only', await positionGuesses(evaluated, { seed, balance }, progress), shared),
    lineOf('energy rule', byRule, shared),
    ...(evaluated.start === null ? [] : [lineOf('base model', startGuesses(evaluated.start, kinds.length), shared)]),
  ]
  const before = previousGuesses(evaluated, { previous, featureSpec })
  const scores = scoreClassification(
    truth,
    guesses.map(({ predicted }) => predicted),
    kinds.length,
  )
  const fitted = mostLikely(logitsToProbabilities(fit.fittedLogits, kinds.length, 1), kinds.length)
  const trainAccuracy =
    fitted.reduce((sum, choice, sample) => sum + (choice === truth[sample] ? 1 : 0), 0) / truth.length
  const seen = new Set(before.guesses?.map(({ sample }) => sample))
  const board = {
    kinds,
    tracks: new Set(samples.map(({ track }) => track.audioDigest)).size,
    scores,
    calibrationError: model.calibrationError!,
    model,
    baselines,
    previous: before.guesses && {
      line: lineOf(previous!.name, before.guesses, shared),
      modelOnSame: lineOf(
        'this model',
        guesses.filter(({ sample }) => seen.has(sample)),
        shared,
      ),
    },
    previousReason: before.reason,
    trainAccuracy,
  }
  const tracksOfKind = kinds.map(
    (_, target) =>
      new Set(samples.filter((sample) => sample.target === target).map(({ track }) => track.audioDigest)).size,
  )
  return { probabilities, scoreboard: { ...board, advice: adviseOn(board, tracksOfKind) } }
}
