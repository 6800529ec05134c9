import type { LabelCounts } from '../../core/labels/label-counts.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { UserError } from '../../core/support/user-error.ts'
import { createLossCurve } from '../../core/training/loss-curve.ts'
import { requireEnoughLabels } from '../../core/training/require-enough-labels.ts'
import type { TrainingReport } from '../../core/training/training-progress.ts'
import type { JobDefinition } from '../jobs/job-definition.ts'
import { formatJobId, type TrainingMeasure } from '../kit/job.ts'
import { findTrained, type ModelCard } from './model-card.ts'
import { requireScope } from './scope-actions.ts'
import type { TrainProgress } from './train-model.ts'
import { requireTrainableScopes, type ScopedTraining, scopeLabelCounts, trainVersions } from './train-versions.ts'

export type TrainPayload = {
  readonly exclude: readonly SectionKind[]
  /** Null for the default. */
  readonly seed: number | null
  readonly epochs: number | null
  /** Also measure what more labels would be worth. @default false */
  readonly learningCurve?: boolean
  /** Ids of scopes to train for, too. @default none */
  readonly scopes?: readonly number[]
  /** Whether a model for all of the library is made. @default true */
  readonly general?: boolean
}

export type TrainResult = {
  readonly version: number
  readonly accuracy: number
  readonly f1Score: number
  readonly labelsWithoutAudio: number
  /** What does better on the same labels, in a sentence; null where nothing does. Results of earlier versions have none. */
  readonly better?: string | null
  /** What came of training for scopes; results of earlier versions have none. */
  readonly scoped?: readonly {
    readonly scopeId: number
    readonly name: string
    readonly version: number | null
    readonly isProven: boolean
    readonly text: string
  }[]
}

/**
 * Preparing takes most of the time where tracks have to be analysed first, and none otherwise; this is a compromise.
 */
const PREPARING_SHARE = 0.3

/** Fraction done of a whole training, 0 to 1. */
export const trainingFraction = ({ stage, fraction, part }: TrainProgress): number => {
  const done = stage === 'preparing' ? fraction * PREPARING_SHARE : PREPARING_SHARE + fraction * (1 - PREPARING_SHARE)
  return (part.index + done) / part.count
}

const resultOf = (card: ModelCard, scoped: readonly ScopedTraining[]): TrainResult => ({
  version: card.version,
  accuracy: card.accuracy,
  f1Score: card.f1Score,
  labelsWithoutAudio: card.labelsWithoutAudio,
  better: card.scoreboard.rivals.find(({ duel }) => duel?.verdict === 'worse')?.text ?? null,
  scoped: scoped.map(({ card: made, ...one }) => ({ ...one, version: made?.version ?? null })),
})

const measureOf = (report: TrainingReport): Omit<TrainingMeasure, 'labelCounts'> => ({
  epoch: report.epoch,
  totalEpochs: report.totalEpochs,
  loss: report.trainLoss,
  validationLoss: report.validationLoss,
})

export const trainJob: JobDefinition<'train', TrainPayload, TrainResult> = {
  kind: 'train',
  lane: 'training',
  firstStatus: 'preparing',
  isResumed: false,
  // Model versions name the trainings that made them.
  isKept: true,
  refuseSecond: ({ jobId, status }) => new UserError('TRAINING_IN_PROGRESS', `${jobId} is ${status}.`, { jobId }),
  prepare: ({ store }, { exclude, scopes = [], general = true }) => {
    if (!general) {
      requireTrainableScopes(store, scopes, exclude)
      const labelCounts = scopeLabelCounts(store, requireScope({ store }, scopes[0]!), exclude)
      return { labelCounts, epoch: null, totalEpochs: null, loss: null, validationLoss: null }
    }
    for (const id of scopes) requireScope({ store }, id)
    const all = Object.entries(store.labels.counts()) as readonly [SectionKind, number][]
    const labelCounts = Object.fromEntries(
      all.map(([kind, count]) => [kind, exclude.includes(kind) ? 0 : count]),
    ) as LabelCounts
    requireEnoughLabels(labelCounts, store.settings.all().minSamplesPerClass)
    return { labelCounts, epoch: null, totalEpochs: null, loss: null, validationLoss: null }
  },
  run: async (workspace, { exclude, seed, epochs, learningCurve = false, scopes, general }, { id, report, signal }) => {
    const losses = createLossCurve()
    const trained = await trainVersions(workspace, {
      exclude,
      scopes,
      general,
      ...(seed === null ? {} : { seed }),
      ...(epochs === null ? {} : { epochs }),
      learningCurve,
      trainingJobId: formatJobId(id),
      signal,
      onProgress: (progress) => {
        if (progress.part.index === 0 && progress.report?.stage === 'sections') losses.add(progress.report)
        report({
          losses: losses.points,
          status: progress.stage,
          stage: progress.report?.stage ?? progress.stage,
          fraction: trainingFraction(progress),
          pace: progress.stage === 'preparing' ? null : (progress.part.index + progress.fraction) / progress.part.count,
          ...(progress.report ? { training: measureOf(progress.report) } : {}),
        })
      },
    })
    // Where only scopes were asked for, at least one of them has a model.
    return resultOf(trained.general?.card ?? trained.scoped.find(({ card }) => card !== null)!.card!, trained.scoped)
  },
  recover: ({ store }, id) => {
    const cards = findTrained(store, formatJobId(id))
    const made = cards.find(({ scope }) => scope === null) ?? cards[0] ?? null
    const scoped = cards.flatMap((card): ScopedTraining[] =>
      card.scope === null
        ? []
        : [
            {
              scopeId: card.scope.id,
              name: card.scope.name,
              card,
              isProven: false,
              text: 'The training was interrupted.',
            },
          ],
    )
    return made && resultOf(made, scoped)
  },
}
