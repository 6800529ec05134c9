import { z } from 'zod'
import { TRACKS_CHANGED } from './event-types.ts'
import { figure, flag, place, sectionKind, wholeNumber } from './fields.ts'
import { heardTag } from './heard-tags.ts'
import { operationsOf } from './operation.ts'
import { track, trackParams } from './track-line.ts'

/** How far two sounds are apart, and what else a DJ looks at; null is what is not known of one of the two. */
const likeness = {
  /** In standard deviations of the library: 0 is the same sound, about 1.4 usual. */
  distance: z.number(),
  /** Share of the others, 0 to 1, that are further away. */
  score: z.number(),
  /** In the same, half or double time; positive where the other is faster. */
  tempo_difference_percent: z.number().nullable(),
  key_relation: z.enum(['same', 'neighbour', 'relative', 'other']).nullable(),
  key_compatible: z.boolean().nullable(),
  /** In points of the scale of 1 to 10; positive where the other has more. */
  energy_difference: z.number().nullable(),
  /** What is heard in both tracks for a while, the longest first. */
  shared_tags: z.array(z.string()),
}
/** Only others that mix: in the same, half or double time, in keys next to each other, in points of energy. */
export const mixFilter = {
  tempo_within: figure(z.number().min(0).max(30)).optional(),
  compatible_keys: flag.optional(),
  energy_within: figure(z.number().min(0).max(9)).optional(),
}
const nearest = { limit: wholeNumber(z.number().int().min(1).max(100)).default(20), ...mixFilter }

const moment = z.object({
  start_seconds: z.number(),
  other_start_seconds: z.number(),
  seconds: z.number(),
  likeness: z.number(),
})
const similarTrack = z.object({
  track,
  ...likeness,
  /** Which seconds of the two sound alike, the likest first; null where that was not asked for, or no network has heard both. */
  moments: z.array(moment).nullable(),
})

/** A label of a track, or what a model suggests where no label is. */
const librarySection = z.object({
  /** Number of the track and a beat: whatever section holds that beat, also after the track was read again. */
  id: z.string(),
  track,
  kind: sectionKind,
  is_label: z.boolean(),
  ...place,
})
const sectionParams = z.object({ id: z.string().regex(/^[1-9]\d{0,8}-\d{1,6}$/) })
const sectionDetails = librarySection.extend({
  /** Longest heard first; null until a network has heard the track. */
  tags: z.array(heardTag).nullable(),
  /** Of its time, 0 to 1; null as the tags. */
  voice_share: z.number().nullable(),
})

const { get } = operationsOf('sounds')

export const soundOperations = {
  similarTracks: get('/api/tracks/:id/similar', {
    summary: 'Lists the tracks that sound most like a track, the nearest first.',
    params: trackParams,
    query: z.strictObject({ ...nearest, moments: flag.optional() }),
    response: { 200: z.array(similarTrack) },
    staleAfter: TRACKS_CHANGED,
  }),
  trackVoice: get('/api/tracks/:id/voice', {
    summary: 'Says how much of a track has a voice, and for each beat 1 where one is heard.',
    params: trackParams,
    response: { 200: z.object({ share: z.number(), beats: z.array(z.number()) }) },
    staleAfter: ['its track'],
  }),
  section: get('/api/sections/:id', {
    summary: 'Gives a label, or what is suggested where none is, with what is heard in it.',
    params: sectionParams,
    response: { 200: sectionDetails },
    staleAfter: TRACKS_CHANGED,
  }),
  similarSections: get('/api/sections/:id/similar', {
    summary: 'Lists sections of other tracks that sound most like a section, the nearest first.',
    params: sectionParams,
    query: z.strictObject({ kind: sectionKind.optional(), ...nearest }),
    response: { 200: z.array(z.object({ section: librarySection, ...likeness })) },
    staleAfter: TRACKS_CHANGED,
  }),
}
