import { z } from 'zod'
import { GRID_CHOICES } from '../../core/interop/libraries/grid-choice.ts'
import { LIBRARY_FORMAT_NAMES } from '../../core/interop/libraries/library-format.ts'
import { id, idParams, sectionKind, timestamp } from './fields.ts'
import { started } from './jobs.ts'
import { operationsOf } from './operation.ts'

const path = z.string().min(1).max(4096)

/** What is looked through, and what is known of it already. */
const looked = z.strictObject({
  /** A file, a folder or a drive of this machine. */
  path,
  /** Left out: whatever is recognised. */
  format: z.enum(LIBRARY_FORMAT_NAMES).optional(),
  /** Where folders of the other program lie here. */
  moves: z
    .array(z.strictObject({ from: path, to: path }))
    .max(50)
    .default([]),
  /** What names and colours of cues stand for, from now on; null: for no section. */
  answers: z
    .array(
      z.strictObject({
        key: z.string().min(1).max(200),
        kind: sectionKind.nullable(),
        /** As its report names it; for all that are brought in where left out. */
        program: z.string().min(1).max(200).optional(),
      }),
    )
    .max(500)
    .default([]),
  /** Of several libraries only these, by their places in the report. */
  only: z.array(z.number().int().min(0)).max(1000).optional(),
  /** Whether grids of the other program take the place of ours: of none, of those that ours are unsure of, of all. */
  grids: z.enum(GRID_CHOICES).default('none'),
  /** Ratings, colours, comments and play counts come along. */
  notes: z.boolean().default(true),
  playlists: z.boolean().default(true),
  /** Also those playlists of earlier imports that the person has deleted. */
  deleted: z.boolean().default(false),
})

const imported = z.object({
  id: z.number(),
  program: z.string(),
  version: z.string().nullable(),
  format: z.string(),
  source: z.string(),
  imported_at: timestamp,
  undone_at: timestamp.nullable(),
  /** Those that no earlier import had brought already. */
  suggestions: z.number(),
  /** Nobody has decided on them. */
  open: z.number(),
  accepted: z.number(),
  rejected: z.number(),
  playlists: z.number(),
  /** Tracks whose cues wait until the track is analysed. */
  waiting: z.number(),
})
const takenBack = { labels_removed: z.number(), labels_kept: z.number() }

const { get, post } = operationsOf('exchange')

export const exchangeOperations = {
  lookThrough: post('/api/exchange/look-through', {
    summary: 'Starts a job that says what a library of another DJ program holds and what would come of it.',
    body: looked,
    response: { 202: started },
  }),
  bringIn: post('/api/exchange/import', {
    summary: 'Starts a job that brings a library of another DJ program in: its cues become suggestions.',
    body: looked,
    response: { 202: started },
  }),
  listImports: get('/api/exchange/imports', {
    summary: 'Lists what was brought in, the newest first.',
    response: { 200: z.array(imported) },
    staleAfter: ['imports', 'labels', 'suggestions'],
  }),
  importDetails: get('/api/exchange/imports/:id', {
    summary: 'Says what an import suggests and nobody has decided on, by kind.',
    params: idParams,
    response: {
      200: imported.extend({
        kinds: z.array(z.object({ kind: sectionKind, suggestions: z.number(), tracks: z.number() })),
      }),
    },
    staleAfter: ['imports', 'labels', 'suggestions'],
  }),
  importTracks: get('/api/exchange/imports/:id/tracks', {
    summary: 'Lists the tracks for which an import suggests something that nobody has decided on.',
    params: idParams,
    response: {
      200: z.array(
        z.object({ track_id: z.number(), title: z.string(), artist: z.string().nullable(), suggestions: z.number() }),
      ),
    },
    staleAfter: ['imports', 'labels', 'suggestions'],
  }),
  acceptImport: post('/api/exchange/imports/:id/accept', {
    summary: 'Makes labels of what an import suggests: all of it, of a kind, or for a track.',
    params: idParams,
    body: z.strictObject({ kind: sectionKind.optional(), track_id: id.optional() }).nullish(),
    response: { 200: z.object({ acceptance: z.number(), labels: z.number(), track_ids: z.array(z.number()) }) },
  }),
  takeBackAcceptance: post('/api/exchange/acceptances/:id/undo', {
    summary: 'Takes back what one acceptance accepted; labels that were changed since stay.',
    params: idParams,
    response: { 200: z.object({ ...takenBack, track_ids: z.array(z.number()) }) },
  }),
  undoImport: post('/api/exchange/imports/:id/undo', {
    summary: 'Takes back everything that an import brought and nobody has changed since.',
    params: idParams,
    response: {
      200: z.object({
        ...takenBack,
        notes_restored: z.number(),
        grids_restored: z.array(z.number()),
        playlists_removed: z.number(),
        /** As they were before this import. */
        playlists_restored: z.number(),
        playlists_kept: z.number(),
      }),
    },
  }),
}
