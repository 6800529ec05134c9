import type { z } from 'zod'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { type CamelCased, camelCase } from '../../core/support/camel-case.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { TrainingTrack } from '../../core/training/label-rows.ts'
import type { ModelSummary } from '../../platform/store/model-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrainedModel } from '../../platform/workers/train-and-encode.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import type { ShippedModel } from './base-model.ts'
import { cardSchema, scoreboardSchema } from './model-card-schema.ts'

export type ModelCard = CamelCased<z.infer<typeof cardSchema>>

export type CardInput = {
  readonly version: number
  readonly previousVersion: number | null
  readonly trained: TrainedModel
  readonly tracks: readonly TrainingTrack[]
  readonly base: Pick<ShippedModel, 'version' | 'sha256'> | null
  /** Digest of the features and rows it was trained on. */
  readonly modelSpec: string
  readonly seed: number
  readonly excluded: readonly SectionKind[]
  readonly trainingSeconds: number
  readonly trainingJobId: string | null
  readonly labelsWithoutAudio: number
  readonly scope: ModelCard['scope']
}

/** Each label names its track by the place in `lineage.tracks`. */
const lineageOf = (tracks: readonly TrainingTrack[], base: CardInput['base']): ModelCard['lineage'] => ({
  base: base && { version: base.version, sha256: base.sha256 },
  tracks: tracks.map(({ audioDigest, artist }) => ({ audioDigest, artist })),
  labels: tracks.flatMap(({ labels }, track) =>
    labels.map((label) => ({
      id: Number(label.id),
      track,
      label: label.kind,
      startBeat: label.startBeat,
      endBeat: label.endBeat,
      source: label.source,
    })),
  ),
})

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4

/** What was said of a label by a model that had not seen its track. */
export const guessOf = (
  labelId: number,
  kinds: readonly SectionKind[],
  probabilities: readonly number[],
): ModelCard['outOfFold'][number] => {
  const confidence = Math.max(...probabilities)
  return {
    labelId,
    predicted: kinds[probabilities.indexOf(confidence)]!,
    confidence: rounded(confidence),
    probabilities: probabilities.map(rounded),
  }
}

const roundedCurve = (curve: TrainedModel['learningCurve']): ModelCard['learningCurve'] =>
  curve && {
    points: curve.points.map(({ share, kinds, ...point }) => ({
      share,
      tracks: rounded(point.tracks),
      labels: rounded(point.labels),
      accuracy: rounded(point.accuracy),
      macroF1: rounded(point.macroF1),
      kinds: kinds.map(({ labels, f1 }) => ({ labels: rounded(labels), f1: rounded(f1) })),
    })),
    gains: curve.gains.map(({ gain, band: { low, high }, ...of }) => ({
      ...of,
      gain: rounded(gain),
      band: { low: rounded(low), high: rounded(high) },
    })),
    words: [...curve.words],
  }

export const createModelCard = ({ trained, tracks, version, ...input }: CardInput): ModelCard => {
  const scoreboard = scoreboardSchema.parse(trained.scoreboard)
  return {
    modelType: 'dj_section',
    version,
    name: null,
    notes: null,
    scope: input.scope,
    createdAt: new Date().toISOString(),
    codeVersion: packageManifest.version,
    featureSpecDigest: input.modelSpec,
    labels: [...trained.kinds],
    seed: input.seed,
    epochs: trained.epochs,
    trainingSeconds: Math.round(input.trainingSeconds * 1000) / 1000,
    excluded: [...input.excluded],
    previousVersion: input.previousVersion,
    trainingJobId: input.trainingJobId,
    labelsWithoutAudio: input.labelsWithoutAudio,
    imported: null,
    blend: null,
    labelCounts: trained.labelCounts,
    accuracy: scoreboard.scores.accuracy,
    f1Score: scoreboard.scores.macroF1,
    scoreboard,
    outOfFold: trained.outOfFold.map(({ labelId, probabilities }) =>
      guessOf(Number(labelId), trained.kinds, probabilities),
    ),
    losses: trained.losses.map(({ round, train, validation }) => ({
      round,
      train: rounded(train),
      validation: rounded(validation),
    })),
    ownKinds: trained.ownKinds.map(({ accuracy, majority, ...report }) => ({
      ...report,
      classes: report.classes.map(({ f1, ...one }) => ({ ...one, f1: f1 === null ? null : rounded(f1) })),
      tooFew: [...report.tooFew],
      accuracy: accuracy === null ? null : rounded(accuracy),
      majority: rounded(majority),
    })),
    learningCurve: roundedCurve(trained.learningCurve),
    lineage: lineageOf(tracks, input.base),
    goldenAnswers: null,
  }
}

/** @throws Error that names the member that is wrong */
export const parseCard = (json: unknown): ModelCard => {
  const parsed = cardSchema.safeParse(json)
  if (parsed.success) return camelCase(parsed.data)
  const issue = parsed.error.issues[0]!
  throw new Error(`${issue.path.join('.') || 'all of it'}: ${issue.message}.`)
}

/** Gives a card the names it has in the file, where scoreboard and learning curve keep their camelCase ones. */
export const formatCard = (card: ModelCard): ModelSummary['card'] => ({
  ...snakeCase(card),
  scoreboard: card.scoreboard,
  learning_curve: card.learningCurve,
})

/** Parsed cards by what the store gave, which is the same object as long as the file is the same. */
const parsed = new WeakMap<object, ModelCard>()

/** @throws MODEL_CORRUPT where the card is not one of ours */
export const parseModelCard = ({ version, card }: Pick<ModelSummary, 'version' | 'card'>): ModelCard => {
  const known = parsed.get(card)
  if (known) return known
  try {
    const fresh = parseCard(card)
    parsed.set(card, fresh)
    return fresh
  } catch (error) {
    throw new UserError('MODEL_CORRUPT', `The card of version ${version}: ${(error as Error).message}`)
  }
}

/** Null where it cannot be read or parsed. */
export const cardOrNull = (store: Store, version: number): ModelCard | null => {
  try {
    return parseModelCard(store.models.summary(version))
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

/** The cards of the versions that a training job made, however it ended, the first one first; damaged ones are left out. */
export const findTrained = (store: Store, trainingJobId: string): readonly ModelCard[] =>
  store.models.versions().flatMap((version) => {
    const card = cardOrNull(store, version)
    return card?.trainingJobId === trainingJobId ? [card] : []
  })
