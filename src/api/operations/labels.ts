import { z } from 'zod'
import { LABEL_FLAW_CODES } from '../../core/labels/finding-codes.ts'
import {
  beats,
  done,
  id,
  idParams,
  labelCounts,
  labelWarnings,
  metre,
  seconds,
  sectionKind,
  timestamp,
} from './fields.ts'
import { operationsOf } from './operation.ts'

export const label = z.object({
  id: z.number(),
  track_id: z.number(),
  content_hash: z.string(),
  track_path: z.string().nullable(),
  label_value: sectionKind,
  /** The kind of the person's own, in a lens, that stands for it. */
  own_kind_id: z.number().nullable(),
  start_beat: z.number(),
  end_beat: z.number(),
  start_time_seconds: z.number(),
  end_time_seconds: z.number(),
  source: z.string(),
  created_at: timestamp,
  track_title: z.string(),
  ...metre,
})

const labelSource = z.enum(['user', 'imported', 'auto_detected'])
/** One of the seven, or the name of a kind of the person's own. An unknown one is refused by name, so it is any text here. */
const askedKind = z.string().max(40)
/** A kind of the person's own, which says what `label_value` is; left out, a label keeps the one that it has. */
const ownKind = id.nullish()
/** Beats or seconds, or both; what is left out is derived. */
const span = {
  start_beat: beats.nullish(),
  end_beat: beats.nullish(),
  start_time_seconds: seconds.nullish(),
  end_time_seconds: seconds.nullish(),
}
export const overlap = z.enum(['refuse', 'trim']).default('refuse')
const overlapQuery = z.strictObject({ overlap })

const addedLabel = label.extend({ message: z.string(), ...labelWarnings })

/** Sections of 4 beats, one after the other, through three hours at 200 BPM are 9,000. */
const MOST_LABELS = 10_000
/** As many labels as one body may hold, with beats and seconds. */
const MOST_BULK_BYTES = 4 << 20
/** What the labels of a track were when they were read. */
const revision = z.string().max(64)
const paintedLabels = z.strictObject({
  /** Of the labels that were edited: 409 where they are others by now. Left out, the last who writes wins. */
  revision: revision.optional(),
  labels: z
    .array(
      z.strictObject({
        id: id.optional(),
        label_value: askedKind,
        own_kind_id: ownKind,
        ...span,
        source: labelSource.optional(),
      }),
    )
    .max(MOST_LABELS),
})

export const labelStats = z.object({
  total_labels: z.number(),
  label_counts: labelCounts,
  tracks_covered: z.number(),
  avg_per_track: z.number(),
  ready_for_training: z.boolean(),
  min_samples_required: z.number(),
  per_class: z.record(sectionKind, z.object({ labels: z.number(), tracks: z.number(), minutes: z.number() })),
  missing: z.array(z.string()),
})

/** What may be wrong with labels, in the order in which to look at it; nothing of it is an error. */
export const labelQuality = z.object({
  flaws: z.array(
    z.object({
      label_id: z.number(),
      track_id: z.number(),
      track_title: z.string(),
      label_value: sectionKind,
      start_beat: z.number(),
      end_beat: z.number(),
      ...metre,
      code: z.enum(LABEL_FLAW_CODES),
      message: z.string(),
      /** The label that says otherwise of the same sound. */
      other_label_id: z.number().nullable(),
    }),
  ),
  imbalance: z.object({ most: sectionKind, least: sectionKind, message: z.string() }).nullable(),
  tracks_checked: z.number(),
  /** Of these, tracks whose sound could not be looked at: they are not analysed as they are now. */
  tracks_unheard: z.number(),
})

const { get, post, put, patch, remove } = operationsOf('labels')

export const labelOperations = {
  addLabel: post('/api/training/labels', {
    summary: 'Adds a label: 201, or 200 if it already exists.',
    query: overlapQuery,
    body: z.strictObject({
      track_id: id,
      label_value: askedKind,
      own_kind_id: ownKind,
      ...span,
      source: labelSource.default('user'),
    }),
    response: { 200: addedLabel, 201: addedLabel },
  }),
  listLabels: get('/api/training/labels', {
    summary: 'Lists labels, of one track or kind if that is named.',
    query: z.strictObject({ track_id: id.optional(), label: askedKind.optional() }),
    response: { 200: z.array(label) },
    staleAfter: ['labels', 'grid'],
  }),
  labelStats: get('/api/training/labels/stats', {
    summary: 'Counts the labels, and says what a training still needs.',
    query: z.strictObject({ exclude: z.string().optional() }),
    response: { 200: labelStats },
    staleAfter: ['labels', 'grid'],
  }),
  labelQuality: get('/api/training/labels/quality', {
    summary: 'Says what may be wrong with the labels.',
    response: { 200: labelQuality },
    staleAfter: ['labels', 'grid', 'analysis', 'models'],
  }),
  changeLabel: patch('/api/training/labels/:id', {
    summary: 'Changes the kind or the span of a label.',
    params: idParams,
    query: overlapQuery,
    body: z.strictObject({ label_value: askedKind.optional(), own_kind_id: ownKind, ...span }),
    response: { 200: label.extend(labelWarnings) },
  }),
  deleteLabel: remove('/api/training/labels/:id', {
    summary: 'Deletes a label.',
    params: idParams,
    response: { 200: done },
  }),
  replaceLabels: put('/api/tracks/:id/labels', {
    summary: 'Makes the labels of a track exactly these.',
    params: idParams,
    bodyLimit: MOST_BULK_BYTES,
    body: paintedLabels,
    response: { 200: z.object({ labels: z.array(label), labels_revision: revision, ...labelWarnings }) },
  }),
}
