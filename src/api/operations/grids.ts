import { z } from 'zod'
import { id, idParams, timestamp } from './fields.ts'
import { operationsOf } from './operation.ts'

export const grid = z.object({
  anchors: z.array(z.object({ beat: z.number(), seconds: z.number(), bpm: z.number() })),
  beat_count: z.number(),
  beats_per_bar: z.number(),
  first_downbeat: z.number(),
  first_phrase: z.number(),
  tempo_confidence: z.number(),
  /** Absent in grids that earlier releases made. */
  phase_confidence: z.number().optional(),
  downbeat_confidence: z.number(),
  phrase_confidence: z.number(),
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

/** Of the grid that was edited: 409 where it is another by now, so that an edit that is sent twice is done once. */
const version = id.optional()
export const gridEdit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shift'), beats: z.number(), version }),
  z.strictObject({ kind: z.literal('shift-phrase'), bars: z.number(), version }),
  z.strictObject({ kind: z.literal('halve'), version }),
  z.strictObject({ kind: z.literal('double'), version }),
  z.strictObject({ kind: z.literal('nudge'), seconds: z.number(), version }),
  z.strictObject({ kind: z.literal('tempo'), bpm: z.number(), seconds: z.number(), version }),
  z.strictObject({ kind: z.literal('re-anchor'), seconds: z.number(), as: z.enum(['beat', 'downbeat']), version }),
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
