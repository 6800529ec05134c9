import { z } from 'zod'
import { TRACKS_CHANGED } from './event-types.ts'
import { id, idParams, keptName as name, timestamp } from './fields.ts'
import { operationsOf } from './operation.ts'
import { parseTrackQuery } from './tracks.ts'

const playlist = z.object({
  id: z.number(),
  name: z.string(),
  /** Names of the folders around it, the outermost first. */
  folders: z.array(z.string()),
  /** What a smart playlist finds its tracks by, as parameters of `GET /api/tracks`; null for one whose tracks a person chose. */
  filter: z.string().nullable(),
  /** The most tracks that a smart playlist takes; null for all. */
  limit: z.number().nullable(),
  tracks: z.number(),
  /** Why a smart playlist finds nothing, where its filter asks for what is gone. */
  problem: z.string().nullable(),
  /** The import that brought it; null where the person made it. */
  import_id: z.number().nullable(),
  created_at: timestamp,
  changed_at: timestamp,
})
const playlistDetails = playlist.extend({
  /** Of its tracks, those that no folder of the library holds any more. */
  missing: z.number(),
  /** Places that a track takes a second time or more, as an import can have it. */
  repeats: z.number(),
})

/** What was done, which `POST /api/playlists/undo` takes back. */
const change = z.object({ id: z.number(), says: z.string() })
/** Null where nothing had to change. */
const changed = z.object({ change: change.nullable() })
const changedPlaylist = changed.extend({ playlist })
const takenBack = z.object({
  says: z.string(),
  playlist_ids: z.array(z.number()),
  /** Tracks that were in a playlist and have left the library since. */
  lost_tracks: z.number(),
})

const MOST_TRACKS = 100_000
const folders = z.array(name).max(20)
const folder = folders.min(1)
/** One that is there: an import may have called it anything, and put it anywhere. */
const oldFolder = z.array(z.string()).min(1).max(1000)
const trackIds = z.array(id).max(MOST_TRACKS)
const filter = z
  .string()
  .max(4000)
  .refine((text) => parseTrackQuery(text) !== null, 'must be parameters of GET /api/tracks')
const limit = z.number().int().min(1).max(MOST_TRACKS).nullable()
const LIMIT_ALONE = { message: 'goes with a filter', path: ['limit'] }
/** The track that they come to stand in front of; null for the end. */
const before = id.nullable().default(null)
const which = z.strictObject({ change_id: id.optional() }).nullish()

const LISTED = ['playlists', 'imports', ...TRACKS_CHANGED, 'notes'] as const

const { get, post, patch, remove } = operationsOf('playlists')

export const playlistOperations = {
  listPlaylists: get('/api/playlists', {
    summary: 'Lists the playlists, in their order.',
    response: { 200: z.array(playlist) },
    staleAfter: LISTED,
  }),
  playlist: get('/api/playlists/:id', {
    summary: 'Tells of one playlist, and how many of its files are gone.',
    params: idParams,
    response: { 200: playlistDetails },
    staleAfter: LISTED,
  }),
  keepPlaylist: post('/api/playlists', {
    summary: 'Makes a playlist of tracks in their order, or a smart one of a filter.',
    body: z
      .strictObject({
        name,
        folders: folders.default([]),
        track_ids: trackIds.default([]),
        /** Makes it a smart one: parameters of `GET /api/tracks`, such as `genre=techno&bpm_min=125&sort=rating`. */
        filter: filter.optional(),
        /** Of a smart one: the most tracks that it takes. */
        limit: limit.default(null),
      })
      .refine(({ filter, track_ids }) => filter === undefined || track_ids.length === 0, {
        message: 'a smart playlist finds its tracks by itself',
        path: ['track_ids'],
      })
      .refine(({ filter, limit }) => filter !== undefined || limit === null, LIMIT_ALONE),
    response: { 201: changedPlaylist.extend({ id: z.number(), change }) },
  }),
  editPlaylist: patch('/api/playlists/:id', {
    summary: 'Renames a playlist, moves it into a folder or in front of another, or changes the filter of a smart one.',
    params: idParams,
    body: z
      .strictObject({
        name: name.optional(),
        folders: folders.optional(),
        filter: filter.optional(),
        /** Goes with the filter; left out there, it is as it was. */
        limit: limit.optional(),
        /** The playlist that it comes to stand in front of; null for the end. */
        before: id.nullable().optional(),
      })
      .refine(({ filter, limit }) => filter !== undefined || limit === undefined, LIMIT_ALONE),
    response: { 200: changedPlaylist },
  }),
  removePlaylist: remove('/api/playlists/:id', {
    summary: 'Removes a playlist; its tracks stay in the library.',
    params: idParams,
    response: { 200: changed.extend({ change }) },
  }),
  duplicatePlaylist: post('/api/playlists/:id/duplicate', {
    summary: 'Makes another playlist of one; of a smart one a smart one, or a plain one with its tracks of now.',
    params: idParams,
    body: z.strictObject({ name: name.optional(), plain: z.boolean().default(false) }).nullish(),
    response: { 201: changedPlaylist.extend({ id: z.number(), change }) },
  }),
  freezePlaylist: post('/api/playlists/:id/freeze', {
    summary: 'Makes a plain playlist of a smart one, with the tracks that it finds now.',
    params: idParams,
    response: { 200: changedPlaylist },
  }),
  playlistTracks: get('/api/playlists/:id/tracks', {
    summary:
      'Lists the tracks of a playlist by their ids, in their order; `GET /api/tracks?playlist=` tells more of them.',
    params: idParams,
    response: { 200: z.object({ track_ids: z.array(z.number()) }) },
    staleAfter: LISTED,
  }),
  addToPlaylist: post('/api/playlists/:id/tracks', {
    summary:
      'Puts tracks into a playlist, at the end or in front of another; those that are in it stay where they are.',
    params: idParams,
    body: z.strictObject({ track_ids: trackIds.min(1), before }),
    response: { 200: changedPlaylist.extend({ already: z.number() }) },
  }),
  moveInPlaylist: post('/api/playlists/:id/tracks/move', {
    summary: 'Moves tracks of a playlist to its end or in front of another.',
    params: idParams,
    body: z.strictObject({ track_ids: trackIds.min(1), before }),
    response: { 200: changedPlaylist },
  }),
  takeOutOfPlaylist: post('/api/playlists/:id/tracks/remove', {
    summary: 'Takes tracks out of a playlist; they stay in the library.',
    params: idParams,
    body: z.strictObject({ track_ids: trackIds.min(1) }),
    response: { 200: changedPlaylist },
  }),
  listPlaylistFolders: get('/api/playlists/folders', {
    summary: 'Lists the folders of playlists by the names that lead to them, those too that hold nothing.',
    response: { 200: z.array(oldFolder) },
    staleAfter: ['playlists', 'imports'],
  }),
  addPlaylistFolder: post('/api/playlists/folders', {
    summary: 'Makes a folder of playlists, inside others where the path says so.',
    body: z.strictObject({ path: folder }),
    response: { 201: changed },
  }),
  movePlaylistFolder: patch('/api/playlists/folders', {
    summary: 'Renames a folder of playlists or moves it into another, with all that is in it.',
    body: z.strictObject({ path: oldFolder, to: folder }),
    response: { 200: changed },
  }),
  removePlaylistFolder: post('/api/playlists/folders/remove', {
    summary: 'Removes a folder of playlists with all that is in it; tracks stay in the library.',
    body: z.strictObject({ path: oldFolder }),
    response: { 200: changed.extend({ change }) },
  }),
  undoPlaylists: post('/api/playlists/undo', {
    summary: 'Takes back what was done last with playlists, or what `change_id` names, and says what that was.',
    body: which,
    response: { 200: takenBack },
  }),
  redoPlaylists: post('/api/playlists/redo', {
    summary: 'Does again what was taken back.',
    body: which,
    response: { 200: takenBack },
  }),
}
