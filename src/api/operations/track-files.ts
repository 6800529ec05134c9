import { z } from 'zod'
import { id, idParams, timestamp } from './fields.ts'
import { root } from './library.ts'
import { operationsOf } from './operation.ts'

const trackIds = z.array(id).min(1).max(100_000)

/** What a person made of tracks. */
const ownWork = z.object({
  tracks: z.number(),
  labels: z.number(),
  edited_grids: z.number(),
  decisions: z.number(),
  /** Tracks with a rating, a colour, a comment or tags of the person's own. */
  notes: z.number(),
  /** Tracks of which a person said how their tags are to be read. */
  tag_readings: z.number(),
  /** Tracks that a playlist of the person's own making, or a set, holds. */
  in_playlists: z.number(),
  in_sets: z.number(),
  /** Transitions that the person has set. */
  transitions: z.number(),
})

const ignoredFile = z.object({
  id: z.number(),
  path: z.string(),
  /** What its track was called. */
  title: z.string(),
  ignored_at: timestamp,
})

const tracks = operationsOf('tracks')
const library = operationsOf('library')

export const trackFileOperations = {
  removeTracks: tracks.post('/api/tracks/remove', {
    summary: 'Removes tracks from the library, and ignores files of theirs that still lie in its folders.',
    description:
      'No file is deleted. Where the person has worked on them (labels, grids, decisions, notes, tags read anew, playlists, sets, transitions), 409 TRACK_HAS_WORK says how many unless `with_work` is given; then a copy of the library is made first.',
    body: z.strictObject({ track_ids: trackIds, with_work: z.boolean().default(false) }),
    response: {
      200: z.object({
        removed: z.number(),
        ignored_files: z.number(),
        /** What a person had made of them, and went with them. */
        lost: ownWork,
        /** Name of the copy of the library that still has it; null where nothing was lost. */
        copy: z.string().nullable(),
      }),
    },
  }),
  ignoreTracks: tracks.post('/api/tracks/ignore', {
    summary: 'Makes scans pass over the files of tracks; tracks that somebody has worked on are kept as missing.',
    body: z.strictObject({ track_ids: trackIds }),
    response: { 200: z.object({ ignored_files: z.number(), removed: z.number(), kept: z.number() }) },
  }),
  relocateTracks: tracks.post('/api/tracks/relocate', {
    summary: 'Looks for tracks in a file or a folder by their audio, and remembers where they are.',
    body: z.strictObject({
      /** A file or a folder. One that lies in no folder of the library makes its folder one. */
      path: z.string().min(1).max(4096),
      /** All that are missing where left out. */
      track_ids: trackIds.optional(),
    }),
    response: {
      200: z.object({
        relocated: z.array(z.object({ track_id: z.number(), path: z.string() })),
        not_found: z.array(z.number()),
        added_root: root.omit({ is_demo: true, following: true }).nullable(),
      }),
    },
  }),
  listIgnoredFiles: library.get('/api/ignored-files', {
    summary: 'Lists the files that scans pass over, the latest first.',
    response: { 200: z.array(ignoredFile) },
    staleAfter: ['roots'],
  }),
  readmitFile: library.remove('/api/ignored-files/:id', {
    summary: 'Stops ignoring a file: the next scan finds it again.',
    params: idParams,
    response: { 200: ignoredFile },
  }),
}
