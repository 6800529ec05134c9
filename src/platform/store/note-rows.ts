import type { DatabaseSync } from 'node:sqlite'
import { NO_NOTES, type TrackNotes } from '../../core/library/track-notes.ts'
import { prepared } from './database.ts'

type NoteRow = Omit<TrackNotes, 'myTags'> & { readonly trackId: number }
type TagRow = { readonly trackId: number; readonly tag: string }

/** What is noted of tracks: every id has notes, empty ones where nothing is. */
export const readNotes = (database: DatabaseSync, trackIds: readonly number[]): ReadonlyMap<number, TrackNotes> => {
  const ids = JSON.stringify(trackIds)
  const notes = new Map(trackIds.map((id): [number, TrackNotes] => [id, NO_NOTES]))
  const rows = prepared(
    database,
    `SELECT track_id AS trackId, rating, colour, comment FROM track_notes
     WHERE track_id IN (SELECT value FROM json_each(?))`,
  ).all(ids) as NoteRow[]
  for (const { trackId, rating, colour, comment } of rows) notes.set(trackId, { ...NO_NOTES, rating, colour, comment })
  const tags = prepared(
    database,
    `SELECT track_id AS trackId, tag FROM my_tags
     WHERE track_id IN (SELECT value FROM json_each(?)) ORDER BY track_id, tag_key`,
  ).all(ids) as TagRow[]
  for (const { trackId, tag } of tags) {
    const known = notes.get(trackId)!
    notes.set(trackId, { ...known, myTags: [...known.myTags, tag] })
  }
  return notes
}
