import { z } from 'zod'
import { sectionKind, timestamp } from './fields.ts'
import { band, rivalry } from './rivals.ts'

const line = z.object({
  name: z.string(),
  samples: z.number(),
  accuracy: z.number(),
  macro_f1: z.number(),
  accuracy_band: band,
  macro_f1_band: band,
  /** Null for lines that give no confidence. */
  calibration_error: z.number().nullable(),
})

/** How good a model is on tracks it never saw, beside what is easy to reach and what was there before. */
const scoreboard = z.object({
  kinds: z.array(sectionKind),
  tracks: z.number(),
  scores: z.object({
    samples: z.number(),
    accuracy: z.number(),
    macro_f1: z.number(),
    /** In the order of `kinds`. */
    classes: z.array(z.object({ precision: z.number(), recall: z.number(), f1: z.number(), support: z.number() })),
    /** Rows are what is true, columns what was said. */
    confusion: z.array(z.array(z.number())),
  }),
  calibration_error: z.number(),
  model: line,
  baselines: z.array(line),
  /** Audio digests of the tracks that the model it began from may have learnt from: they are left out of `rivals` and of that model's line. */
  known_to_base: z.array(z.string()),
  /** Those that do better first. */
  rivals: z.array(rivalry),
  previous: z.object({ line, model_on_same: line }).nullable(),
  previous_reason: z.string().nullable(),
  train_accuracy: z.number(),
  advice: z.array(z.object({ code: z.string(), text: z.string() })),
})

/** How good the model would be with fewer labels, and what more of them are worth. */
const learningCurve = z.object({
  points: z.array(
    z.object({
      /** Of the tracks that a model could be trained on. */
      share: z.number(),
      tracks: z.number(),
      labels: z.number(),
      accuracy: z.number(),
      macro_f1: z.number(),
      /** In the order of the scoreboard's `kinds`. */
      kinds: z.array(z.object({ labels: z.number(), f1: z.number() })),
    }),
  ),
  /** `kind` null: tracks of all kinds, worth accuracy; else labels of the kind, worth its F1. Shares: 0.03 is 3 points. */
  gains: z.array(z.object({ kind: sectionKind.nullable(), more: z.number(), gain: z.number(), band })),
  /** What of it is certain, in sentences. */
  words: z.array(z.string()),
})

/** Everything that is known of a model version: what it was made from, and how good it is. */
export const modelCard = z.looseObject({
  version: z.number(),
  name: z.string().nullable(),
  notes: z.string().nullable(),
  created_at: timestamp,
  code_version: z.string(),
  labels: z.array(sectionKind),
  seed: z.number(),
  epochs: z.number(),
  training_seconds: z.number(),
  excluded: z.array(sectionKind),
  previous_version: z.number().nullable(),
  labels_without_audio: z.number(),
  imported: z.object({ at: timestamp, version: z.number() }).nullable(),
  /** What it was blended of, and the share of the other, 0 to 1; null for a model that was trained. */
  blend: z
    .object({ own: z.number(), other: z.number(), other_name: z.string().nullable(), share: z.number() })
    .nullable(),
  scoreboard,
  out_of_fold: z.array(z.object({ label_id: z.number(), predicted: sectionKind, confidence: z.number() })),
  losses: z.array(z.object({ round: z.number(), train: z.number(), validation: z.number() })),
  /** What was learnt of the person's own kinds, each within the kind that it stands for; out-of-fold. */
  own_kinds: z.array(
    z.object({
      kind: sectionKind,
      classes: z.array(
        z.object({
          /** Null for the kind itself. */
          own: z.object({ id: z.number(), name: z.string() }).nullable(),
          labels: z.number(),
          f1: z.number().nullable(),
        }),
      ),
      accuracy: z.number().nullable(),
      /** Of always saying the most frequent of them: without doing better, nothing is learnt. */
      majority: z.number(),
      is_learnt: z.boolean(),
      too_few: z.array(z.object({ id: z.number(), name: z.string() })),
    }),
  ),
  /** Null where it was not measured. */
  learning_curve: learningCurve.nullable(),
  lineage: z.object({
    /** The model that the training began from; null: from nothing. */
    base: z.object({ version: z.number(), sha256: z.string() }).nullable(),
    tracks: z.array(z.object({ audio_digest: z.string(), artist: z.string().nullable() })),
    labels: z.array(
      z.object({
        id: z.number(),
        /** Place in `tracks`. */
        track: z.number(),
        label: sectionKind,
        start_beat: z.number(),
        end_beat: z.number(),
        source: z.string(),
      }),
    ),
  }),
})
