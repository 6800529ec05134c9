import { z } from 'zod'
import { TRACKS_CHANGED } from './event-types.ts'
import { timeSpan } from './fields.ts'
import { operationsOf } from './operation.ts'
import { trackParams } from './track-line.ts'

/** A tag that a network heard: in so much of the time, and how likely on average. */
export const heardTag = z.object({ tag: z.string(), group: z.string(), share: z.number(), probability: z.number() })

const { get } = operationsOf('tracks')

export const heardTagOperations = {
  libraryTags: get('/api/tags', {
    summary: 'Lists the tags that are heard for a while in some track, with the number of such tracks.',
    response: { 200: z.array(z.object({ tag: z.string(), group: z.string(), tracks: z.number() })) },
    staleAfter: TRACKS_CHANGED,
  }),
  trackTags: get('/api/tracks/:id/tags', {
    summary: 'Says where in a track each tag is heard.',
    params: trackParams,
    response: { 200: z.array(heardTag.extend({ spans: z.array(timeSpan) })) },
    staleAfter: ['its track'],
  }),
}
