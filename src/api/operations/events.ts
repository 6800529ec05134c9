import { z } from 'zod'
import { GRAPH_STAGES } from '../../core/setlist/transition-graph.ts'
import { EVENT_TYPES, type EventType } from './event-types.ts'
import { labelCounts, timestamp, wholeNumber } from './fields.ts'
import { job } from './jobs.ts'
import { operationsOf } from './operation.ts'

const at = timestamp
const track_id = z.number()

/** How far a training is; numbers are null before the first round. */
const trainingMeasure = z.object({
  label_counts: labelCounts.partial(),
  epoch: z.number().nullable(),
  total_epochs: z.number().nullable(),
  loss: z.number().nullable(),
  validation_loss: z.number().nullable(),
})

/** What stands in the `data:` of each event that says what changed. */
export const eventDocuments = {
  /** A job was made, moves on, or has ended. */
  job: z.intersection(
    job,
    z.object({ at, payload: z.unknown(), progress: z.object({ training: trainingMeasure.nullable() }) }),
  ),
  /** What a scan found in a folder of the library. */
  scan: z.object({
    at,
    root: z.string(),
    offline: z.boolean(),
    tracks_added: z.number(),
    files_missing: z.number(),
  }),
  /** A track was analysed or could not be. */
  analysis: z.object({ at, track_id, failure: z.string().nullable() }),
  /** A track has new sections. */
  sections: z.object({ at, track_id, version: z.number() }),
  grid: z.object({ at, track_id, version: z.number() }),
  /** A person has decided how the tags of a track are read. */
  tags: z.object({ at, track_id }),
  labels: z.object({ at, track_ids: z.array(z.number()) }),
  /** Rating, colour, comment or tags of the person's own are others. */
  notes: z.object({ at, track_ids: z.array(z.number()) }),
  /** A suggestion was rejected, or may come back. */
  suggestions: z.object({ at, track_id }),
  models: z.object({
    at,
    change: z.enum(['published', 'imported', 'activated', 'described', 'deleted']),
    version: z.number(),
  }),
  /** A lens or a kind in it was made, changed or removed. */
  lenses: z.object({ at }),
  /** A scope was made, changed or removed, or another version answers for it. */
  scopes: z.object({ at }),
  /** A playlist or a folder of playlists was made, changed or removed. */
  playlists: z.object({ at }),
  /** Something was brought in from another program, accepted of it, or taken back. */
  imports: z.object({ at }),
  /** A set was made, changed or deleted. */
  sets: z.object({ at, set_id: z.number() }),
  /** The person has moved the windows in which a track goes into another, or taken that back. */
  transitions: z.object({ at, from_id: z.number(), to_id: z.number() }),
  /** How far a graph is that is being computed. */
  graph: z.object({ at, stage: z.enum(GRAPH_STAGES), done: z.number(), total: z.number() }),
  roots: z.object({ at }),
  /** Somebody has opened Algiers again: a page that comes to the front tells so by this name. */
  front: z.object({ at, ask: z.string() }),
  /** Algiers ends, as somebody asked for, and the library may be deleted with it. */
  quit: z.object({ at, erasing: z.boolean() }),
} satisfies Record<EventType, z.ZodType>

export type EventDocuments = { readonly [Type in EventType]: z.output<(typeof eventDocuments)[Type]> }

/** What the connection itself says: nothing was missed, or too much was, so that the state must be loaded anew. */
const connectionDocuments = { hello: z.object({}), reset: z.object({}) }

const named = Object.entries({ ...connectionDocuments, ...eventDocuments }).map(([event, data]) =>
  z.object({ event: z.literal(event), data }),
)

const { get } = operationsOf('events')

export const eventOperations = {
  events: get('/api/events', {
    isEndless: true,
    summary: 'Sends what changes from now on, after what was missed.',
    description: `Server-sent events: ${EVENT_TYPES.join(', ')}; hello and reset.`,
    query: z.strictObject({ last_event_id: wholeNumber(z.number().int().min(0)).optional() }),
    response: {
      200: {
        description: 'Events with ids, a comment now and then.',
        content: { 'text/event-stream': { schema: z.union(named) } },
      },
    },
  }),
}
