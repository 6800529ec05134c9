import type { OpenedBundle } from '../../core/models/open-bundle.ts'
import type { SectionModel } from '../../core/models/section-model.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { LossPoint } from '../../core/training/loss-curve.ts'
import { isJobOf, type JobOf } from '../jobs/job-definition.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type ActivationReport, reportActivation } from './activation-report.ts'
import { proposingVersion } from './base-model.ts'
import { type BlendOutcome, blendVersions } from './blend-versions.ts'
import { type BundleOffers, createBundleOffers } from './bundle-offers.ts'
import { compareVersions, type ModelComparison } from './compare-versions.ts'
import { judgeVersions, type VersionJudgement } from './judge-versions.ts'
import { type ExportedBundle, exportBundle, keepBundle } from './model-bundles.ts'
import {
  activateModel,
  deleteModel,
  describeModel,
  listModels,
  type ModelDetails,
  type ModelView,
  type NewWords,
  showModel,
} from './model-operations.ts'
import { proveScopes } from './prove-scopes.ts'
import { type SavedBundle, saveBundle } from './save-bundle.ts'
import { type ScopeActions, scopeActions } from './scope-actions.ts'
import { readActiveModel } from './section-model-file.ts'
import { type TrainPayload, trainingFraction, trainJob } from './train-job.ts'
import { type TrainingOutcome, type TrainOptions, type TrainProgress, trainModel } from './train-model.ts'
import { type TrainedVersions, type TrainVersionsOptions, trainVersions } from './train-versions.ts'
import { trainingLosses } from './training-losses.ts'

type WithFraction<Options> = Omit<Options, 'onProgress'> & {
  /** @param fraction done of the whole training, 0 to 1 */
  readonly onProgress?: (progress: TrainProgress, fraction: number) => void
}

type TrainingJob = JobOf<typeof trainJob>

/** Making, comparing and activating model versions. */
export type VersionActions = {
  /** @param options whether the version that ships is in the list */
  readonly list: (options?: { readonly withShipped?: boolean }) => Promise<readonly ModelView[]>
  /** @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
  readonly show: (version: number) => Promise<ModelDetails>
  /** How good every usable version is on the labels of this library. */
  readonly judge: () => Promise<readonly VersionJudgement[]>
  /**
   * What an activation would change, and what would be the better choice.
   * @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL
   */
  readonly preview: (version: number) => Promise<ActivationReport>
  /** Names a version, or writes about it. @throws MODEL_NOT_FOUND, MODEL_CORRUPT, MODEL_SHIPPED */
  readonly describe: (version: number, words: NewWords) => Promise<ModelDetails>
  readonly compare: (one: number, other: number) => Promise<ModelComparison>
  /** The active version's model. @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
  readonly readActive: () => Promise<SectionModel>
  /** Path of the file of a version, whether it is there or not. */
  readonly pathOf: (version: number) => Promise<string>
  /** @throws MODEL_NOT_FOUND, MODEL_ACTIVE, MODEL_SHIPPED */
  readonly delete: (version: number) => Promise<void>
  /** Has the library read again with it, unless `autoClassify` is off. @returns the version that was active before */
  readonly activate: (version: number) => Promise<number | null>
  /** Packs a version into one file to give away. */
  readonly exportBundle: (version: number) => Promise<ExportedBundle>
  /** The same as a file. @param target it, or a folder that is there @throws EXPORT_EXISTS, EXPORT_NOT_WRITTEN, and what a disk refuses */
  readonly saveBundle: (version: number, target: string) => Promise<SavedBundle>
  /**
   * Blends a version with one's own where that is better on the labels of this library. @param own the active one where left out
   * @throws BLEND_NOT_POSSIBLE, MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL
   */
  readonly blend: (other: number, own?: number) => Promise<BlendOutcome>
  /** @throws BUNDLE_TOO_LARGE, BUNDLE_INVALID, BUNDLE_CHECKSUM_MISMATCH, INCOMPATIBLE_MODEL */
  readonly importBundle: (bytes: Uint8Array) => Promise<ModelDetails>
  readonly scopes: ScopeActions
  readonly offers: BundleOffers
  /** Trains on all labels now, and publishes a new version; it is not activated. */
  readonly train: (options?: WithFraction<TrainOptions>) => Promise<TrainingOutcome>
  /** The same for scopes, too, or for them alone. @throws SCOPE_NOT_FOUND */
  readonly trainVersions: (options: WithFraction<TrainVersionsOptions>) => Promise<TrainedVersions>
  /** The same as a job. @throws TRAINING_IN_PROGRESS, NEED_MORE_LABELS, NEED_MORE_CLASSES, QUEUE_FULL */
  readonly startTraining: (payload: TrainPayload) => Promise<TrainingJob>
  /** The newest first. */
  readonly listTrainings: (limit: number) => Promise<readonly TrainingJob[]>
  /** @throws JOB_NOT_FOUND, also for a job of another kind */
  readonly training: (id: number) => Promise<TrainingJob>
  /** Losses of a training, round by round: so far, or as the card of its model keeps them. None without a model. */
  readonly losses: (id: number) => Promise<readonly LossPoint[]>
}

const withFraction = <Options extends object>({
  onProgress,
  ...options
}: WithFraction<Options>): Omit<Options, 'onProgress'> & Pick<TrainOptions, 'onProgress'> => ({
  ...(options as Omit<Options, 'onProgress'>),
  ...(onProgress ? { onProgress: (progress) => onProgress(progress, trainingFraction(progress)) } : {}),
})

/** @param reread has a version read the library again */
export const versionActions = (
  workspace: Workspace,
  jobs: JobQueue,
  reread: (version: number) => void,
): VersionActions => {
  const { store, pool, emit } = workspace
  const requireTraining = (id: number): TrainingJob => {
    const job = jobs.get(id)
    if (!isJobOf(trainJob, job)) throw new UserError('JOB_NOT_FOUND', `${job.jobId} is not a training job.`)
    return job
  }
  const readAgain = (): void => {
    const general = proposingVersion(store)
    if (general !== null && store.settings.all().autoClassify) reread(general)
  }
  const openBundle = (bytes: Uint8Array): Promise<OpenedBundle> =>
    pool.run('openBundle', { bytes, modelSpec: currentModelSpecDigest() })
  const importBundle = async (bytes: Uint8Array): Promise<ModelDetails> => {
    const model = keepBundle(store, await openBundle(bytes))
    emit({ type: 'models', change: 'imported', version: model.version })
    return model
  }
  return {
    scopes: scopeActions(workspace, readAgain),
    list: async (options) => listModels(store, options),
    show: async (version) => showModel(store, version),
    judge: () => judgeVersions(workspace),
    preview: (version) => reportActivation(workspace, version),
    describe: async (version, words) => {
      const model = describeModel(store, version, words)
      emit({ type: 'models', change: 'described', version })
      return model
    },
    compare: (one, other) => compareVersions(workspace, one, other),
    readActive: async () => readActiveModel(store).model,
    pathOf: async (version) => store.models.pathOf(version),
    delete: async (version) => {
      deleteModel(store, version)
      emit({ type: 'models', change: 'deleted', version })
    },
    activate: async (version) => {
      const previous = activateModel(store, version)
      await proveScopes(workspace)
      emit({ type: 'models', change: 'activated', version })
      readAgain()
      return previous
    },
    exportBundle: async (version) => exportBundle(store, version),
    saveBundle: async (version, target) => saveBundle(exportBundle(store, version), target),
    blend: (other, own) => blendVersions(workspace, other, own),
    importBundle,
    offers: createBundleOffers({ open: openBundle, take: importBundle }),
    train: (options = {}) => trainModel(workspace, withFraction(options)),
    trainVersions: (options) => trainVersions(workspace, withFraction(options)),
    startTraining: async (payload) => jobs.start(trainJob, payload),
    listTrainings: async (limit) =>
      jobs.list({ kind: trainJob.kind, limit }).filter((job): job is TrainingJob => isJobOf(trainJob, job)),
    training: async (id) => requireTraining(id),
    losses: async (id) => trainingLosses(store, jobs, requireTraining(id)),
  }
}
