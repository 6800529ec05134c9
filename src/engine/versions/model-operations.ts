import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { ModelSummary } from '../../platform/store/model-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import { type ModelCard, parseModelCard } from './model-card.ts'
import { readModelVersion } from './section-model-file.ts'

/** A version as every interface lists it. */
export type ModelView = {
  readonly id: number
  readonly modelType: 'dj_section'
  readonly version: number
  readonly modelPath: string
  readonly accuracy: number
  readonly f1Score: number
  readonly isActive: boolean
  /** False for a version trained on other features, which can read nothing any more. */
  readonly isCompatible: boolean
  readonly labelCounts: Readonly<Partial<Record<SectionKind, number>>>
  readonly trainingJobId: string | null
  readonly createdAt: string
}

export type ModelDetails = ModelView & { readonly card: ModelCard }

export type ModelComparison = {
  readonly versions: readonly [ModelDetails, ModelDetails]
  /** The second minus the first; figures are out-of-fold, each on the labels of its own training. */
  readonly difference: { readonly accuracy: number; readonly f1Score: number; readonly calibrationError: number }
  /** Whether both were measured on the same labels; otherwise the difference says less than it seems. */
  readonly sameLabels: boolean
}

const viewOf = (store: Store, summary: ModelSummary): ModelDetails => {
  const card = parseModelCard(summary)
  return {
    id: summary.version,
    modelType: 'dj_section',
    version: summary.version,
    modelPath: store.models.pathOf(summary.version),
    accuracy: card.accuracy,
    f1Score: card.f1Score,
    isActive: summary.active,
    isCompatible: card.featureSpecDigest === currentModelSpecDigest(),
    labelCounts: card.labelCounts,
    trainingJobId: card.trainingJobId,
    createdAt: card.createdAt,
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
    .map(({ track, label, startBeat, endBeat }) =>
      [card.lineage.tracks[track]?.audioDigest, label, startBeat, endBeat].join(' '),
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
      f1Score: second.f1Score - first.f1Score,
      calibrationError: second.card.scoreboard.calibrationError - first.card.scoreboard.calibrationError,
    },
    sameLabels: labelKeys(first) === labelKeys(second),
  }
}

/** @throws MODEL_NOT_FOUND, MODEL_ACTIVE */
export const deleteModel = (store: Store, version: number): void => {
  store.models.delete(version)
  store.sections.deleteVersion(version)
}

/** Refuses a version that is missing, damaged or made for other features; the old one then stays active. */
export const activateModel = (store: Store, version: number): number | null => {
  const previous = store.models.activeVersion()
  readModelVersion(store, version)
  store.models.activate(version)
  return previous
}
