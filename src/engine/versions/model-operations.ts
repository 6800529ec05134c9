import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { ModelSummary } from '../../platform/store/model-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import { type ModelCard, parseModelCard } from './model-card.ts'
import { readModelVersion } from './section-model-file.ts'

/** A version as every interface lists it. */
export type ModelView = {
  readonly id: number
  readonly model_type: 'dj_section'
  readonly version: number
  readonly model_path: string
  readonly accuracy: number
  readonly f1_score: number
  readonly is_active: boolean
  /** False where it was trained on other features than these: then it reads nothing, and has to be trained again. */
  readonly is_compatible: boolean
  readonly label_counts: Readonly<Partial<Record<SectionKind, number>>>
  readonly training_job_id: string | null
  readonly created_at: string
}

export type ModelDetails = ModelView & { readonly card: ModelCard }

export type ModelComparison = {
  readonly versions: readonly [ModelDetails, ModelDetails]
  /** The second less the first. Each version's figures are out-of-fold on the labels it was trained on. */
  readonly difference: { readonly accuracy: number; readonly f1_score: number; readonly calibration_error: number }
  /** Whether both were measured on the same labels: else the difference says less than it seems. */
  readonly same_labels: boolean
}

const viewOf = (store: Store, summary: ModelSummary): ModelDetails => {
  const card = parseModelCard(summary)
  return {
    id: summary.version,
    model_type: 'dj_section',
    version: summary.version,
    model_path: store.models.pathOf(summary.version),
    accuracy: card.accuracy,
    f1_score: card.f1_score,
    is_active: summary.active,
    is_compatible: card.feature_spec_digest === currentModelSpecDigest(),
    label_counts: card.label_counts,
    training_job_id: card.training_job_id,
    created_at: card.created_at,
    card,
  }
}

export const listModels = (store: Store): readonly ModelView[] =>
  store.models.list().map((summary) => {
    const { card: _, ...view } = viewOf(store, summary)
    return view
  })

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
export const showModel = (store: Store, version: number): ModelDetails => viewOf(store, store.models.summary(version))

const labelKeys = ({ card }: ModelDetails): string =>
  card.lineage.labels
    .map(({ track, label, start_beat, end_beat }) =>
      [card.lineage.tracks[track]?.audio_digest, label, start_beat, end_beat].join(' '),
    )
    .sort()
    .join('\n')

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
export const compareModels = (store: Store, one: number, other: number): ModelComparison => {
  const versions = [showModel(store, one), showModel(store, other)] as const
  const [first, second] = versions
  return {
    versions,
    difference: {
      accuracy: second.accuracy - first.accuracy,
      f1_score: second.f1_score - first.f1_score,
      calibration_error: second.card.scoreboard.calibrationError - first.card.scoreboard.calibrationError,
    },
    same_labels: labelKeys(first) === labelKeys(second),
  }
}

/** @throws MODEL_NOT_FOUND, MODEL_ACTIVE */
export const deleteModel = (store: Store, version: number): void => {
  store.models.delete(version)
  store.sections.deleteVersion(version)
}

/** Refused, with the old one still active, when the version is missing, damaged or made for other features. */
export const activateModel = (store: Store, version: number): number | null => {
  const previous = store.models.activeVersion()
  readModelVersion(store, version)
  store.models.activate(version)
  return previous
}
