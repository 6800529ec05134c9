import { z } from 'zod'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { type CamelCased, camelCase } from '../../core/support/camel-case.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { TrainingTrack } from '../../core/training/label-rows.ts'
import type { ModelSummary } from '../../platform/store/model-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrainedModel } from '../../platform/workers/train-and-encode.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import type { ShippedModel } from './base-model.ts'

const band = z.object({ low: z.number(), high: z.number() })
const line = z.object({
  name: z.string(),
  samples: z.number(),
  accuracy: z.number(),
  macroF1: z.number(),
  accuracyBand: band,
  macroF1Band: band,
  calibrationError: z.number().nullable(),
})
const kind = z.enum(SECTION_KINDS)
const scores = z.object({ precision: z.number(), recall: z.number(), f1: z.number(), support: z.number() })

const pair = z.tuple([z.number(), z.number()])
const rival = z.object({
  name: z.string(),
  version: z.number().nullable(),
  onlyOurs: z.array(kind),
  onlyTheirs: z.array(kind),
  duel: z
    .object({
      kinds: z.array(kind),
      labels: z.number(),
      tracks: z.number(),
      accuracy: pair,
      macroF1: pair,
      calibrationError: pair,
      difference: z.number(),
      band,
      verdict: z.enum(['better', 'worse', 'open']),
    })
    .nullable(),
  text: z.string(),
})

const scoreboardSchema = z.object({
  kinds: z.array(kind),
  tracks: z.number(),
  scores: z.object({
    samples: z.number(),
    accuracy: z.number(),
    macroF1: z.number(),
    classes: z.array(scores),
    confusion: z.array(z.array(z.number())),
  }),
  calibrationError: z.number(),
  model: line,
  baselines: z.array(line),
  /** Cards of older versions have neither of these. */
  knownToBase: z.array(z.string()).default([]),
  rivals: z.array(rival).default([]),
  previous: z.object({ line, modelOnSame: line }).nullable(),
  previousReason: z.string().nullable(),
  trainAccuracy: z.number(),
  advice: z.array(z.object({ code: z.string(), text: z.string() })),
})

const learningCurveSchema = z.object({
  points: z.array(
    z.object({
      share: z.number(),
      tracks: z.number(),
      labels: z.number(),
      accuracy: z.number(),
      macroF1: z.number(),
      kinds: z.array(z.object({ labels: z.number(), f1: z.number() })),
    }),
  ),
  gains: z.array(z.object({ kind: kind.nullable(), more: z.number(), gain: z.number(), band })),
  words: z.array(z.string()),
})

/**
 * Everything in `dj_section_vN.json` but the checksum: what the model is, what it was made from, and how good it is.
 */
const cardSchema = z.object({
  model_type: z.literal('dj_section'),
  version: z.number(),
  /** What a person calls it, and wrote about it; they go with it to other people. */
  name: z.string().nullable().default(null),
  notes: z.string().nullable().default(null),
  created_at: z.string(),
  code_version: z.string(),
  feature_spec_digest: z.string(),
  labels: z.array(kind),
  seed: z.number(),
  epochs: z.number(),
  training_seconds: z.number(),
  excluded: z.array(kind),
  previous_version: z.number().nullable(),
  /** Null where the training was no job, or one of an older Algiers. */
  training_job_id: z.string().nullable().default(null),
  /** Labels left out because their tracks are not analysed and cannot be reached. */
  labels_without_audio: z.number().default(0),
  /** When it came in a bundle, and its number there; null for a model that was trained here. */
  imported: z.object({ at: z.string(), version: z.number() }).nullable().default(null),
  label_counts: z.partialRecord(kind, z.number()),
  accuracy: z.number(),
  f1_score: z.number(),
  scoreboard: scoreboardSchema,
  /** Prediction for each label by a model that never saw its track; cards of older versions have none. */
  out_of_fold: z
    .array(
      z.object({
        label_id: z.number(),
        predicted: kind,
        confidence: z.number(),
        /** Of each kind in `labels`; cards of older versions have none. */
        probabilities: z.array(z.number()).optional(),
      }),
    )
    .default([]),
  /** Average losses of the folds, round by round. */
  losses: z.array(z.object({ round: z.number(), train: z.number(), validation: z.number() })).default([]),
  /** Scores with fewer labels; null where they were not measured. */
  learning_curve: learningCurveSchema.nullable().default(null),
  lineage: z.object({
    /** The model that the training began from; null where it began from nothing. */
    base: z.object({ version: z.number(), sha256: z.string() }).nullable().default(null),
    tracks: z.array(z.object({ audio_digest: z.string(), artist: z.string().nullable() })),
    labels: z.array(
      z.object({
        id: z.number(),
        track: z.number(),
        label: kind,
        start_beat: z.number(),
        end_beat: z.number(),
        source: z.string(),
      }),
    ),
  }),
})

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
  readonly excluded: readonly (typeof SECTION_KINDS)[number][]
  readonly trainingSeconds: number
  readonly trainingJobId: string | null
  readonly labelsWithoutAudio: number
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
    labelCounts: trained.labelCounts,
    accuracy: scoreboard.scores.accuracy,
    f1Score: scoreboard.scores.macroF1,
    scoreboard,
    outOfFold: trained.outOfFold.map(({ labelId, predicted, confidence, probabilities }) => ({
      labelId: Number(labelId),
      predicted,
      confidence: rounded(confidence),
      probabilities: probabilities.map(rounded),
    })),
    losses: trained.losses.map(({ round, train, validation }) => ({
      round,
      train: rounded(train),
      validation: rounded(validation),
    })),
    learningCurve: roundedCurve(trained.learningCurve),
    lineage: lineageOf(tracks, input.base),
  }
}

/** @throws Error that names the member that is wrong */
export const parseCard = (json: unknown): ModelCard => {
  const parsed = cardSchema.safeParse(json)
  if (parsed.success) return camelCase(parsed.data)
  const issue = parsed.error.issues[0]!
  throw new Error(`${issue.path.join('.')}: ${issue.message}.`)
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

/**
 * Finds the card of the version that a training job made, however it ended. Cards that cannot be parsed are skipped.
 */
export const findTrained = (store: Store, trainingJobId: string): ModelCard | null => {
  for (const version of store.models.versions().toReversed())
    try {
      const card = parseModelCard(store.models.summary(version))
      if (card.trainingJobId === trainingJobId) return card
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  return null
}
