import { z } from 'zod'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'

/** Whatever measures something; a page can show it, and sums of it stay finite. */
const figure = z.number().min(-1e9).max(1e9)
/** Means of shares may be a rounding error above 1. */
const share = z.number().min(0).max(1.000001)
/** A mean of numbers of things. */
const amount = z.number().min(0).max(1e9)
const count = z.number().int().min(0).max(1e9)
const whole = z.number().int().min(-1e9).max(1e9)
const text = z.string().max(4000)
/** Of a digest or code. */
const short = z.string().max(200)
const date = z
  .string()
  .max(40)
  .refine((value) => Number.isFinite(Date.parse(value)), 'is no date')

/** Of a drawn line: a training has at most a few thousand epochs. */
const MOST_POINTS = 20_000

const band = z.object({ low: figure, high: figure })
const line = z.object({
  name: text,
  samples: count,
  accuracy: share,
  macroF1: share,
  accuracyBand: band,
  macroF1Band: band,
  calibrationError: share.nullable(),
})
const kind = z.enum(SECTION_KINDS)
const scores = z.object({ precision: share, recall: share, f1: share, support: count })

const pair = z.tuple([figure, figure])
const rival = z.object({
  name: text,
  version: whole.nullable(),
  onlyOurs: z.array(kind),
  onlyTheirs: z.array(kind),
  duel: z
    .object({
      kinds: z.array(kind),
      labels: count,
      tracks: count,
      accuracy: pair,
      macroF1: pair,
      calibrationError: pair,
      difference: figure,
      band,
      verdict: z.enum(['better', 'worse', 'open']),
    })
    .nullable(),
  text,
})

const ownClass = z.object({ id: count, name: short })

type Report = (message: string, path: readonly (string | number)[]) => void
const reportTo =
  (context: z.RefinementCtx): Report =>
  (message, path) =>
    context.addIssue({ code: 'custom', message, path: [...path] })

const requireLength = (
  list: readonly unknown[],
  length: number,
  path: readonly (string | number)[],
  report: Report,
): void => {
  if (list.length !== length) report(`has ${list.length} members; ${length} are needed`, path)
}

const scoreboardShape = z.object({
  kinds: z.array(kind),
  tracks: count,
  scores: z.object({
    samples: count,
    accuracy: share,
    macroF1: share,
    classes: z.array(scores),
    confusion: z.array(z.array(count)),
  }),
  calibrationError: share,
  model: line,
  baselines: z.array(line),
  /** Cards of older versions have neither of these. */
  knownToBase: z.array(text).default([]),
  rivals: z.array(rival).default([]),
  previous: z.object({ line, modelOnSame: line }).nullable(),
  previousReason: text.nullable(),
  trainAccuracy: share,
  advice: z.array(z.object({ code: short, text })),
})

/** Its tables have a row for each kind, or the page could not draw them. */
export const scoreboardSchema = scoreboardShape.superRefine(({ kinds, scores: { classes, confusion } }, context) => {
  const report = reportTo(context)
  if (new Set(kinds).size < Math.max(2, kinds.length)) report('names less than two kinds, or one twice', ['kinds'])
  requireLength(classes, kinds.length, ['scores', 'classes'], report)
  requireLength(confusion, kinds.length, ['scores', 'confusion'], report)
  for (const [at, row] of confusion.entries()) requireLength(row, kinds.length, ['scores', 'confusion', at], report)
})

const learningCurveSchema = z.object({
  points: z
    .array(
      z.object({
        share,
        tracks: amount,
        labels: amount,
        accuracy: share,
        macroF1: share,
        kinds: z.array(z.object({ labels: amount, f1: share })),
      }),
    )
    .min(1)
    .max(MOST_POINTS),
  gains: z.array(z.object({ kind: kind.nullable(), more: amount, gain: figure, band })),
  words: z.array(text),
})

/**
 * Everything in `dj_section_vN.json` but the checksum: what the model is, what it was made from, and how good it is.
 */
const cardShape = z.object({
  model_type: z.literal('dj_section'),
  version: whole,
  /** What a person calls it, and wrote about it; they go with it to other people. */
  name: z.string().nullable().default(null),
  notes: z.string().nullable().default(null),
  /** The part of the library that it was trained for; null for all of it. */
  scope: z.object({ id: count, name: short }).nullable().default(null),
  created_at: date,
  code_version: short,
  feature_spec_digest: short,
  labels: z.array(kind),
  seed: z.number().int(),
  epochs: count,
  training_seconds: amount,
  excluded: z.array(kind),
  previous_version: whole.nullable(),
  /** Null where the training was no job, or one of an older Algiers. */
  training_job_id: short.nullable().default(null),
  /** Labels left out because their tracks are not analysed and cannot be reached. */
  labels_without_audio: count.default(0),
  /** When it came in a bundle, and its number there; null for a model that was trained here. */
  imported: z.object({ at: date, version: whole }).nullable().default(null),
  /** What it was blended of, and how much of the other; null for a model that was trained. */
  blend: z.object({ own: whole, other: whole, other_name: short.nullable(), share }).nullable().default(null),
  label_counts: z.partialRecord(kind, count),
  accuracy: share,
  f1_score: share,
  scoreboard: scoreboardSchema,
  /** Prediction for each label by a model that never saw its track; cards of older versions have none. */
  out_of_fold: z
    .array(
      z.object({
        label_id: z.number().int().min(0),
        predicted: kind,
        confidence: share,
        /** Of each kind in `labels`; cards of older versions have none. */
        probabilities: z.array(share).optional(),
      }),
    )
    .default([]),
  /** Average losses of the folds, round by round. */
  losses: z
    .array(z.object({ round: count, train: figure, validation: figure }))
    .max(MOST_POINTS)
    .default([]),
  /** What was learnt of the person's own kinds, each within the kind that it stands for. */
  own_kinds: z
    .array(
      z.object({
        kind,
        classes: z.array(z.object({ own: ownClass.nullable(), labels: count, f1: share.nullable() })),
        accuracy: share.nullable(),
        majority: share,
        is_learnt: z.boolean(),
        too_few: z.array(ownClass),
      }),
    )
    .max(SECTION_KINDS.length)
    .default([]),
  /** Scores with fewer labels; null where they were not measured. */
  learning_curve: learningCurveSchema.nullable().default(null),
  lineage: z.object({
    /** The model that the training began from; null where it began from nothing. */
    base: z.object({ version: whole, sha256: short }).nullable().default(null),
    tracks: z.array(z.object({ audio_digest: short, artist: text.nullable() })),
    labels: z.array(
      z.object({
        id: z.number().int().min(0),
        track: count,
        label: kind,
        start_beat: figure,
        end_beat: figure,
        source: short,
      }),
    ),
  }),
  /** What the heads say of `goldenRows`, in a bundle; null in cards that were never exported, and in older ones. */
  golden_answers: z
    .object({ span: z.array(share), beat: z.array(share), boundary: z.array(share) })
    .nullable()
    .default(null),
})

export const cardSchema = cardShape.superRefine((card, context) => {
  const report = reportTo(context)
  const { kinds } = card.scoreboard
  if (kinds.join() !== card.labels.join()) report('are other kinds than those of the scoreboard', ['labels'])
  card.out_of_fold.forEach(({ probabilities }, at) => {
    if (probabilities) requireLength(probabilities, kinds.length, ['out_of_fold', at, 'probabilities'], report)
  })
  card.learning_curve?.points.forEach((point, at) => {
    requireLength(point.kinds, kinds.length, ['learning_curve', 'points', at, 'kinds'], report)
  })
  card.lineage.labels.forEach(({ track }, at) => {
    if (track >= card.lineage.tracks.length) report('is no place in tracks', ['lineage', 'labels', at, 'track'])
  })
})
