import { countLabels, type LabelCounts } from '../../core/labels/label-counts.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { TrainingTrack } from '../../core/training/label-rows.ts'
import { requireEnoughLabels } from '../../core/training/require-enough-labels.ts'
import type { TrainingReport } from '../../core/training/training-progress.ts'
import type { TrainedModel } from '../../platform/workers/train-and-encode.ts'
import { analyseTracks } from '../analysis/analyse-tracks.ts'
import { type AnalysisStatus, visitAnalysisStatus } from '../analysis/analysis-state.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import type { Workspace } from '../kit/workspace.ts'
import { startingModel } from './base-model.ts'
import { createModelCard, formatCard, type ModelCard } from './model-card.ts'
import { rivalsIn } from './version-knowledge.ts'

export type TrainProgress = {
  readonly stage: 'preparing' | 'training' | 'evaluating'
  /** Fraction done of the stage, 0 to 1. */
  readonly fraction: number
  /** Report of the latest round; null before the first. */
  readonly report: TrainingReport | null
}

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
  readonly onProgress?: (progress: TrainProgress) => void
  readonly signal?: AbortSignal
}

export type TrainingOutcome = {
  readonly card: ModelCard
  /** Labels left out because their tracks are not analysed and cannot be reached. */
  readonly labelsWithoutAudio: number
}

const DEFAULT_SEED = 1

/**
 * Trains on all present labels and publishes the model as a new version, which is not activated.
 * @throws NEED_MORE_LABELS, NEED_MORE_CLASSES, TRAINING_AUDIO_MISSING, TRAINING_TIMEOUT, MODEL_EXPORT_FAILED
 */
export const trainModel = async (workspace: Workspace, options: TrainOptions = {}): Promise<TrainingOutcome> => {
  const { store } = workspace
  const excluded = options.exclude ?? []
  const labels = store.labels.list().filter(({ kind }) => !excluded.includes(kind))
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
  const before = previousVersion(workspace)
  const started = performance.now()
  const trained = await runTraining(workspace, options, {
    tracks,
    options: {
      featureSpec: modelSpec,
      seed,
      exclude: excluded,
      base: base?.model ?? null,
      ...(base === null ? {} : { knownToBase: base.audioDigests }),
      rivals: rivalsIn(store),
      previous: before,
      minSamples,
      learningCurve: options.learningCurve ?? false,
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
  })
  store.models.publish({ version, onnx: trained.onnx, card: formatCard(card) })
  workspace.emit({ type: 'models', change: 'published', version })
  return { card, labelsWithoutAudio }
}

/** Analyses labelled tracks that are out of date, so that every label whose track can be reached counts. */
const prepareTracks = async (
  workspace: Workspace,
  only: ReadonlySet<number>,
  { onProgress, signal }: TrainOptions,
): Promise<void> => {
  const report = (fraction: number): void => onProgress?.({ stage: 'preparing', fraction, report: null })
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
      .map(({ id, startBeat, endBeat, kind, source }) => ({ id: String(id), startBeat, endBeat, kind, source }))
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

/** The version to compare with: the active one, or else the newest; the one that ships is compared with anyway. */
const previousVersion = ({ store }: Workspace): number | null =>
  store.models.activeVersion() || (store.models.versions().at(-1) ?? null)

const runTraining = async (
  { store, pool }: Workspace,
  { timeoutSeconds = store.settings.all().trainingTimeoutSeconds, onProgress, signal }: TrainOptions,
  input: Parameters<typeof pool.run<'trainSections'>>[1],
): Promise<TrainedModel> => {
  const timeout = new AbortController()
  let latest: TrainProgress = { stage: 'training', fraction: 0, report: null }
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
