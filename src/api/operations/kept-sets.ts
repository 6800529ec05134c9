import { z } from 'zod'
import { LIBRARY_FILE_NAMES } from '../../core/interop/libraries/written-library-traits.ts'
import { MIX_STYLES } from '../../core/setlist/mix-styles.ts'
import { TRACKS_CHANGED } from './event-types.ts'
import { done, flag, id, idParams, media, keptName as name, sectionKind, timestamp, wholeNumber } from './fields.ts'
import { operationsOf } from './operation.ts'
import { setTrackId, setWish } from './set-wish.ts'
import { proposedTransition } from './sets.ts'
import { track } from './track-line.ts'
import { trimDb } from './trim.ts'

const style = z.enum(MIX_STYLES).nullable()

const setLine = z.object({
  id: z.number(),
  name: z.string(),
  tracks: z.number(),
  /** The one in force. */
  version: z.number(),
  created_at: timestamp,
  changed_at: timestamp,
  /** A newer Algiers wrote it: nothing more can be said of it here, and nothing changes it. */
  is_newer: z.boolean(),
})
const span = z.tuple([z.number(), z.number()]).readonly()
const setPlace = z.object({
  track_id: z.number(),
  is_locked: z.boolean(),
  /** The chosen way into the next track; null for the best. */
  style,
  /** Decibels that it is played louder by than its measured loudness asks for, and what that asks for; null where it is not known. */
  trim_db: z.number(),
  auto_trim_db: z.number().nullable(),
  title: z.string(),
  artist: z.string().nullable(),
  /** Whether it can be played: `gone` from the library, its file `missing`, or `not analysed`. */
  standing: z.enum(['ok', 'gone', 'missing', 'not analysed']),
  track: track.nullable(),
  /** 0 the calmest track to choose from and 1 the most energetic: of the track, and as it was wished for. */
  energy: z.number(),
  wished: z.number(),
  /** Seconds from the beginning of the set. */
  starts_at: z.number(),
  /** Seconds of the track: what is played of it, and what of that is heard alone. */
  plays_from: z.number(),
  plays_to: z.number(),
  alone_from: z.number(),
  alone_to: z.number(),
  sections: z.array(
    z.object({
      label: sectionKind,
      /** The person's own kind, where it has one. */
      own_kind_id: z.number().nullable(),
      start_seconds: z.number(),
      end_seconds: z.number(),
      is_label: z.boolean(),
    }),
  ),
  /** Seconds of the track in which a voice is heard; null where that is not known. */
  voice: z.array(span).readonly().nullable(),
})
const shownSet = setLine.extend({
  wish: setWish,
  /** Every track that the set speaks of. */
  named: z.array(z.object({ id: z.number(), title: z.string(), is_there: z.boolean() })),
  places: z.array(setPlace),
  /** From each place into the next; null where one of the two is not analysed or has gone. */
  transitions: z.array(
    proposedTransition
      .extend({ ways: z.array(z.object({ style: z.enum(MIX_STYLES), score: z.number().nullable() })) })
      .nullable(),
  ),
  /** Null where nothing is known to judge it by. */
  score: z.number().nullable(),
  /** From the first sound to the last, and how much of that two tracks sound at once. */
  minutes: z.number(),
  overlap_minutes: z.number(),
  /** What somebody who plays the set should know. */
  notes: z.array(z.object({ place: z.number().nullable(), text: z.string() })),
  /** What undo would take back, and redo do again; null where there is nothing. */
  undoes: z.string().nullable(),
  redoes: z.string().nullable(),
})
const step = z.object({ change: z.string().nullable(), set: shownSet })

/** Versions are told as they were made: what they hold follows the tracks. */
const STALE = ['sets', ...TRACKS_CHANGED, 'transitions'] as const

const { get, post, patch, remove } = operationsOf('sets')

export const keptSetOperations = {
  listSets: get('/api/sets', {
    summary: 'Lists the sets that are kept, the last changed one first.',
    response: { 200: z.array(setLine) },
    staleAfter: ['sets'],
  }),
  addSet: post('/api/sets', {
    summary: 'Keeps a set: of tracks in an order of your own, or only what it is to be, so that it can be planned.',
    body: z.strictObject({
      name,
      track_ids: z.array(setTrackId).max(1000).default([]),
      /** Where left out, nothing is asked of it, and it is to be as long as its tracks are; without any, an hour. */
      wish: setWish.optional(),
    }),
    response: { 201: shownSet },
  }),
  showSet: get('/api/sets/:id', {
    summary: 'Shows a set: its tracks, how each leads into the next, when each is heard, and what is wrong with it.',
    params: idParams,
    query: z.strictObject({
      /** An earlier version; the one in force where left out. */
      version: id.optional(),
    }),
    response: { 200: shownSet },
    staleAfter: STALE,
  }),
  changeSet: patch('/api/sets/:id', {
    summary: 'Renames a set, or changes its wish or its places, as one step that can be taken back.',
    params: idParams,
    body: z.strictObject({
      name: name.optional(),
      wish: setWish.optional(),
      places: z
        .array(
          z.strictObject({
            track_id: setTrackId,
            is_locked: z.boolean().default(false),
            style: style.default(null),
            trim_db: trimDb.default(0),
          }),
        )
        .max(1000)
        .optional(),
      /** The version that you have seen: where another is in force by now, nothing is changed. */
      version: id.optional(),
    }),
    response: { 200: shownSet },
  }),
  planKeptSet: post('/api/sets/:id/plan', {
    summary: 'Plans a set anew; locked tracks stay in their places.',
    params: idParams,
    body: z.strictObject({
      /** Another number, another set; that of the wish where left out. */
      seed: z.number().int().optional(),
    }),
    response: {
      200: z.object({
        set: shownSet,
        /** As `POST /api/sets/plan` tells them. */
        planned_score: z.number(),
        greedy_score: z.number().nullable(),
        is_exact: z.boolean(),
        refusals: z.array(
          z.object({ track_id: z.number().nullable(), title: z.string().nullable(), reason: z.string() }),
        ),
      }),
    },
  }),
  undoSet: post('/api/sets/:id/undo', {
    summary: 'Takes the last change of a set back, and says what that was.',
    params: idParams,
    response: { 200: step },
  }),
  redoSet: post('/api/sets/:id/redo', {
    summary: 'Does again what was taken back last.',
    params: idParams,
    response: { 200: step },
  }),
  copySet: post('/api/sets/:id/copy', {
    summary: 'Copies a set.',
    params: idParams,
    body: z.strictObject({ name: name.optional() }),
    response: { 201: shownSet },
  }),
  deleteSet: remove('/api/sets/:id', {
    summary: 'Deletes a set with its versions; the tracks stay.',
    params: idParams,
    query: z.strictObject({
      /** A set that this program cannot read, since a newer one wrote it, is deleted only where this is said. */
      unread: flag.default(false),
    }),
    response: { 200: done },
  }),
  setVersions: get('/api/sets/:id/versions', {
    summary: 'Lists the versions of a set, the newest first; every change made one.',
    params: idParams,
    response: {
      200: z.array(
        z.object({
          version: z.number(),
          /** The version that it was made of; null for the first. */
          parent: z.number().nullable(),
          name: z.string(),
          change: z.string(),
          tracks: z.number(),
          created_at: timestamp,
        }),
      ),
    },
    staleAfter: ['sets'],
  }),
  setAlternatives: get('/api/sets/:id/places/:place/alternatives', {
    summary: 'Says what else fits at a place of a set, or between it and the place before.',
    params: z.object({ id, place: id }),
    query: z.strictObject({
      between: z
        .enum(['true', 'false'])
        .transform((text) => text === 'true')
        .default(false),
      limit: wholeNumber(z.number().int().min(1).max(100)).default(10),
    }),
    response: {
      200: z.array(
        z.object({
          track,
          /** 0 to 1, of the ways in and out and of the energy. */
          score: z.number(),
          /** From the track before, and to the track after; null where there is none. */
          into: z.number().nullable(),
          out: z.number().nullable(),
          energy: z.number(),
        }),
      ),
    },
    staleAfter: STALE,
  }),
  exportSet: get('/api/sets/:id/export', {
    summary: 'Sends a set as a playlist for another DJ program, with the points where to mix as memory cues.',
    params: idParams,
    query: z.strictObject({ format: z.enum(LIBRARY_FILE_NAMES) }),
    response: { 200: media('A playlist, or a library with one.', 'application/xml', 'audio/x-mpegurl') },
  }),
}
