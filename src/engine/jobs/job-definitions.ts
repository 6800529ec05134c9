import { countLabels } from '../../core/labels/label-counts.ts'
import { createLossCurve } from '../../core/training/loss-curve.ts'
import { requireEnoughLabels } from '../../core/training/require-enough-labels.ts'
import type { TrainingReport } from '../../core/training/train-sections.ts'
import { makeDemo } from '../../demo/make-demo.ts'
import { analyseTracks } from '../analysis/analyse-tracks.ts'
import { scanLibrary } from '../collection/scan-library.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { JobProgress, Workspace } from '../kit/workspace.ts'
import { classifyLibrary } from '../reading/classify-library.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { findTrained, type ModelCard } from '../versions/model-card.ts'
import { readModelVersion } from '../versions/section-model-file.ts'
import { trainModel } from '../versions/train-model.ts'
import { formatJobId, type JobKind, type JobResults, type TrainingMeasure } from './job.ts'
import type { FollowingJob, JobContext, JobDefinition } from './job-definition.ts'
import { demoFraction, scanFraction, stageFraction, trainingFraction } from './job-progress.ts'

const failedTracks = (failures: readonly FileFailure[]): readonly number[] =>
  failures.flatMap(({ trackId }) => (trackId === undefined ? [] : [trackId]))

const analyseAgain = (failures: readonly FileFailure[]): FollowingJob | null =>
  failures.length === 0 ? null : { kind: 'analyse', payload: { trackIds: failedTracks(failures), newGrids: false } }

/** New tracks get the sections of the active version, or of the base model while there is none. */
const classifyNew = ({ store }: Workspace, { analysed }: { readonly analysed: number }): FollowingJob | null => {
  const version = proposingVersion(store)
  const isWanted = store.settings.all().auto_classify && analysed > 0
  return version === null || !isWanted ? null : { kind: 'classify', payload: { version, trackIds: null } }
}

/** Items of the last stage tell by their pace when the job ends; those of earlier stages do not. */
const reportItems =
  ({ report }: JobContext, fractionOf: (progress: JobProgress) => number, lastStage: JobProgress['stage']) =>
  (progress: JobProgress): void =>
    report({
      ...progress,
      fraction: fractionOf(progress),
      pace: progress.stage === lastStage ? stageFraction(progress) : null,
    })

const scan: JobDefinition<'scan'> = {
  lane: 'library',
  firstStatus: 'running',
  isResumed: true,
  run: (workspace, payload, context) =>
    scanLibrary(workspace, {
      ...payload,
      signal: context.signal,
      onProgress: reportItems(context, scanFraction, payload.analyse ? 'analysing' : 'reading'),
    }),
  retry: ({ failures }, payload) =>
    failures.some(({ trackId }) => trackId === undefined) ? { kind: 'scan', payload } : analyseAgain(failures),
  next: classifyNew,
}

const analyse: JobDefinition<'analyse'> = {
  lane: 'library',
  firstStatus: 'running',
  isResumed: true,
  prepare: ({ store }, { trackIds }) => {
    if (trackIds !== null) requireTracks(store, trackIds)
    return null
  },
  run: (workspace, { trackIds, newGrids }, context) =>
    analyseTracks(workspace, {
      newGrids,
      ...(trackIds === null ? {} : { only: new Set(trackIds) }),
      signal: context.signal,
      onProgress: reportItems(context, stageFraction, 'analysing'),
    }),
  retry: ({ failures }) => analyseAgain(failures),
  next: classifyNew,
}

const demo: JobDefinition<'demo'> = {
  lane: 'library',
  firstStatus: 'running',
  isResumed: true,
  run: (workspace, payload, context) =>
    makeDemo(workspace, payload, {
      signal: context.signal,
      onProgress: reportItems(context, demoFraction, 'analysing'),
    }),
  retry: ({ failures }) => analyseAgain(failures),
  next: classifyNew,
}

const classify: JobDefinition<'classify'> = {
  lane: 'classification',
  firstStatus: 'running',
  isResumed: true,
  prepare: ({ store }, { version, trackIds }) => {
    readModelVersion(store, version)
    if (trackIds !== null) requireTracks(store, trackIds)
    return null
  },
  run: (workspace, { version, trackIds }, context) =>
    classifyLibrary(workspace, {
      version,
      ...(trackIds === null ? {} : { only: new Set(trackIds) }),
      signal: context.signal,
      onProgress: reportItems(context, stageFraction, 'classifying'),
    }),
  retry: ({ failures, version }) =>
    failures.length === 0 ? null : { kind: 'classify', payload: { version, trackIds: failedTracks(failures) } },
}

const resultOf = (card: ModelCard): JobResults['train'] => ({
  version: card.version,
  accuracy: card.accuracy,
  f1Score: card.f1_score,
  labelsWithoutAudio: card.labels_without_audio,
})

const measureOf = (report: TrainingReport): Omit<TrainingMeasure, 'labelCounts'> => ({
  epoch: report.epoch,
  totalEpochs: report.totalEpochs,
  loss: report.trainLoss,
  validationLoss: report.validationLoss,
})

const train: JobDefinition<'train'> = {
  lane: 'training',
  firstStatus: 'preparing',
  isResumed: false,
  prepare: ({ store }, { exclude }) => {
    const labelCounts = countLabels(store.labels.list().filter(({ kind }) => !exclude.includes(kind)))
    requireEnoughLabels(labelCounts, store.settings.all().min_samples_per_class)
    return { labelCounts, epoch: null, totalEpochs: null, loss: null, validationLoss: null }
  },
  run: async (workspace, { exclude, seed, epochs, learningCurve = false }, { id, report, signal }) => {
    const losses = createLossCurve()
    const { card } = await trainModel(workspace, {
      exclude,
      ...(seed === null ? {} : { seed }),
      ...(epochs === null ? {} : { epochs }),
      learningCurve,
      trainingJobId: formatJobId(id),
      signal,
      onProgress: (progress) => {
        if (progress.report?.stage === 'sections') losses.add(progress.report)
        report({
          losses: losses.points,
          status: progress.stage,
          stage: progress.report?.stage ?? progress.stage,
          fraction: trainingFraction(progress),
          pace: progress.stage === 'preparing' ? null : progress.fraction,
          ...(progress.report ? { training: measureOf(progress.report) } : {}),
        })
      },
    })
    return resultOf(card)
  },
  recover: ({ store }, id) => {
    const card = findTrained(store, formatJobId(id))
    return card && resultOf(card)
  },
}

/** Everything the queue can do: exactly one definition a kind. */
export const jobDefinitions: { readonly [Kind in JobKind]: JobDefinition<Kind> } = {
  scan,
  analyse,
  train,
  demo,
  classify,
}
