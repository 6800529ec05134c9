import { z } from 'zod'
import {
  LONGEST_COMMENT,
  LONGEST_MY_TAG,
  MOST_MY_TAGS,
  MOST_STARS,
  NOTE_COLOURS,
} from '../../core/library/track-notes.ts'
import { id } from './fields.ts'
import { operationsOf } from './operation.ts'

/** What a person notes of a track: kept here, never in its file. */
export const trackNotes = z.object({
  rating: z.number().nullable(),
  colour: z.enum(NOTE_COLOURS).nullable(),
  comment: z.string().nullable(),
  /** In the order of the alphabet. */
  my_tags: z.array(z.string()),
})

const myTags = z.array(z.string().min(1).max(LONGEST_MY_TAG)).max(MOST_MY_TAGS)
const given = {
  rating: z.number().int().min(1).max(MOST_STARS).nullable(),
  colour: z.enum(NOTE_COLOURS).nullable(),
  comment: z.string().max(LONGEST_COMMENT).nullable(),
  my_tags: myTags,
}
const someNotes = z.strictObject(given).partial()

/** As many tracks as one change may name. */
const MOST_TRACKS = 100_000
/** So many, each with long notes of before and after, would be more; a selection with a few words each is not. */
const MOST_NOTES_BYTES = 64 << 20

const changedNotes = z.object({
  /** Only tracks whose notes are others now. */
  changed: z.array(z.object({ track_id: z.number(), before: trackNotes, after: trackNotes })),
})

const { get, put, patch } = operationsOf('tracks')

export const noteOperations = {
  changeNotes: patch('/api/notes', {
    summary: 'Changes rating, colour, comment or own tags of tracks, all or none of them.',
    bodyLimit: MOST_NOTES_BYTES,
    body: someNotes.extend({
      track_ids: z.array(id).min(1).max(MOST_TRACKS),
      add_tags: myTags.optional(),
      remove_tags: myTags.optional(),
      /** What was seen of the notes: 409 where they are others by now. What is left out is not compared. */
      seen: someNotes.optional(),
    }),
    response: { 200: changedNotes },
  }),
  restoreNotes: put('/api/notes', {
    summary: 'Gives tracks the notes they had before or after a change, all or none of them.',
    bodyLimit: MOST_NOTES_BYTES,
    body: z.strictObject({
      notes: z
        .array(z.strictObject({ track_id: id, notes: z.strictObject(given), seen: someNotes }))
        .min(1)
        .max(MOST_TRACKS),
    }),
    response: { 200: changedNotes },
  }),
  myTags: get('/api/notes/tags', {
    summary: 'Lists the person’s own tags, with the number of tracks that have them.',
    response: { 200: z.array(z.object({ tag: z.string(), tracks: z.number() })) },
    staleAfter: ['notes', 'roots'],
  }),
}
