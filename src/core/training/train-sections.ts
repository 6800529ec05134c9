/**
 * @file From labelled tracks to a section model that knows how good it is.
 * Method: boosted trees on span rows and on bars, out-of-fold by track (and artist), temperature scaling on the out-of-fold logits, the
 * final heads on everything; besides these the boundary head, durations and order. Everything shown as a score is out-of-fold.
 * Conventions: seeded and deterministic; yields to the event loop, so that an abort is seen within a few rounds.
 */

import { songLikeness } from '../features/song-likeness.ts'
import { countLabels, type LabelCounts } from '../labels/label-counts.ts'
import { MIN_SAMPLES_PER_CLASS } from '../labels/readiness.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Head, SectionModel } from '../models/section-model.ts'
import type { Beats } from '../units/units.ts'
import { POSITION_ROUNDS } from './baseline-guesses.ts'
import { type CrossFit, crossFit } from './cross-fit.ts'
import { fitTemperature } from './fit-temperature.ts'
import { foldsOfLabels } from './grouped-folds.ts'
import { type BaseModel, labelStart } from './head-start.ts'
import {
  beatRowsOf,
  collectSamples,
  type LabelSample,
  type PreparedTrack,
  prepareTracks,
  spanRowsOf,
  type TrainingTrack,
} from './label-rows.ts'
import { curveFits, type LearningCurve, learningCurve } from './learning-curve.ts'
import { createLossCurve, type LossPoint } from './loss-curve.ts'
import { requireEnoughLabels } from './require-enough-labels.ts'
import type { RivalModel } from './rivals.ts'
import { type Scoreboard, scoreSections } from './scoreboard.ts'
import { columnFraction, spanHeadOptions } from './span-head-options.ts'
import { trainStylePriors } from './style-priors.ts'
import { BOUNDARY_MEMBERS, BOUNDARY_ROUNDS, trainBoundaryHead } from './train-boundaries.ts'
import { type OwnKindReport, trainOwnHeads } from './train-own-heads.ts'
import { stageProgress, type TrainingProgress } from './training-progress.ts'

type TrainingOptions = {
  /** Digest of the FeatureSpec the matrices were made with. */
  readonly featureSpec: string
  readonly seed: number
  /** Kinds to leave out. */
  readonly exclude?: readonly SectionKind[]
  /** Most rounds of boosting. @default 80 */
  readonly epochs?: number
  /** Fewest labels of every kind. @default 10 */
  readonly minSamples?: number
  /** @default 5 */
  readonly folds?: number
  /** Folds of labels, by their ids, as another training had them; those of the same tracks are in one. @default new ones */
  readonly foldOfLabel?: ReadonlyMap<string, number>
  /** Versions that it is set beside. @default none */
  readonly rivals?: readonly RivalModel[]
  /** The version among them that is in use. @default null */
  readonly previous?: number | null
  /** False leaves out baselines and bands, for models that are only a step of an evaluation. @default true */
  readonly scoreboard?: boolean
  /** Measure what more labels would be worth, which takes two to three times as long overall. @default false */
  readonly learningCurve?: boolean
  /** Beats by track id that are neither edge nor inside of a section, for the boundary head. */
  readonly doubtfulBeats?: ReadonlyMap<string, readonly Beats[]>
  /** A model to begin from; null begins from nothing. @default null */
  readonly base?: BaseModel | null
  /** Audio digests of what the base model learnt from. @default none */
  readonly knownToBase?: ReadonlySet<string>
  /** Names of the person's own kinds, by their ids; labels of any other one count as the kind alone. @default none */
  readonly ownKinds?: ReadonlyMap<number, string>
}

export type TrainingInput = { readonly tracks: readonly TrainingTrack[]; readonly options: TrainingOptions }

/** The span head's prediction for a label while its group was held out. */
type OutOfFoldPrediction = {
  readonly labelId: string
  readonly audioDigest: string
  readonly kind: SectionKind
  readonly fold: number
  /** In the order of the model's kinds. */
  readonly probabilities: readonly number[]
}

export type TrainedSections = {
  readonly model: SectionModel
  /** Null if `scoreboard` was false. */
  readonly scoreboard: Scoreboard | null
  /** Null if it was not asked for, or there are too few tracks for one. */
  readonly learningCurve: LearningCurve | null
  readonly labelCounts: LabelCounts
  /** Rounds of the final span head. */
  readonly epochs: number
  readonly outOfFold: readonly OutOfFoldPrediction[]
  /** Of the span head. */
  readonly losses: readonly LossPoint[]
  /** What was learnt of the person's own kinds. */
  readonly ownKinds: readonly OwnKindReport[]
}

/** Like those of the span head, with stronger regularisation because bars of one label are nearly alike. */
const BEAT_OPTIONS = {
  leaves: 8,
  learningRate: 0.12,
  minLeaf: 8,
  l2: 2,
  rowFraction: 0.5,
  maxBins: 16,
} as const
const DEFAULT_EPOCHS = 80
const DEFAULT_FOLDS = 5
/** Every class weighs the same: a DJ's few builds matter as much as the many drops. */
const BALANCE = 1
/** Most rows of the beat head; beyond it longer labels give fewer bars, to save time and memory. */
const MAX_BEAT_ROWS = 2500
const MAX_BARS_PER_LABEL = 8
/** The beat head's folds only serve its temperature. */
const BEAT_FOLDS = 2
/** Ensembles whose mean names a bar; measured, decision 0004. */
const BEAT_MEMBERS = 3
const headOf = (fit: CrossFit, rowTargets: ArrayLike<number>, classCount: number): Head => ({
  trees: fit.trees,
  temperature: fitTemperature(fit.logits, rowTargets, classCount),
})

const edgeTracks = (
  tracks: readonly PreparedTrack[],
  doubtful: TrainingOptions['doubtfulBeats'],
): Parameters<typeof trainBoundaryHead>[0] =>
  tracks
    .filter(({ labels }) => labels.length > 0)
    .map((track) => ({
      get context() {
        return track.context
      },
      labels: track.labels,
      doubtfulBeats: doubtful?.get(track.audioDigest) ?? [],
    }))

/** Folds that another training had, counted from 0; null where fewer than two of them hold labels. */
const givenFolds = (
  samples: readonly LabelSample[],
  foldOfLabel: TrainingOptions['foldOfLabel'],
): Uint8Array | null => {
  const given = samples.map(({ label }) => foldOfLabel?.get(label.id))
  const used = [...new Set(given)].toSorted()
  return given.includes(undefined) || used.length < 2 ? null : Uint8Array.from(given, (fold) => used.indexOf(fold))
}

/**
 * @throws UserError NEED_MORE_LABELS or NEED_MORE_CLASSES before any work; `progress.signal`'s reason when aborted
 */
export const trainSections = async (
  { tracks, options }: TrainingInput,
  progress: TrainingProgress = {},
): Promise<TrainedSections> => {
  const excluded = options.exclude ?? []
  const counts = countLabels(tracks.flatMap(({ labels }) => labels).filter(({ kind }) => !excluded.includes(kind)))
  const kinds = requireEnoughLabels(counts, options.minSamples)
  progress.signal?.throwIfAborted()
  const prepared = prepareTracks(tracks)
  const samples = collectSamples(prepared, kinds)
  const targets = samples.map(({ target }) => target)
  const classCount = kinds.length
  const epochs = options.epochs ?? DEFAULT_EPOCHS
  const { seed, base = null } = options
  const beatEpochs = Math.max(1, Math.round(epochs / 2.5))
  const foldCount = options.folds ?? DEFAULT_FOLDS
  const stage = stageProgress(progress, {
    sections: epochs * (foldCount + 1),
    bars: beatEpochs * (BEAT_FOLDS + BEAT_MEMBERS),
    boundaries: BOUNDARY_ROUNDS * BOUNDARY_MEMBERS,
    scores: POSITION_ROUNDS * (foldCount + 1),
    curve: options.learningCurve ? epochs * curveFits(foldCount) : 0,
  })
  const folds = givenFolds(samples, options.foldOfLabel) ?? foldsOfLabels(samples, { classCount, foldCount, seed })
  const shared = { targets, classCount, balance: BALANCE }
  const spanBlock = spanRowsOf(samples)
  const spanStart = labelStart(base, 'spanHead', { ...spanBlock, kinds })
  const losses = createLossCurve()
  const spanProgress = stage('sections', epochs, foldCount + 1)
  const spanFit = await crossFit(
    {
      ...shared,
      block: spanBlock,
      start: spanStart,
      folds,
      options: { ...spanHeadOptions(samples.length), rounds: epochs, seed },
    },
    {
      ...spanProgress,
      onRound: (round) => {
        losses.add(round)
        spanProgress.onRound?.(round)
      },
    },
  )

  const barsEach = Math.max(2, Math.min(MAX_BARS_PER_LABEL, Math.floor(MAX_BEAT_ROWS / samples.length)))
  const beatBlock = beatRowsOf(samples, barsEach)
  const beatFit = await crossFit(
    {
      ...shared,
      block: beatBlock,
      start: labelStart(base, 'beatHead', { ...beatBlock, kinds }),
      members: BEAT_MEMBERS,
      folds: foldsOfLabels(samples, { classCount, foldCount: BEAT_FOLDS, seed }),
      options: { ...BEAT_OPTIONS, columnFraction: columnFraction(beatBlock.rowCount), rounds: beatEpochs, seed },
    },
    stage('bars', beatEpochs, BEAT_FOLDS + BEAT_MEMBERS),
  )

  const own = await trainOwnHeads({
    samples,
    kinds,
    folds,
    spanBlock,
    ownKinds: options.ownKinds ?? new Map(),
    minSamples: options.minSamples ?? MIN_SAMPLES_PER_CLASS,
    rounds: epochs,
    seed,
    signal: progress.signal,
  })
  const boundaryHead = await trainBoundaryHead(
    edgeTracks(prepared, options.doubtfulBeats),
    { seed, base },
    stage('boundaries', BOUNDARY_ROUNDS, BOUNDARY_MEMBERS),
  )

  const model: SectionModel = {
    ...(own.heads.length === 0 ? {} : { ownHeads: own.heads }),
    kinds,
    featureSpec: options.featureSpec,
    spanHead: headOf(spanFit, targets, classCount),
    beatHead: headOf(
      beatFit,
      Array.from(beatBlock.owners, (owner) => targets[owner]!),
      classCount,
    ),
    boundaryHead,
    ...trainStylePriors(
      prepared
        .filter(({ labels }) => labels.length > 0)
        .map(({ matrix, labels }) => ({
          beatCount: matrix.beats,
          songLikeness: songLikeness(matrix),
          labels: labels.toSorted((a, b) => a.startBeat - b.startBeat),
        })),
      kinds,
    ),
  }
  const evaluated = { samples, kinds, folds, spanBlock, start: spanStart, fit: spanFit }
  const { probabilities, scoreboard } = await scoreSections(
    evaluated,
    {
      seed,
      balance: BALANCE,
      rivals: options.rivals ?? [],
      previous: options.previous ?? null,
      knownToBase: options.knownToBase ?? new Set(),
      withBaselines: options.scoreboard ?? true,
    },
    stage('scores', POSITION_ROUNDS, foldCount + 1),
  )
  const curve = options.learningCurve
    ? await learningCurve(
        { samples, kinds, folds, block: spanBlock, rounds: spanFit.rounds, seed, start: spanStart },
        stage('curve', spanFit.rounds, curveFits(foldCount)),
      )
    : null
  progress.onProgress?.(1)
  return {
    model,
    scoreboard,
    learningCurve: curve,
    labelCounts: counts,
    epochs: spanFit.rounds,
    losses: losses.points(),
    ownKinds: own.reports,
    outOfFold: samples.map(({ label, track }, index) => ({
      labelId: label.id,
      audioDigest: track.audioDigest,
      kind: label.kind,
      fold: folds[index]!,
      probabilities: [...probabilities.subarray(index * classCount, (index + 1) * classCount)],
    })),
  }
}
