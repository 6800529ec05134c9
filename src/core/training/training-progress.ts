/** @file How far a training has come over its stages: the report of each round, and the fraction done of the whole. */
import type { Progress } from '../support/progress.ts'
import type { CrossFitProgress } from './cross-fit.ts'

type TrainingStage = 'sections' | 'bars' | 'boundaries' | 'scores' | 'curve'

export type TrainingReport = {
  readonly stage: TrainingStage
  /** Counts from 0; null for a model on everything, which has no held-out labels. */
  readonly fold: number | null
  /** Of this fold, from 1. */
  readonly round: number
  /** Rounds done, all stages and folds together; never less than before. */
  readonly epoch: number
  /** Of the whole training, the same from its first round to its last; stages that end early leave some out. */
  readonly totalEpochs: number
  readonly trainLoss: number
  /** Loss on the fold that the model never saw; null where the model is trained on everything. */
  readonly validationLoss: number | null
}

export type TrainingProgress = Progress & { readonly onReport?: (report: TrainingReport) => void }

/** Shares of the whole work, for the progress bar. */
const STAGE_SHARES: Readonly<Record<TrainingStage, number>> = {
  sections: 0.35,
  bars: 0.35,
  boundaries: 0.2,
  scores: 0.1,
  /** On top of the others, if asked for. */
  curve: 1.8,
}

/** The rounds of each stage, all folds together; none of a stage that is left out. */
export type PlannedEpochs = Readonly<Record<TrainingStage, number>>

type StageProgress = (stage: TrainingStage, epochs: number, fits: number) => CrossFitProgress

const STAGES = Object.keys(STAGE_SHARES) as readonly TrainingStage[]

/** Tracks the progress of one stage after the other; each call begins the next. */
export const stageProgress = (progress: TrainingProgress, planned: PlannedEpochs): StageProgress => {
  const whole = planned.curve > 0 ? 1 + STAGE_SHARES.curve : 1
  const epochsOf = (stages: readonly TrainingStage[]): number => stages.reduce((sum, stage) => sum + planned[stage], 0)
  const totalEpochs = epochsOf(STAGES)
  const shareOf = (stage: TrainingStage): number => STAGE_SHARES[stage] / whole
  let done = 0
  let latest: TrainingStage | null = null
  return (stage, epochs, fits) => {
    if (latest !== null) done += shareOf(latest)
    latest = stage
    const start = done
    const before = epochsOf(STAGES.slice(0, STAGES.indexOf(stage)))
    return {
      ...(progress.signal && { signal: progress.signal }),
      onProgress: (fraction) => progress.onProgress?.(Math.min(1, start + fraction * shareOf(stage))),
      onRound: ({ fit, fold, round, trainLoss, validationLoss }) =>
        progress.onReport?.({
          stage,
          fold,
          round,
          epoch: before + Math.round(planned[stage] * Math.min(1, (fit * epochs + round) / (fits * epochs))),
          totalEpochs,
          trainLoss,
          validationLoss,
        }),
    }
  }
}
