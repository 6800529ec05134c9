/**
 * @file Whether a blend with another model is better than one's own, on labels that neither can know.
 * Method: figures of the blend are those of folds of tracks (and artists) whose weight the other folds chose (`fit-blend.ts`). It is better
 * only where it wins the duel with one's own (`duel.ts`), macro-F1 is no lower, and the labels are likelier.
 * Conventions: one's own model answers for what it learnt from with what it said while that was held out; the other one is not asked there.
 */
import { type ClassificationScores, mostLikely, scoreClassification } from '../evaluation/classification-scores.ts'
import { type Contender, FEWEST_JUDGED } from '../evaluation/duel.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { alignModel, type BlendWeight, blendModels } from '../models/blend-models.ts'
import type { SectionModel } from '../models/section-model.ts'
import { blendAnswers, crossFitBlend, fitBlend, logLoss, type PairedAnswers } from './fit-blend.ts'
import { foldsOfLabels, groupOf } from './grouped-folds.ts'
import { collectSamples, type LabelSample, prepareTracks, type TrainingTrack } from './label-rows.ts'
import { byVerdict, type RivalModel, rivalContender, rivalryOf } from './rivals.ts'
import { guessesFrom, lineOf } from './score-line.ts'
import type { Scoreboard } from './scoreboard.ts'

export type BlendRequest = {
  readonly ours: RivalModel
  readonly theirs: RivalModel
  readonly tracks: readonly TrainingTrack[]
  readonly seed: number
}

type BlendFigures = Pick<ClassificationScores, 'accuracy' | 'macroF1'> & { readonly logLoss: number }

type AnsweredLabel = Pick<LabelSample, 'label'> & {
  readonly audioDigest: string
  /** Of each kind, by the blend of the other folds. */
  readonly probabilities: readonly number[]
}

export type TriedBlend = {
  readonly kinds: readonly SectionKind[]
  /** Kinds that only the other model knows; the blend does not. */
  readonly leftOut: readonly SectionKind[]
  readonly weight: BlendWeight
  readonly labels: readonly AnsweredLabel[]
  readonly tracks: number
  readonly ours: BlendFigures
  readonly theirs: BlendFigures
  /** Out-of-fold. */
  readonly blend: BlendFigures
  readonly isBetter: boolean
  readonly model: SectionModel
  readonly scoreboard: Scoreboard
}

const FOLDS = 5
/** With fewer tracks or artists a fold says more about these than about the models. */
const LEAST_GROUPS = 4

const figuresOf = (answers: Float32Array, { targets, classCount }: PairedAnswers): BlendFigures => {
  const { accuracy, macroF1 } = scoreClassification(targets, mostLikely(answers, classCount), classCount)
  return { accuracy, macroF1, logLoss: logLoss(answers, { targets, classCount }) }
}

const joined = (answers: readonly ArrayLike<number>[]): Float32Array =>
  Float32Array.from(answers.flatMap((answer) => Array.from(answer)))

type Judged = {
  readonly samples: readonly LabelSample[]
  readonly kinds: readonly SectionKind[]
  readonly pairs: PairedAnswers
  readonly answers: Float32Array
  readonly seed: number
}

const boardOf = (
  { samples, kinds, pairs, answers, seed }: Judged,
  weight: BlendWeight,
  rivals: readonly (Contender & { readonly name: string; readonly version: number })[],
): Scoreboard => {
  const shared = { samples, kinds, seed }
  const lineFor = (name: string, said: Float32Array) => lineOf(name, guessesFrom(said, kinds.length), shared)
  const [model, ours, theirs] = [
    lineFor('this model', answers),
    lineFor(rivals[0]!.name, joined(pairs.ours)),
    lineFor(rivals[1]!.name, joined(pairs.theirs)),
  ]
  const scores = scoreClassification(pairs.targets, mostLikely(answers, kinds.length), kinds.length)
  const contender = {
    kinds,
    answers: samples.map((_, at) => answers.subarray(at * kinds.length, (at + 1) * kinds.length)),
  }
  const labels = samples.map(({ track, label }) => ({ track: track.audioDigest, kind: label.kind }))
  return {
    kinds,
    tracks: new Set(labels.map(({ track }) => track)).size,
    scores,
    calibrationError: model.calibrationError!,
    model,
    baselines: [theirs],
    knownToBase: [],
    rivals: byVerdict(rivals.map((rival) => rivalryOf(labels, contender, rival))),
    previous: { line: ours, modelOnSame: model },
    previousReason: null,
    trainAccuracy: figuresOf(blendAnswers(pairs, weight), pairs).accuracy,
    advice: [],
  }
}

/** @returns null where too few labels are left that neither can know, or the models share no two kinds */
export const tryBlend = ({ ours, theirs: other, tracks, seed }: BlendRequest): TriedBlend | null => {
  const { kinds } = ours.model
  if (kinds.filter((kind) => other.model.kinds.includes(kind)).length < 2) return null
  // What it said while it was trained is in the order of its own kinds.
  const theirs = { ...other, heldOut: new Map<string, readonly number[]>() }
  const aligned = { ...theirs, model: alignModel(theirs.model, kinds) }
  const all = collectSamples(prepareTracks(tracks), kinds)
  const [own, their] = [ours, aligned].map((rival) => rivalContender(all, rival).answers)
  const places = [...all.keys()].filter((at) => own![at] !== null && their![at] !== null)
  const samples = places.map((at) => all[at]!)
  const groups = new Set(samples.map(({ track }) => groupOf(track)))
  if (places.length < FEWEST_JUDGED || groups.size < LEAST_GROUPS) return null
  const pairs: PairedAnswers = {
    ours: places.map((at) => own![at]!),
    theirs: places.map((at) => their![at]!),
    targets: samples.map(({ target }) => target),
    classCount: kinds.length,
  }
  const folds = foldsOfLabels(samples, { classCount: kinds.length, foldCount: FOLDS, seed })
  const answers = crossFitBlend(pairs, folds)
  const weight = fitBlend(pairs)
  const figures = {
    ours: figuresOf(joined(pairs.ours), pairs),
    theirs: figuresOf(joined(pairs.theirs), pairs),
    blend: figuresOf(answers, pairs),
  }
  const scoreboard = boardOf({ samples, kinds, pairs, answers, seed }, weight, [
    { ...rivalContender(samples, ours), version: ours.version },
    { ...rivalContender(samples, theirs), version: theirs.version },
  ])
  return {
    ...figures,
    kinds,
    leftOut: other.model.kinds.filter((kind) => !kinds.includes(kind)),
    weight,
    tracks: scoreboard.tracks,
    labels: samples.map(({ track: { audioDigest }, label }, at) => ({
      label,
      audioDigest,
      probabilities: [...answers.subarray(at * kinds.length, (at + 1) * kinds.length)],
    })),
    isBetter:
      weight.share > 0 &&
      figures.blend.logLoss < figures.ours.logLoss &&
      figures.blend.macroF1 >= figures.ours.macroF1 &&
      scoreboard.rivals.find(({ version }) => version === ours.version)?.duel?.verdict === 'better',
    model: blendModels(ours.model, aligned.model, weight),
    scoreboard,
  }
}
