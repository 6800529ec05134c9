import { z } from 'zod'
import { NOTE_COLOURS } from '../../core/library/track-notes.ts'
import { TRACKS_CHANGED } from './event-types.ts'
import { sectionKind } from './fields.ts'
import { operationsOf } from './operation.ts'
import { trackQuery } from './tracks.ts'

/** How many tracks a bar or slice stands for, and the parameters of `GET /api/tracks` that list them; null where it stands for none. */
const counted = { tracks: z.number(), filter: z.string().nullable() }

/** Of every chart, the tracks of which it is not known are counted apart. */
const overview = z.object({
  tracks: z.number(),
  /** Of the tracks whose length is known. */
  minutes: z.number(),
  tempo: z.object({
    unknown: z.number(),
    /** Without a gap; tempi are compared to a hundredth. */
    bars: z.array(z.object({ from_bpm: z.number(), to_bpm: z.number(), ...counted })),
  }),
  keys: z.object({ unknown: z.number(), keys: z.array(z.object({ camelot: z.string(), ...counted })) }),
  energy: z.object({ unknown: z.number(), levels: z.array(z.object({ energy: z.number(), ...counted })) }),
  labels: z.object({
    unlabelled: z.number(),
    /** Minutes by the main tempo of each track. */
    kinds: z.array(z.object({ label: sectionKind, labels: z.number(), minutes: z.number(), ...counted })),
  }),
  heard: z.object({
    /** Tracks that no network has heard. */
    unknown: z.number(),
    /** The commonest first. */
    tags: z.array(z.object({ tag: z.string(), group: z.string(), ...counted })),
    more_tags: z.number(),
  }),
  /** From 0, which is not rated. */
  ratings: z.array(z.object({ rating: z.number(), ...counted })),
  colours: z.object({ none: z.number(), colours: z.array(z.object({ colour: z.enum(NOTE_COLOURS), ...counted })) }),
  /** When tracks were added, by days, months or years in UTC; `before` is the day after the last. */
  added: z.object({
    by: z.enum(['day', 'month', 'year']),
    bars: z.array(z.object({ from: z.string(), before: z.string(), total: z.number(), ...counted })),
  }),
})

const { get } = operationsOf('library')

export const overviewOperations = {
  libraryOverview: get('/api/library/overview', {
    summary: 'Counts tracks by tempo, key, energy, labelled kind, sound, rating, colour and the time they were added.',
    description: 'Of the whole library, or of what the parameters of `GET /api/tracks` find.',
    query: trackQuery.omit({ sort: true, order: true, limit: true, offset: true }),
    response: { 200: overview },
    staleAfter: [...TRACKS_CHANGED, 'notes', 'playlists', 'imports'],
  }),
}
