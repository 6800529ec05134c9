import { z } from 'zod'
import { id, idParams, timestamp } from './fields.ts'
import { operationsOf } from './operation.ts'

/** Far more than any track has. */
const MOST_PHRASES = 1000

/** All edits that a grid may need. @param also what each holds besides */
const editsWith = <Also extends z.ZodRawShape>(also: Also) =>
  [
    z.strictObject({ kind: z.literal('shift'), beats: z.number(), ...also }),
    z.strictObject({ kind: z.literal('shift-phrase'), bars: z.number(), ...also }),
    /** Phrases are counted from each of these times, and before the first as from it. */
    z.strictObject({
      kind: z.literal('phrases'),
      seconds: z.array(z.number()).min(1).max(MOST_PHRASES).readonly(),
      ...also,
    }),
    z.strictObject({ kind: z.literal('halve'), ...also }),
    z.strictObject({ kind: z.literal('double'), ...also }),
    /** All beats to the middle between two, at whatever tempo they are; of a set only those from one time to another, if these are given. */
    z.strictObject({
      kind: z.literal('half-beat'),
      direction: z.enum(['later', 'earlier']),
      from: z.number().exactOptional(),
      to: z.number().exactOptional(),
      ...also,
    }),
    z.strictObject({ kind: z.literal('nudge'), seconds: z.number(), ...also }),
    z.strictObject({ kind: z.literal('tempo'), bpm: z.number(), seconds: z.number(), ...also }),
    z.strictObject({ kind: z.literal('re-anchor'), seconds: z.number(), as: z.enum(['beat', 'downbeat']), ...also }),
    /** The nearest beat is at the time; the tempo between it and the places that were set before follows. */
    z.strictObject({ kind: z.literal('pin'), seconds: z.number(), ...also }),
    /** The person says that it is right as it is. */
    z.strictObject({ kind: z.literal('confirm'), ...also }),
    /** So many beats to the bar, 2 to 7; the beat nearest to the time begins one. */
    z.strictObject({ kind: z.literal('metre'), beats: z.number(), seconds: z.number(), ...also }),
  ] as const

export const gridAlternatives = z
  .array(
    z.object({
      doubt: z.enum(['tempo', 'phase', 'bars']),
      edit: z.discriminatedUnion('kind', editsWith({})),
      probability: z.number(),
    }),
  )
  .readonly()
export const grid = z.object({
  anchors: z.array(z.object({ beat: z.number(), seconds: z.number(), bpm: z.number() })),
  beat_count: z.number(),
  beats_per_bar: z.number(),
  first_downbeat: z.number(),
  first_phrase: z.number(),
  /** Beats from which phrases are counted anew; absent where one count fits the track. */
  later_phrases: z.array(z.number()).optional(),
  tempo_confidence: z.number(),
  /** Absent in grids that earlier releases made. */
  phase_confidence: z.number().optional(),
  downbeat_confidence: z.number(),
  phrase_confidence: z.number(),
  /** What it may be instead, the most probable first, each with the edit that would make it so; absent where nothing else is likely. */
  alternatives: gridAlternatives.optional(),
})
export const gridVersion = z.object({
  track_id: z.number(),
  version: z.number(),
  digest: z.string(),
  origin: z.enum(['estimated', 'edited']),
  edit: z.string().nullable(),
  grid,
  created_at: timestamp,
})

/** Far more than any program anchors anew within a day of music. */
const MOST_ANCHORS = 100_000
const anchor = z.strictObject({ beat: z.number(), seconds: z.number(), bpm: z.number() })
const importShape = {
  kind: z.literal('import'),
  program: z.string().min(1).max(100),
  /** Beats count from any of them. */
  anchors: z.array(anchor).min(1).max(MOST_ANCHORS),
  first_downbeat: z.number(),
  first_phrase: z.number(),
  /** Whether the program says where bars begin; if not, they stay where ours begin. */
  says_bars: z.boolean(),
}
/** What another program has as the grid of a track. */
export const gridImport = z.strictObject(importShape)

/** Of the grid that was edited: 409 where it is another by now, so that an edit that is sent twice is done once. */
const version = id.optional()
export const gridEdit = z.discriminatedUnion('kind', [
  ...editsWith({ version }),
  z.strictObject({ ...importShape, version }),
  /** The grid of an earlier version again; what has not been moved since goes back to exactly where it was. */
  z.strictObject({ kind: z.literal('restore'), to: id, version }),
])

const { post } = operationsOf('tracks')

export const gridOperations = {
  editGrid: post('/api/tracks/:id/grid', {
    summary: 'Edits the beat grid of a track; labels are carried by time.',
    params: idParams,
    body: gridEdit,
    response: { 201: gridVersion },
  }),
}
