import { z } from 'zod'
import { TRACKS_CHANGED } from './event-types.ts'
import { place } from './fields.ts'
import { operationsOf } from './operation.ts'
import { track, trackParams } from './track-line.ts'

const transitionSide = z.object({
  track,
  ...place,
  /** A label, what a model suggests, or where neither names an outro or intro, the end or beginning of the track. */
  chosen_by: z.enum(['label', 'suggestion', 'place']),
})
/** How well the outro of one track leads into the intro of another, 0 to 1, part by part. */
const transition = z.object({
  score: z.number().nullable(),
  parts: z.array(
    z.object({
      part: z.enum(['sound', 'key', 'tempo', 'energy', 'voices', 'basses']),
      /** Null where it is not known: it does not count. */
      score: z.number().nullable(),
      weight: z.number(),
      from: z.union([z.number(), z.string()]).nullable(),
      to: z.union([z.number(), z.string()]).nullable(),
      difference: z.number().nullable(),
    }),
  ),
  from: transitionSide,
  to: transitionSide,
})

const { get } = operationsOf('sounds')

export const setOperations = {
  transition: get('/api/tracks/:id/transition', {
    summary: 'Says how well the outro of a track leads into the intro of another.',
    params: trackParams,
    query: z.strictObject({ to: trackParams.shape.id }),
    response: { 200: transition },
    staleAfter: TRACKS_CHANGED,
  }),
}
