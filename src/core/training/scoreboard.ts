/**
 * @file How good a section model is, out-of-fold, beside simple baselines and the previous version.
 * Method: figures of all labels by models that never saw their group, with bands of 90 % that hold for few tracks; in the same table the
 * majority class, trees on the position alone, an energy rule, and the previous version on labels that it cannot know; a duel with each of
 * these and with every other version (`rivals.ts`).
 * Conventions: confidences are scaled by a temperature fitted on the other folds, so that the calibration error is out-of-fold too.
 */
import { type ClassificationScores, mostLikely, scoreClassification } from '../evaluation/classification-scores.ts'
import { type Contender, FEWEST_JUDGED, type JudgedLabel } from '../evaluation/duel.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { logitsToProbabilities } from '../models/boosted-trees.ts'
import { outputCount } from '../models/regression-trees.ts'
import { type Advice, adviseOn } from './advice.ts'
import { majorityGuesses, positionGuesses, startGuesses } from './baseline-guesses.ts'
import type { CrossFitProgress } from './cross-fit.ts'
import type { EvaluatedFit } from './evaluated-fit.ts'
import { fitTemperature } from './fit-temperature.ts'
import { byVerdict, type RivalModel, type Rivalry, rivalContender, rivalryOf } from './rivals.ts'
import { ruleBaseline } from './rule-baseline.ts'
import { type Guess, guessesFrom, lineOf, type ScoreLine } from './score-line.ts'

export type Scoreboard = {
  readonly kinds: readonly SectionKind[]
  readonly tracks: number
  /** The new model's figures in full. */
  readonly scores: ClassificationScores
  readonly calibrationError: number
  readonly model: ScoreLine
  /** Majority, position only, energy rule, and the base model where there is one, on tracks that it did not learn from. */
  readonly baselines: readonly ScoreLine[]
  /** Audio digests of the tracks among these that the base model may have learnt from. */
  readonly knownToBase: readonly string[]
  /** The model beside everything that could be used instead, those that do better first. */
  readonly rivals: readonly Rivalry[]
  /** On labels that it cannot know, with the new model's out-of-fold line on the same labels beside it. */
  readonly previous: { readonly line: ScoreLine; readonly modelOnSame: ScoreLine } | null
  /** Why `previous` is null; null when it is not. */
  readonly previousReason: string | null
  /** Accuracy on the rows that the model was trained on. */
  readonly trainAccuracy: number
  readonly advice: readonly Advice[]
}

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

/** A guess without a confidence is all that its kind gets. */
const contenderOf = (guesses: readonly Guess[], { samples, kinds }: EvaluatedFit): Contender => {
  const byLabel = new Map(guesses.map(({ sample, predicted }) => [sample, predicted]))
  return {
    kinds,
    answers: samples.map((_, sample) => {
      const predicted = byLabel.get(sample)
      return predicted === undefined ? null : kinds.map((_kind, at) => (at === predicted ? 1 : 0))
    }),
  }
}

/** The likeliest of this model's kinds in each answer of another one that leaves something to them. */
const guessesOf = ({ kinds: own, answers }: Contender, { kinds }: EvaluatedFit): Guess[] =>
  answers.flatMap((answer, sample) => {
    if (answer === null) return []
    const shares = kinds.map((kind) => answer[own.indexOf(kind)] ?? 0)
    const [whole, best] = [shares.reduce((sum, share) => sum + share, 0), Math.max(...shares)]
    return whole > 0 ? [{ sample, predicted: shares.indexOf(best), confidence: best / whole }] : []
  })

const previousLines = (
  evaluated: EvaluatedFit,
  { previous, rivals, seed }: ScoreOptions,
  { guesses, contenders }: { readonly guesses: readonly Guess[]; readonly contenders: readonly Contender[] },
): Pick<Scoreboard, 'previous' | 'previousReason'> => {
  const at = rivals.findIndex(({ version }) => version === previous)
  if (at < 0)
    return {
      previous: null,
      previousReason:
        previous === null ? 'There is no previous version.' : `v${previous} can no longer be read: train again.`,
    }
  const theirs = guessesOf(contenders[at]!, evaluated)
  if (theirs.length < FEWEST_JUDGED)
    return {
      previous: null,
      previousReason: `v${previous} was trained on nearly all labelled tracks (${theirs.length} labels that it cannot have learnt from), so it cannot be scored fairly.`,
    }
  const judged = new Set(theirs.map(({ sample }) => sample))
  const shared = { ...evaluated, seed }
  return {
    previous: {
      line: lineOf(`v${previous}`, theirs, shared),
      modelOnSame: lineOf(
        'this model',
        guesses.filter(({ sample }) => judged.has(sample)),
        shared,
      ),
    },
    previousReason: null,
  }
}

/** This model beside the others, on labels that neither can know. */
const rivalriesOf = (
  { samples, kinds }: EvaluatedFit,
  { probabilities, knownToBase }: { readonly probabilities: Float32Array; readonly knownToBase: ReadonlySet<string> },
  contenders: readonly (Contender & Pick<Rivalry, 'name' | 'version'>)[],
): readonly Rivalry[] => {
  const labels = samples.map(({ track, label }): JudgedLabel => ({ track: track.audioDigest, kind: label.kind }))
  const answers = samples.map(({ track }, sample) =>
    knownToBase.has(track.audioDigest)
      ? null
      : probabilities.subarray(sample * kinds.length, (sample + 1) * kinds.length),
  )
  return byVerdict(contenders.map((rival) => rivalryOf(labels, { kinds, answers }, rival)))
}

export type ScoreOptions = {
  readonly seed: number
  readonly balance: number
  /** Other versions for the same features, the one that ships among them. */
  readonly rivals: readonly RivalModel[]
  /** The version among them that is in use; null where there is none. */
  readonly previous: number | null
  /** Audio digests of what the model that this one began from learnt from. */
  readonly knownToBase: ReadonlySet<string>
  readonly withBaselines: boolean
}

/** @returns the honest probabilities of every sample, shape (samples, kinds), and the scoreboard if asked for */
export const scoreSections = async (
  evaluated: EvaluatedFit,
  options: ScoreOptions,
  progress: CrossFitProgress = {},
): Promise<{ readonly probabilities: Float32Array; readonly scoreboard: Scoreboard | null }> => {
  const { samples, kinds, fit } = evaluated
  const { seed, knownToBase } = options
  const probabilities = honestProbabilities(evaluated)
  if (!options.withBaselines) return { probabilities, scoreboard: null }
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
  const simple = {
    majority: majorityGuesses(evaluated),
    'position only': await positionGuesses(evaluated, options, progress),
    'energy rule': byRule,
  }
  const byBase = evaluated.start === null ? [] : startGuesses(evaluated.start, evaluated, knownToBase)
  const baselines = [
    ...Object.entries(simple).map(([name, own]) => lineOf(name, own, shared)),
    ...(byBase.length === 0 ? [] : [lineOf('base model', byBase, shared)]),
  ]
  const scores = scoreClassification(
    truth,
    guesses.map(({ predicted }) => predicted),
    kinds.length,
  )
  const fitted = mostLikely(logitsToProbabilities(fit.fittedLogits, kinds.length, 1), kinds.length)
  const trainAccuracy =
    fitted.reduce((sum, choice, sample) => sum + (choice === truth[sample] ? 1 : 0), 0) / truth.length
  const contenders = options.rivals.map((rival) => rivalContender(samples, rival))
  const tracks = new Set(samples.map(({ track }) => track.audioDigest))
  const rivals = rivalriesOf(evaluated, { probabilities, knownToBase }, [
    ...contenders,
    ...Object.entries(simple).map(([name, own]) => ({ ...contenderOf(own, evaluated), name, version: null })),
  ])
  const board = {
    kinds,
    tracks: tracks.size,
    scores,
    calibrationError: model.calibrationError!,
    model,
    baselines,
    knownToBase: [...tracks].filter((track) => knownToBase.has(track)),
    rivals,
    ...previousLines(evaluated, options, { guesses, contenders }),
    trainAccuracy,
  }
  const tracksOfKind = kinds.map(
    (_, target) =>
      new Set(samples.filter((sample) => sample.target === target).map(({ track }) => track.audioDigest)).size,
  )
  return { probabilities, scoreboard: { ...board, advice: adviseOn(board, tracksOfKind) } }
}
