import { foldText } from '../../core/library/search-text.ts'
import { areSameNotes, myTagKey, NO_NOTES, NOTE_COLOURS, type TrackNotes } from '../../core/library/track-notes.ts'
import type { MyTagCount, NotesOfTrack } from '../store/note-store.ts'
import type { Sql } from './connect.ts'
import { storableJson } from './storable.ts'

type Row = {
  readonly trackId: number
  readonly rating: number | null
  readonly colour: number | null
  readonly comment: string | null
  readonly myTags: readonly string[]
}

const COLUMNS = 'track_id AS "trackId", rating, colour, comment, my_tags AS "myTags"'

const toNotes = ({ rating, colour, comment, myTags }: Row): TrackNotes => ({
  rating,
  colour: colour === null ? null : (NOTE_COLOURS[colour] ?? null),
  comment,
  myTags,
})

/** What a team notes of tracks: every id has notes, empty ones where nothing is; those of others are never read. */
export const readNotes = async (
  sql: Sql,
  teamId: number,
  trackIds: readonly number[],
): Promise<ReadonlyMap<number, TrackNotes>> => {
  const notes = new Map(trackIds.map((id): [number, TrackNotes] => [id, NO_NOTES]))
  const rows = await sql<Row>(`SELECT ${COLUMNS} FROM algiers.track_notes WHERE team_id = $1 AND track_id = ANY ($2)`, [
    teamId,
    trackIds,
  ])
  for (const row of rows) notes.set(row.trackId, toNotes(row))
  return notes
}

/** Only one of a team at a time changes what it notes. */
const NOTES_LOCK = 74_704

/** Keeps others of the team from changing notes until the transaction ends. @returns them as of `readNotes` */
export const holdNotes = async (
  sql: Sql,
  teamId: number,
  trackIds: readonly number[],
): Promise<ReadonlyMap<number, TrackNotes>> => {
  await sql('SELECT pg_advisory_xact_lock($1::int, $2::int)', [NOTES_LOCK, teamId])
  return readNotes(sql, teamId, trackIds)
}

const columnsOf = ({ trackId, notes: { rating, colour, comment, myTags } }: NotesOfTrack): object => ({
  track_id: trackId,
  rating,
  colour: colour === null ? null : NOTE_COLOURS.indexOf(colour),
  comment,
  my_tags: myTags,
  comment_key: comment === null ? null : foldText(comment),
  tag_keys: myTags.map(myTagKey),
  my_tags_key: myTags.length === 0 ? null : foldText(myTags.join('\n')),
  said_key: foldText([...(comment === null ? [] : [comment]), ...myTags].join('\n')),
})

const KEPT = 'rating, colour, comment, my_tags, comment_key, tag_keys, my_tags_key, said_key'

/** Keeps what a team notes of tracks, which it holds. @param userId who noted it; null where it came with a library */
export const putNotes = async (
  sql: Sql,
  { teamId, userId }: { readonly teamId: number; readonly userId: number | null },
  changed: readonly NotesOfTrack[],
): Promise<void> => {
  const isEmpty = ({ notes }: NotesOfTrack): boolean => areSameNotes(notes, NO_NOTES)
  // Of a track that is named twice the last one holds.
  const last = [...new Map(changed.map((one) => [one.trackId, one])).values()]
  await sql('DELETE FROM algiers.track_notes WHERE team_id = $1 AND track_id = ANY ($2)', [
    teamId,
    last.filter(isEmpty).map(({ trackId }) => trackId),
  ])
  await sql(
    `INSERT INTO algiers.track_notes (team_id, changed_by, track_id, ${KEPT})
     SELECT $1, $2::int, track_id, ${KEPT} FROM json_to_recordset($3) AS noted (track_id int, rating int, colour int, comment text,
       my_tags text[], comment_key text, tag_keys text[], my_tags_key text, said_key text)
     ON CONFLICT (team_id, track_id) DO UPDATE SET (${KEPT}, changed_by, changed_at) =
       (${KEPT.split(', ')
         .map((name) => `excluded.${name}`)
         .join(', ')}, excluded.changed_by, excluded.changed_at)`,
    [teamId, userId, storableJson(last.filter((one) => !isEmpty(one)).map(columnsOf))],
  )
}

/** Tags of a team's own making in the order of the alphabet; of several spellings one is named. */
export const countMyTags = (sql: Sql, teamId: number): Promise<readonly MyTagCount[]> =>
  sql(
    `SELECT min(tag COLLATE "C") AS tag, count(*)::int AS tracks FROM algiers.track_notes, unnest(my_tags, tag_keys) AS own (tag, tag_key)
     WHERE team_id = $1 GROUP BY tag_key ORDER BY tag_key COLLATE "C"`,
    [teamId],
  )

/** Tracks of which a team notes something. */
export const notedTracks = async (sql: Sql, teamId: number): Promise<readonly number[]> => {
  const rows = await sql<{ id: number }>(
    'SELECT track_id AS id FROM algiers.track_notes WHERE team_id = $1 ORDER BY track_id',
    [teamId],
  )
  return rows.map(({ id }) => id)
}
