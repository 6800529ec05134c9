import { z } from 'zod'
import { TRACKS_CHANGED } from './event-types.ts'
import { timeSpan } from './fields.ts'
import { operationsOf } from './operation.ts'
import { trackParams } from './track-line.ts'

const told = {
  expected_precision: z.number().nullable().meta({
    description:
      'Of tracks in which the tag is heard as long, the share, 0 to 1, that hold it; null where nobody measured it.',
  }),
  shown: z.boolean().meta({ description: 'Whether the page and the command line show it without being asked.' }),
}

/** A tag that a network heard: in so much of the time, how likely on average, and how far to trust it. */
export const heardTag = z.object({
  tag: z.string(),
  group: z.string(),
  share: z.number(),
  probability: z.number(),
  ...told,
})

const { get } = operationsOf('tracks')

export const heardTagOperations = {
  libraryTags: get('/api/tags', {
    summary:
      'Lists the tags that find some track, with the number of such tracks: those for which a tag is shown; for a tag that is never shown, those in which it is heard for a twentieth of the time.',
    response: { 200: z.array(z.object({ tag: z.string(), group: z.string(), tracks: z.number(), ...told })) },
    staleAfter: TRACKS_CHANGED,
  }),
  trackTags: get('/api/tracks/:id/tags', {
    summary: 'Says where in a track each tag is heard.',
    params: trackParams,
    response: { 200: z.array(heardTag.extend({ spans: z.array(timeSpan) })) },
    staleAfter: ['its track'],
  }),
}
