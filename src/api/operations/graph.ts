import { z } from 'zod'
import { GRAPH_PLACES } from '../../core/setlist/graph-places.ts'
import { REASON_CODES } from '../../core/setlist/reasons-against.ts'
import { DEFAULT_EXITS, DEFAULT_LEAST, LOWEST_LEAST, MOST_EXITS } from '../../core/setlist/transition-graph.ts'
import { TRACKS_CHANGED } from './event-types.ts'
import { figure, flag, wholeNumber } from './fields.ts'
import { operationsOf } from './operation.ts'
import { proposedTransition } from './sets.ts'
import { trackParams } from './track-line.ts'
import { parseTrackQuery } from './tracks.ts'

/** Of a filter, so that one address says all of it. */
const pool = z
  .string()
  .max(4000)
  .refine((text) => parseTrackQuery(text) !== null, 'must be parameters of GET /api/tracks')
const least = figure(z.number().min(LOWEST_LEAST).max(1)).default(DEFAULT_LEAST)

const ids = z.array(z.number())
const words = z.array(z.string().nullable())
const figures = z.array(z.number().nullable())

const graph = z.object({
  by: z.enum(GRAPH_PLACES),
  exits: z.number(),
  least: z.number(),
  /** One list for each fact, all in the order of the ids: a list of records would be several times as long. Null is not known. */
  tracks: z.object({
    id: ids,
    title: z.array(z.string()),
    artist: words,
    genre: words,
    /** The kind of music that is heard in it for longest. */
    tag: words,
    camelot: words,
    tempo_bpm: figures,
    energy: figures,
    duration_seconds: figures,
    /** Where it stands, −1 to 1, to the right and up. */
    x: z.array(z.number()),
    y: z.array(z.number()),
  }),
  /** The best transitions of each track by their ids, the best of a track first; null where they were not asked for. */
  transitions: z.object({ from: ids, to: ids, score: z.array(z.number()) }).nullable(),
  /** Groups that no good transition joins, the largest first, by the ids of their tracks; a track may be one by itself. */
  islands: z.array(ids).nullable(),
  /** Tracks that lead well into no other one. */
  dead_ends: ids.nullable(),
  /** Tracks that no other one leads into well. */
  unreached: ids.nullable(),
  /** In a large library, tracks that were not compared with every one that might follow them; what could not be made sure of them is not said. */
  unsure: ids.nullable(),
  /** Tracks that the filter finds and that are not in the graph, by the reason; none where it is about their number. */
  left_out: z.array(z.object({ reason: z.string(), track_ids: ids })),
})

const { get } = operationsOf('graph')

export const graphOperations = {
  graph: get('/api/graph', {
    summary: 'Gives tracks as points and the good transitions between them, with islands and dead ends.',
    description:
      'The same library gives the same graph. It takes seconds for thousands of tracks, and longer the first time after tracks were analysed; without transitions it comes at once.',
    query: z.strictObject({
      /** Parameters of `GET /api/tracks`, such as `genre=techno&bpm_min=125`; left out, all tracks. */
      pool: pool.optional(),
      /** What stands close: what mixes, what sounds alike, the same keys, or the same tempo and energy. */
      by: z.enum(GRAPH_PLACES).default('mix'),
      /** The most transitions that are given of a track. */
      exits: wholeNumber(z.number().int().min(1).max(MOST_EXITS)).default(DEFAULT_EXITS),
      /** The score from which a transition is good. */
      least,
      /** False leaves out transitions, islands and dead ends. */
      transitions: flag.default(true),
    }),
    response: { 200: graph },
    // Filters ask for notes and playlists as well.
    staleAfter: [...TRACKS_CHANGED, 'notes', 'playlists', 'imports', 'transitions'],
  }),
  graphPair: get('/api/graph/pair', {
    summary: 'Proposes how one track leads into another, or says why it does not.',
    query: z.strictObject({ from: trackParams.shape.id, to: trackParams.shape.id, least }),
    response: {
      200: z.object({
        is_good: z.boolean(),
        /** The best way first. */
        proposals: z.array(proposedTransition),
        /** What speaks against it, the weightiest first; empty where it is good. */
        reasons: z.array(z.object({ code: z.enum(REASON_CODES), sentence: z.string() })),
      }),
    },
    staleAfter: [...TRACKS_CHANGED, 'transitions'],
  }),
}
