import { z } from 'zod'
import { IMPORTED_ELEMENTS } from '../../core/suggestions/suggestion.ts'
import { done, figure, id, idParams, metre, place, sectionKind, timestamp, warnings, wholeNumber } from './fields.ts'
import { label } from './labels.ts'
import { operationsOf } from './operation.ts'

export const suggestion = z.object({
  id: z.string(),
  track_id: z.number(),
  track_title: z.string(),
  /** The version that read it; null for one of an import. */
  version: z.number().nullable(),
  /** The scope that the version speaks for, by its name; null for the general one. */
  scope: z.string().nullable(),
  /** Where it comes from in a library of another DJ program; null for one of a version. */
  imported: z
    .object({
      import_id: z.number(),
      program: z.string(),
      element: z.enum(IMPORTED_ELEMENTS),
      /** Of the cue, as that program has it. */
      name: z.string().nullable(),
    })
    .nullable(),
  kind: sectionKind,
  /** The kind of the person's own that it is; left out where it is the kind alone. */
  own_kind_id: z.number().optional(),
  ...place,
  ...metre,
  /** Calibrated for a version; for an import only how far such an element can be trusted. */
  confidence: z.number(),
  runner_up: sectionKind.nullable(),
})
/** A suggestion that was rejected, and is therefore not made any more. */
export const rejection = z.object({
  id: z.number(),
  /** Null for one of an import. */
  version: z.number().nullable(),
  kind: sectionKind,
  ...place,
  rejected_at: timestamp,
})
const suggestionParams = z.object({ id, suggestion: z.string().max(80) })

const { get, post, remove } = operationsOf('suggestions')

export const suggestionOperations = {
  listSuggestions: get('/api/suggestions', {
    summary: 'Lists what imports and the proposing version suggest where no label is.',
    query: z.strictObject({
      track_id: id.optional(),
      min_confidence: figure(z.number().min(0).max(1)).optional(),
      order: z.enum(['position', 'teaching']).optional(),
      limit: wholeNumber(z.number().int().min(1).max(500)).default(200),
    }),
    response: { 200: z.array(suggestion) },
    staleAfter: ['suggestions', 'sections', 'labels', 'models', 'imports', 'scopes'],
  }),
  acceptSuggestion: post('/api/tracks/:id/suggestions/:suggestion/accept', {
    summary: 'Makes a suggestion a label, of another kind where one is named.',
    params: suggestionParams,
    body: z.strictObject({ kind: z.string().max(40).optional() }).nullish(),
    response: { 201: z.object({ labels: z.array(label), warnings }) },
  }),
  rejectSuggestion: post('/api/tracks/:id/suggestions/:suggestion/reject', {
    summary: 'Rejects a suggestion, so that it is not made again.',
    params: suggestionParams,
    response: { 200: done },
  }),
  listRejections: get('/api/tracks/:id/rejections', {
    summary: 'Lists the suggestions of a track that were rejected and could be made again.',
    params: idParams,
    response: { 200: z.array(rejection) },
    staleAfter: ['its track'],
  }),
  restoreSuggestion: remove('/api/tracks/:id/rejections/:rejection', {
    summary: 'Withdraws a rejection, so that the suggestion may be made again.',
    params: z.object({ id, rejection: id }),
    response: { 200: done },
  }),
}
