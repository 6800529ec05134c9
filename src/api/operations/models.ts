import { z } from 'zod'
import { UNREAD_REASONS } from '../../core/models/bundle-file.ts'
import { LONGEST_VERSION_NAME, LONGEST_VERSION_NOTES } from '../../core/models/version-words.ts'
import { BYTES_TYPE, done, errorReport, labelCounts, media, sectionKind, timestamp, versionNumber } from './fields.ts'
import { modelCard } from './model-card.ts'
import { operationsOf } from './operation.ts'
import { band, rivalry } from './rivals.ts'

export const model = z.object({
  id: z.number(),
  model_type: z.literal('dj_section'),
  version: z.number(),
  name: z.string().nullable(),
  notes: z.string().nullable(),
  /** Only figures of a `trained` version and a `blend` were measured on labels of this library; the others are their makers' own. */
  origin: z.enum(['trained', 'blend', 'imported', 'shipped']),
  kinds: z.array(sectionKind),
  model_path: z.string(),
  /** Null where the version is damaged. */
  accuracy: z.number().nullable(),
  f1_score: z.number().nullable(),
  /** Of a version of a scope: whether it is the scope's. */
  is_active: z.boolean(),
  /** The part of the library that it was trained for; null for all of it. */
  scope: z.object({ id: z.number(), name: z.string() }).nullable(),
  is_compatible: z.boolean(),
  /** Why nothing can be done with it but to delete it; null where it is sound. */
  damage: z.string().nullable(),
  label_counts: labelCounts.partial(),
  training_job_id: z.string().nullable(),
  created_at: timestamp,
})

export const modelDetails = model.extend({
  accuracy: z.number(),
  f1_score: z.number(),
  /** The whole card: lineage, scoreboard, advice. Null for version 0, which ships with Algiers. */
  card: modelCard.nullable(),
  /** What version 0 was made from. */
  shipped: z.object({ open_tracks: z.number(), generated_tracks: z.number() }).nullable(),
  /** Tracks that it was trained on here and that are no longer in the library. */
  tracks_gone: z.number(),
})

/** How good a version is on the labels of this library, whoever made it. */
const judgement = z.object({
  version: z.number(),
  figures: z
    .object({ labels: z.number(), tracks: z.number(), accuracy: z.number(), accuracy_band: band, f1_score: z.number() })
    .nullable(),
  /** Labelled tracks that it may have learnt from, by digest of their audio. */
  may_know: z.array(z.object({ track_id: z.number(), title: z.string() })),
  /** Labels of kinds that it does not know. */
  unknown_kinds: labelCounts.partial(),
  /** Every other version, those that do better first. */
  rivals: z.array(rivalry),
})

export const judgements = z.array(judgement)

export const activationPreview = z.object({
  version: z.number(),
  /** The version whose sections are shown now. */
  reads_now: z.number().nullable(),
  unknown_kinds: z.array(sectionKind),
  /** Present sections of these kinds, which will become something else. */
  sections_lost: labelCounts.partial(),
  tracks_affected: z.number(),
  /** What does better on the labels of this library. */
  better: z.array(rivalry),
  /** All of this in sentences; empty where there is nothing to warn of. */
  warnings: z.array(z.string()),
})

const blendFigures = z.object({ accuracy: z.number(), macro_f1: z.number(), log_loss: z.number() })
const blendOutcome = z.object({
  /** The blend; null where it would not have been better than one's own version alone. */
  version: z.number().nullable(),
  own: z.number(),
  other: z.number(),
  /** Of the other version, 0 to 1. */
  share: z.number(),
  /** That neither version can know, on tracks whose weight was chosen by others. */
  labels: z.number(),
  tracks: z.number(),
  figures: z.object({ own: blendFigures, other: blendFigures, blend: blendFigures }),
  /** All of this in sentences. */
  text: z.string(),
})

const LONGEST_FILE_NAME = 255

/** A bundle that was opened and not taken yet. */
export const offer = z.object({
  id: z.uuid(),
  file_name: z.string(),
  /** What its maker says of the model; null where the file holds none. */
  model: z
    .object({
      name: z.string().nullable(),
      notes: z.string().nullable(),
      labels: z.array(sectionKind),
      /** As measured on the labels of its maker. */
      accuracy: z.number(),
      label_counts: labelCounts.partial(),
      tracks: z.number(),
      created_at: timestamp,
    })
    .nullable(),
  /** Why it cannot be taken; null where it can. */
  problem: errorReport.nullable(),
})
const offerParams = z.object({ offer: z.uuid() })

const versionParams = z.object({ version: versionNumber })
/** A little above what a bundle may have, so that the bundle's own limit speaks. */
const MOST_BUNDLE_BYTES = 40 << 20

const { get, post, patch, remove } = operationsOf('models')

export const modelOperations = {
  listModels: get('/api/training/models', {
    summary: 'Lists the model versions.',
    query: z.strictObject({
      /** Of any other type there are none. */
      type: z.string().max(40).optional(),
      /** Also version 0, which ships with Algiers. */
      include: z.literal('shipped').optional(),
    }),
    response: { 200: z.array(model) },
    staleAfter: ['models', 'scopes'],
  }),
  model: get('/api/training/models/:version', {
    summary: 'Gives a model version with its whole card.',
    params: versionParams,
    response: { 200: modelDetails },
    staleAfter: ['models', 'scopes'],
  }),
  judgeModels: get('/api/training/judgements', {
    summary: 'Judges all versions on the labels of this library, each on labels that it cannot have learnt from.',
    response: { 200: judgements },
    staleAfter: ['models', 'labels', 'grid', 'scan'],
  }),
  previewActivation: get('/api/training/models/:version/preview', {
    summary: 'Says what an activation would change, and what does better on the labels.',
    params: versionParams,
    response: { 200: activationPreview },
    staleAfter: ['models', 'labels', 'sections'],
  }),
  describeModel: patch('/api/training/models/:version', {
    summary: 'Gives a version a name and notes; both go with it when it is exported.',
    params: versionParams,
    body: z.strictObject({
      name: z.string().max(LONGEST_VERSION_NAME).nullish(),
      notes: z.string().max(LONGEST_VERSION_NOTES).nullish(),
    }),
    response: { 200: modelDetails },
  }),
  activateModel: post('/api/training/models/:version/activate', {
    summary: 'Makes a version the active one, which then reads the library.',
    params: versionParams,
    response: {
      200: z.object({ message: z.string(), version: z.number(), previous_version: z.number().nullable() }),
    },
  }),
  blendModel: post('/api/training/models/:version/blend', {
    summary: 'Blends a version with one of your own, where your labels say that this is better than yours alone.',
    params: versionParams,
    body: z
      .strictObject({
        /** One's own version: the active one where left out, or else the newest. */
        with: versionNumber.optional(),
      })
      .nullish(),
    response: { 200: blendOutcome },
  }),
  deleteModel: remove('/api/training/models/:version', {
    summary: 'Deletes a version that is not active.',
    params: versionParams,
    response: { 200: done },
  }),
  exportModel: get('/api/training/models/:version/export', {
    summary: 'Sends a version as one file.',
    params: versionParams,
    response: { 200: media('A model bundle.', BYTES_TYPE) },
  }),
  offerModel: post('/api/training/offers', {
    summary: 'Lays a bundle ready for a person to look at; a file that is none is told as such.',
    query: z.strictObject({
      name: z.string().min(1).max(LONGEST_FILE_NAME),
      unread: z.enum(UNREAD_REASONS).optional().describe('Why the file could not be read.'),
    }),
    bodyLimit: MOST_BUNDLE_BYTES,
    consumes: BYTES_TYPE,
    response: { 201: offer },
  }),
  modelOffer: get('/api/training/offers/:offer', {
    summary: 'Says what is in a bundle that was laid ready.',
    params: offerParams,
    response: { 200: offer },
  }),
  acceptOffer: post('/api/training/offers/:offer/accept', {
    summary: 'Adds a version from a bundle that was laid ready.',
    params: offerParams,
    statuses: { INCOMPATIBLE_MODEL: 422 },
    response: { 201: modelDetails },
  }),
  importModel: post('/api/training/models/import', {
    summary: 'Adds a version from a bundle.',
    bodyLimit: MOST_BUNDLE_BYTES,
    consumes: BYTES_TYPE,
    // Here it is the request's content that does not fit; elsewhere the state of this library.
    statuses: { INCOMPATIBLE_MODEL: 422 },
    response: { 201: modelDetails },
  }),
}
