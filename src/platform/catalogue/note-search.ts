import { searchWords } from '../../core/library/search-text.ts'
import { myTagKey, NOTE_COLOURS } from '../../core/library/track-notes.ts'
import type { TrackSort } from '../../core/library/track-sorts.ts'
import { escapeLike } from '../store/escape-like.ts'
import type { RowFilters } from '../store/track-row-filters.ts'
import type { Conditions } from './conditions.ts'

/** What narrows a list by the notes of a team, as by a person's own in a library. */
export type NotesQuery = Pick<RowFilters, 'ratingMin' | 'ratingMax' | 'colours' | 'comment' | 'myTags' | 'myTagsAny'>

const LAST_CODE_POINT = 0x10_ff_ff

/** What `foldText` leaves out, as ranges between brackets: PostgreSQL has no name for it. */
const marksClass = (): string => {
  const isMark = (code: number): boolean => /^\p{M}$/u.test(String.fromCodePoint(code))
  let ranges = ''
  for (let code = 0; code <= LAST_CODE_POINT; code++) {
    if (!isMark(code)) continue
    const first = code
    while (code < LAST_CODE_POINT && isMark(code + 1)) code++
    ranges += `${String.fromCodePoint(first)}-${String.fromCodePoint(code)}`
  }
  return `[${ranges}]`
}

const MARKS = marksClass()

/** `foldText` in SQL. */
const foldedSql = (text: string): string =>
  `translate(lower(regexp_replace(normalize(${text}, NFKD), '${MARKS}', '', 'g') COLLATE "pg_c_utf8"), 'ς', 'σ')`

const FILE_RATING = `(tags->>'rating')::float8`
const FILE_COMMENT = `tags->>'comment'`

const noted = (teamId: number, what: string): string =>
  `id IN (SELECT track_id FROM algiers.track_notes WHERE team_id = ${Number(teamId)} AND ${what})`

/** A word that lists are searched for stands in what is known of the track, or in what the team notes of it. */
export const addWord = (conditions: Conditions, teamId: number, word: string): Conditions =>
  conditions.add(`(search_text LIKE ? OR ${noted(teamId, 'said_key LIKE ?')})`, `%${escapeLike(word)}%`)

export const addNoteConditions = (conditions: Conditions, teamId: number, query: NotesQuery): Conditions => {
  for (const [comparison, value] of [
    ['>=', query.ratingMin],
    ['<=', query.ratingMax],
  ] as const)
    conditions.add(
      `CASE WHEN ${noted(teamId, 'rating IS NOT NULL')} THEN ${noted(teamId, `rating ${comparison} ?::float8`)}
       ELSE coalesce(${FILE_RATING}, 0) ${comparison} ?::float8 END`,
      value,
    )
  conditions.add(
    noted(teamId, 'colour = ANY (?::int[])'),
    query.colours?.map((colour) => NOTE_COLOURS.indexOf(colour)),
  )
  for (const word of new Set(searchWords(query.comment ?? '')))
    conditions.add(
      `CASE WHEN ${noted(teamId, 'comment IS NOT NULL')} THEN ${noted(teamId, 'comment_key LIKE ?')}
       ELSE search_text LIKE ? AND ${foldedSql(FILE_COMMENT)} LIKE ? END`,
      `%${escapeLike(word)}%`,
    )
  const keys = [...new Set((query.myTags ?? []).map(myTagKey))]
  if (keys.length === 0) return conditions
  return conditions.add(noted(teamId, `tag_keys ${query.myTagsAny ? '&&' : '@>'} ?::text[]`), keys)
}

/** Columns of tracks with the notes of a team beside them, as `NOTES_BESIDE` has them. */
export const NOTE_SORTS = {
  rating: [`coalesce(noted.rating, ${FILE_RATING})`, 'title_key'],
  colour: ['noted.colour', 'title_key'],
  comment: [`coalesce(noted.comment_key, ${foldedSql(FILE_COMMENT)} COLLATE "C")`],
  my_tags: ['noted.my_tags_key', 'title_key'],
} as const satisfies Partial<Record<TrackSort, readonly string[]>>

export const notesBeside = (teamId: number): string =>
  ` LEFT JOIN algiers.track_notes AS noted ON noted.team_id = ${Number(teamId)} AND noted.track_id = tracks.id`
