import type { DatabaseSync } from 'node:sqlite'
import { areSameNotes, myTagKey, NO_NOTES, type TrackNotes } from '../../core/library/track-notes.ts'
import { inTransaction, prepared } from './database.ts'
import { readNotes } from './note-rows.ts'
import { refreshTrackRow } from './track-row.ts'

export type NotesOfTrack = { readonly trackId: number; readonly notes: TrackNotes }
/** A tag of the person's own making, and how many tracks have it. */
export type MyTagCount = { readonly tag: string; readonly tracks: number }

/** Keeps what the person notes of tracks. */
export class NoteStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Every id has notes, empty ones where nothing is noted. */
  ofTracks(trackIds: readonly number[]): ReadonlyMap<number, TrackNotes> {
    return readNotes(this.#database, trackIds)
  }

  /** Tracks of which something is noted. */
  trackIds(): readonly number[] {
    const rows = prepared(this.#database, 'SELECT track_id AS id FROM track_notes ORDER BY id').all()
    return (rows as { id: number }[]).map(({ id }) => id)
  }

  /**
   * Changes the notes of tracks as one step.
   * @param plan is given the notes as they are; what it throws leaves everything as it is
   */
  change(
    trackIds: readonly number[],
    plan: (before: ReadonlyMap<number, TrackNotes>) => readonly NotesOfTrack[],
  ): void {
    inTransaction(this.#database, () => {
      for (const { trackId, notes } of plan(this.ofTracks(trackIds))) this.#put(trackId, notes)
    })
  }

  /** All tags of the person's own making, in the order of the alphabet; of several spellings one is named. */
  myTags(): readonly MyTagCount[] {
    return this.#database
      .prepare('SELECT min(tag) AS tag, count(*) AS tracks FROM my_tags GROUP BY tag_key ORDER BY tag_key')
      .all() as MyTagCount[]
  }

  #put(trackId: number, notes: TrackNotes): void {
    const { rating, colour, comment, myTags } = notes
    prepared(this.#database, 'DELETE FROM my_tags WHERE track_id = ?').run(trackId)
    if (areSameNotes(notes, NO_NOTES))
      prepared(this.#database, 'DELETE FROM track_notes WHERE track_id = ?').run(trackId)
    else
      prepared(
        this.#database,
        'INSERT OR REPLACE INTO track_notes (track_id, rating, colour, comment, changed_at) VALUES (?, ?, ?, ?, ?)',
      ).run(trackId, rating, colour, comment, new Date().toISOString())
    const insert = prepared(this.#database, 'INSERT INTO my_tags (track_id, tag_key, tag) VALUES (?, ?, ?)')
    for (const tag of myTags) insert.run(trackId, myTagKey(tag), tag)
    refreshTrackRow(this.#database, trackId)
  }
}
