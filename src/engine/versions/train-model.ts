import { countLabels, type LabelCounts } from '../../core/labels/label-counts.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { TrainingTrack } from '../../core/training/label-rows.ts'
import { requireEnoughLabels } from '../../core/training/require-enough-labels.ts'
import type { TrainingReport } from '../../core/training/training-progress.ts'
import type { Scope } from '../../platform/store/scope-store.ts'
import type { TrainedModel } from '../../platform/workers/train-and-encode.ts'
import { analyseTracks } from '../analysis/analyse-tracks.ts'
import { type AnalysisStatus, visitAnalysisStatus } from '../analysis/analysis-state.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import type { Workspace } from '../kit/workspace.ts'
import { tracksInScope } from './answering-version.ts'
import { startingModel } from './base-model.ts'
import { cardOrNull, createModelCard, formatCard, type ModelCard } from './model-card.ts'
import { rivalsIn } from './version-knowledge.ts'

export type TrainProgress = {
  readonly stage: 'preparing' | 'training' | 'evaluating'
  /** Fraction done of the stage, 0 to 1. */
  readonly fraction: number
  /** Report of the latest round; null before the first. */
  readonly report: TrainingReport | null
  /** Which of the models of one training is being made. */
  readonly part: TrainingPart
}

/** A model among those that one training makes. */
type TrainingPart = { readonly index: number; readonly count: number }
const ALONE: TrainingPart = { index: 0, count: 1 }

export type TrainOptions = {
  readonly exclude?: readonly SectionKind[]
  readonly seed?: number
  readonly epochs?: number
  /** Also measure what more labels would be worth. @default false */
  readonly learningCurve?: boolean
  /** @default the setting */
  readonly timeoutSeconds?: number
  /** The card keeps it. */
  readonly trainingJobId?: string
  /** Only labels of its tracks. @default all */
  readonly scope?: Scope
  /** Folds of labels, by id, as another training had them. */
  readonly folds?: ReadonlyMap<string, number>
  readonly part?: TrainingPart
  readonly onProgress?: (progress: TrainProgress) => void
  readonly signal?: AbortSignal
}

export type TrainingOutcome = {
  readonly card: ModelCard
  /** Labels left out because their tracks are not analysed and cannot be reached. */
  readonly labelsWithoutAudio: number
  /** The fold of each label, by its id. */
  readonly folds: ReadonlyMap<string, number>
}

const DEFAULT_SEED = 1

/**
 * Trains on all present labels and publishes the model as a new version, which is not activated.
 * @throws NEED_MORE_LABELS, NEED_MORE_CLASSES, TRAINING_AUDIO_MISSING, TRAINING_TIMEOUT, MODEL_EXPORT_FAILED
 */
export const trainModel = async (workspace: Workspace, options: TrainOptions = {}): Promise<TrainingOutcome> => {
  const { store } = workspace
  const excluded = options.exclude ?? []
  const { scope = null } = options
  const inScope = scope && new Set(tracksInScope(store, scope))
  const labels = store.labels
    .list()
    .filter(({ kind, trackId }) => !excluded.includes(kind) && inScope?.has(trackId) !== false)
  const minSamples = store.settings.all().minSamplesPerClass
  requireEnoughLabels(countLabels(labels), minSamples)
  const trackIds = new Set(labels.map(({ trackId }) => trackId))
  await prepareTracks(workspace, trackIds, options)
  const tracks = await collectTracks(workspace, trackIds, options)
  const usable = tracks.flatMap((track) => track.labels)
  const labelsWithoutAudio = Math.max(0, labels.length - usable.length)
  if (labelsWithoutAudio > 0) requireEnoughAudio(countLabels(usable), minSamples, labelsWithoutAudio)

  const seed = options.seed ?? DEFAULT_SEED
  const modelSpec = currentModelSpecDigest()
  const base = startingModel(store)
  const before = previousVersion(workspace, scope)
  const started = performance.now()
  const trained = await runTraining(workspace, options, {
    tracks,
    options: {
      featureSpec: modelSpec,
      seed,
      exclude: excluded,
      base: base?.model ?? null,
      ...(base === null ? {} : { knownToBase: base.audioDigests }),
      rivals: rivalsIn(store, scope?.id ?? null),
      previous: before,
      ownKinds: new Map(store.lenses.kinds().map(({ id, name }) => [id, name])),
      minSamples,
      learningCurve: options.learningCurve ?? false,
      ...(options.folds ? { foldOfLabel: options.folds } : {}),
      ...(options.epochs === undefined ? {} : { epochs: options.epochs }),
    },
  })
  const version = store.models.nextVersion()
  const card = createModelCard({
    version,
    previousVersion: before,
    trained,
    tracks,
    base,
    modelSpec,
    seed,
    excluded,
    trainingSeconds: (performance.now() - started) / 1000,
    trainingJobId: options.trainingJobId ?? null,
    labelsWithoutAudio,
    scope: scope && { id: scope.id, name: scope.name },
  })
  store.models.publish({ version, onnx: trained.onnx, card: formatCard(card) })
  workspace.emit({ type: 'models', change: 'published', version })
  const folds = new Map(trained.outOfFold.map(({ labelId, fold }) => [labelId, fold]))
  return { card, labelsWithoutAudio, folds }
}

/** Analyses labelled tracks that are out of date, so that every label whose track can be reached counts. */
const prepareTracks = async (
  workspace: Workspace,
  only: ReadonlySet<number>,
  { onProgress, signal, part = ALONE }: TrainOptions,
): Promise<void> => {
  const report = (fraction: number): void => onProgress?.({ stage: 'preparing', fraction, report: null, part })
  report(0)
  await analyseTracks(workspace, {
    only,
    onProgress: ({ done, total }) => total > 0 && report(done / total),
    ...(signal ? { signal } : {}),
  })
}

/**
 * Labels and grid of a track are taken in the same moment, since an edit of the grid moves the labels. Tracks go by
 * their audio, which outlives ids, paths and this library.
 */
export const collectTracks = async (
  { store }: Workspace,
  trackIds: ReadonlySet<number>,
  { exclude = [], signal }: TrainOptions,
): Promise<readonly TrainingTrack[]> => {
  const tracks: TrainingTrack[] = []
  const collect = ({ track, grid, analysis, stale }: AnalysisStatus): void => {
    const matrix = stale === null && analysis ? store.features.read(analysis) : null
    if (!matrix || !grid) return
    const labels = store.labels
      .list({ trackId: track.id })
      .filter(({ kind }) => !exclude.includes(kind))
      .map(({ id, trackId: _, createdAt: __, ...label }) => ({ ...label, id: String(id) }))
    tracks.push({ audioDigest: track.audioDigest, artist: track.tags.artist, matrix, grid: grid.grid, labels })
  }
  await visitAnalysisStatus(store, collect, { only: trackIds, signal })
  // Ids depend on the order in which files were found; sorted by audio, the same labels give the same model in every
  // library.
  return tracks.sort((a, b) => (a.audioDigest < b.audioDigest ? -1 : 1))
}

const requireEnoughAudio = (usable: LabelCounts, minSamples: number, missing: number): void => {
  try {
    requireEnoughLabels(usable, minSamples)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const detail = `${missing} labels are on tracks whose files cannot be reached or read, and the rest are not enough: ${error.message}`
    throw new UserError('TRAINING_AUDIO_MISSING', detail, { ...error.details, labelsWithoutAudio: missing }, error)
  }
}

/** The version to compare with: the active one, or else the newest of the same scope; the one that ships is compared with anyway. */
const previousVersion = ({ store }: Workspace, scope: Scope | null): number | null =>
  (scope === null ? store.models.activeVersion() : scope.activeVersion) ||
  (store.models
    .versions()
    .findLast((version) => (cardOrNull(store, version)?.scope?.id ?? null) === (scope?.id ?? null)) ??
    null)

const runTraining = async (
  { store, pool }: Workspace,
  { timeoutSeconds = store.settings.all().trainingTimeoutSeconds, onProgress, signal, part = ALONE }: TrainOptions,
  input: Parameters<typeof pool.run<'trainSections'>>[1],
): Promise<TrainedModel> => {
  const timeout = new AbortController()
  let latest: TrainProgress = { stage: 'training', fraction: 0, report: null, part }
  const expire = (): void => {
    const detail = `The training was stopped after ${timeoutSeconds} s, ${Math.floor(latest.fraction * 100)} % done.`
    timeout.abort(new UserError('TRAINING_TIMEOUT', detail, { limitS: timeoutSeconds, stage: latest.stage }))
  }
  let timer: NodeJS.Timeout | undefined
  try {
    return await pool.run('trainSections', input, {
      // Waiting for a thread is no training.
      onStart: () => {
        timer = setTimeout(expire, timeoutSeconds * 1000)
      },
      signal: signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal,
      onProgress: (progress) => {
        if (progress.kind === 'fraction') latest = { ...latest, fraction: progress.fraction }
        else latest = { ...latest, report: progress.report, stage: stageOf(progress.report) }
        onProgress?.(latest)
      },
    })
  } finally {
    clearTimeout(timer)
  }
}

const stageOf = ({ stage }: TrainingReport): TrainProgress['stage'] =>
  stage === 'scores' || stage === 'curve' ? 'evaluating' : 'training'
