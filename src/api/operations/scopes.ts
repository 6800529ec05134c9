import { z } from 'zod'
import { TRACKS_CHANGED } from './event-types.ts'
import { idParams, keptName as name, timestamp, toldStep } from './fields.ts'
import { operationsOf } from './operation.ts'
import { parseTrackQuery } from './tracks.ts'

/** A part of the library that models are trained for by themselves, such as a genre. */
const scope = z.object({
  id: z.number(),
  name: z.string(),
  /** Parameters of `GET /api/tracks`. */
  filter: z.string(),
  tracks: z.number(),
  labels: z.number(),
  /** Why it has no tracks, where its filter asks for what is gone. */
  problem: z.string().nullable(),
  active_version: z.number().nullable(),
  /** Whether its active version answers for its tracks: only one that is proven better there than the general one does. */
  is_answering: z.boolean(),
  /** Whether that is so and why; null where no version of it is active. */
  proof: z.string().nullable(),
  /** Trained for it, the newest first. */
  versions: z.array(z.number()),
  /** Smaller scopes that answer for some of its tracks. */
  overlaps: z.array(z.object({ name: z.string(), tracks: z.number() })),
  created_at: timestamp,
})

const filter = z
  .string()
  .max(4000)
  .refine((text) => parseTrackQuery(text) !== null, 'must be parameters of GET /api/tracks')

const { get, post, patch, remove } = operationsOf('models')

export const scopeOperations = {
  listScopes: get('/api/training/scopes', {
    summary: 'Lists the parts of the library that have models of their own, and which version answers for each.',
    response: { 200: z.array(scope) },
    staleAfter: ['models', 'playlists', 'notes', ...TRACKS_CHANGED],
  }),
  addScope: post('/api/training/scopes', {
    summary: 'Makes a scope; one of that name that was removed comes back with its versions.',
    body: z.strictObject({ name, filter }),
    response: { 201: scope },
  }),
  changeScope: patch('/api/training/scopes/:id', {
    summary: 'Gives a scope another name or filter, or its tracks back to the general version.',
    params: idParams,
    body: z.strictObject({ name: name.optional(), filter: filter.optional(), active_version: z.null().optional() }),
    response: { 200: scope },
  }),
  removeScope: remove('/api/training/scopes/:id', {
    summary: 'Removes a scope. Its versions stay; the general one answers for its tracks.',
    params: idParams,
    response: { 200: toldStep },
  }),
}
