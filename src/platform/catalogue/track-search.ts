import { foldText, searchWords } from '../../core/library/search-text.ts'
import type { TrackSort } from '../../core/library/track-sorts.ts'
import { AUDIBLE_SHARE } from '../../core/tags/audible-share.ts'
import { escapeLike } from '../store/escape-like.ts'
import { Conditions } from './conditions.ts'
import type { Sql } from './connect.ts'
import type { KeptCounts } from './kept-counts.ts'
import { addNoteConditions, addWord, NOTE_SORTS, type NotesQuery, notesBeside } from './note-search.ts'

/** What narrows and sorts a list of tracks in a catalogue. */
export type CatalogueQuery = NotesQuery & {
  readonly text?: string | undefined
  readonly genre?: string | undefined
  readonly bpmMin?: number | undefined
  readonly bpmMax?: number | undefined
  readonly camelots?: readonly string[] | undefined
  readonly energyMin?: number | undefined
  readonly energyMax?: number | undefined
  readonly durationMin?: number | undefined
  readonly durationMax?: number | undefined
  readonly loudnessMin?: number | undefined
  readonly loudnessMax?: number | undefined
  readonly yearMin?: number | undefined
  readonly yearMax?: number | undefined
  readonly addedSince?: string | undefined
  readonly addedBefore?: string | undefined
  readonly heard?: readonly string[] | undefined
  readonly heardAny?: boolean | undefined
  /** Of the team that asks. */
  readonly hasLabels?: boolean | undefined
  readonly labelKinds?: readonly string[] | undefined
  readonly isAnalysed?: boolean | undefined
  /** Only tracks of this playlist of the team, whose tracks somebody chose. */
  readonly playlistId?: number | undefined
  /** Only tracks that this finds, too: what a smart playlist is. */
  readonly within?: CatalogueQuery | undefined
  /** @default 'playlist' where there is one, else 'title' */
  readonly sort?: TrackSort | undefined
  readonly descending?: boolean | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

/** Nulls come last in both directions, as an index keeps them in one; a rising id makes every order whole. */
const SORTS: Readonly<Partial<Record<TrackSort, readonly string[]>>> = {
  title: ['title_key'],
  artist: ['artist_key', 'title_key'],
  genre: ['genre_key', 'title_key'],
  bpm: ['bpm'],
  key: [`substring(camelot FROM '^\\d+')::int`, 'camelot'],
  energy: ['energy'],
  duration: ['duration_seconds'],
  loudness: ['loudness_lufs'],
  year: ['year'],
  added: [],
  ...NOTE_SORTS,
}

export const isSortable = (sort: TrackSort): boolean => sort === 'playlist' || sort in SORTS

const HEARD = `(SELECT track_id FROM algiers.heard_tags JOIN algiers.tracks AS heard_track ON heard_track.id = track_id
  LEFT JOIN algiers.tag_precision AS known ON known.pack_digest = heard_track.pack_digest AND known.tag = heard_tags.tag
  WHERE share >= ${AUDIBLE_SHARE} AND share >= coalesce(shown_from, 0) AND heard_tags.tag`

const conditionsOf = (query: CatalogueQuery, teamId: number, conditions = new Conditions()): Conditions => {
  for (const word of new Set(searchWords(query.text ?? ''))) addWord(conditions, teamId, word)
  for (const word of new Set(searchWords(query.genre ?? '')))
    conditions.add('genre_key LIKE ?', `%${escapeLike(word)}%`)
  // Tempi are shown in hundredths; both ends of what is shown as one lie half a hundredth beside it.
  const beside = (bpm: number | undefined, halves: number): number | undefined =>
    bpm && (Math.round(bpm * 100) + halves / 2) / 100
  conditions
    .add('bpm >= ?', beside(query.bpmMin, -1))
    .add('bpm < ?', beside(query.bpmMax, 1))
    .add('camelot = ANY (?::text[])', query.camelots)
    .add('energy >= ?', query.energyMin)
    .add('energy <= ?', query.energyMax)
    .add('duration_seconds >= ?', query.durationMin)
    .add('duration_seconds <= ?', query.durationMax)
    .add('loudness_lufs >= ?', query.loudnessMin)
    .add('loudness_lufs <= ?', query.loudnessMax)
    .add('year >= ?::float8', query.yearMin)
    .add('year <= ?::float8', query.yearMax)
    .add('added_at >= ?::timestamptz', query.addedSince)
    .add('added_at < ?::timestamptz', query.addedBefore)
    .add('(analysis_id IS NOT NULL) = ?', query.isAnalysed)
  addNoteConditions(conditions, teamId, query)
  const heard = [...new Set(query.heard ?? [])]
  if (query.heardAny && heard.length > 0) conditions.add(`id IN ${HEARD} = ANY (?::text[]))`, heard)
  if (!query.heardAny) for (const tag of heard) conditions.add(`id IN ${HEARD} = ?)`, tag)
  const labelled = `id IN (SELECT track_id FROM algiers.labels WHERE team_id = ${Number(teamId)}`
  if (query.hasLabels !== undefined) conditions.add(`(${labelled})) = ?`, query.hasLabels)
  for (const kind of query.labelKinds ?? []) conditions.add(`${labelled} AND kind = ?)`, kind)
  conditions.add(
    `id IN (SELECT unnest(track_ids) FROM algiers.playlists WHERE team_id = ${Number(teamId)} AND id = ?::bigint)`,
    query.playlistId,
  )
  const { within } = query
  if (within?.limit === undefined) return within ? conditionsOf(within, teamId, conditions) : conditions
  const { where } = conditionsOf(within, teamId, new Conditions(conditions.values))
  return conditions.add(
    `id IN (SELECT id FROM ${fromOf(within, teamId)} ${where} ORDER BY ${orderOf(within)} LIMIT ?)`,
    within.limit,
  )
}

/** A smart playlist has the order of its filter. */
const followed = (query: CatalogueQuery): CatalogueQuery =>
  query.within !== undefined && (query.sort === undefined || query.sort === 'playlist')
    ? followed({ ...query.within, descending: (query.within.descending ?? false) !== (query.descending ?? false) })
    : query

const isInPlaylistOrder = ({ playlistId, sort = 'playlist' }: CatalogueQuery): boolean =>
  playlistId !== undefined && sort === 'playlist'

/** Tracks, with their places in a playlist where they are sorted by them. */
const fromOf = (query: CatalogueQuery, teamId: number): string => {
  const { playlistId, ...rest } = followed(query)
  const beside = rest.sort !== undefined && rest.sort in NOTE_SORTS ? notesBeside(teamId) : ''
  if (!isInPlaylistOrder({ playlistId, ...rest })) return `algiers.tracks${beside}`
  return `algiers.tracks JOIN (SELECT track, min(nth) AS place FROM algiers.playlists,
    unnest(track_ids) WITH ORDINALITY AS placed (track, nth)
    WHERE team_id = ${Number(teamId)} AND playlists.id = ${Number(playlistId)} GROUP BY track) AS placed ON placed.track = id`
}

const orderOf = (query: CatalogueQuery): string => {
  const { sort = 'title', descending = false } = followed(query)
  const direction = descending ? 'DESC' : 'ASC'
  const sorted = isInPlaylistOrder(followed(query)) ? ['place'] : (SORTS[sort] ?? SORTS.title!)
  const columns = sorted.map((column) => `${column} ${direction}${descending ? ' NULLS LAST' : ''}`)
  return [...columns, `id ${direction}`].join(', ')
}

/** How many tracks fit; of many, it may be a minute old. */
export const countTracks = (
  { sql, counts }: { readonly sql: Sql; readonly counts: KeptCounts },
  query: CatalogueQuery,
  teamId: number,
): Promise<number> => {
  const { where, values } = conditionsOf(query, teamId)
  return counts(JSON.stringify([where, values]), async () => {
    const [count] = await sql<{ total: number }>(`SELECT count(*)::int AS total FROM algiers.tracks ${where}`, values)
    return count!.total
  })
}

/** Ids of a page of the tracks that fit, in order, and how many fit. @param teamId whose labels count */
export const findTracks = async (
  { sql, counts }: { readonly sql: Sql; readonly counts: KeptCounts },
  query: CatalogueQuery,
  teamId: number,
): Promise<{ readonly ids: readonly number[]; readonly total: number }> => {
  const { where, values } = conditionsOf(query, teamId)
  const page = [query.limit ?? null, query.offset ?? 0]
  const [rows, total] = await Promise.all([
    sql<{ id: number }>(
      `SELECT id FROM ${fromOf(query, teamId)} ${where} ORDER BY ${orderOf(query)} LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
      [...values, ...page],
    ),
    countTracks({ sql, counts }, query, teamId),
  ])
  return { ids: rows.map(({ id }) => id), total }
}

/** The first tracks whose path or title a text is, or if there is none, whose name or path holds it; and how many there are. */
export const findByName = async (
  sql: Sql,
  text: string,
  most: number,
): Promise<{ readonly ids: readonly number[]; readonly total: number }> => {
  const rows = await sql<{ id: number; total: number }>(
    `WITH found AS (SELECT id, CASE WHEN last_path = $1 THEN 2 WHEN title_key = $2 THEN 1 ELSE 0 END AS rank
       FROM algiers.tracks WHERE last_path = $1 OR title_key = $2 OR search_text LIKE $3)
     SELECT id, (count(*) OVER ())::int AS total FROM found WHERE rank = (SELECT max(rank) FROM found) ORDER BY id LIMIT $4`,
    [text, foldText(text), `%${escapeLike(foldText(text))}%`, most],
  )
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 }
}

/** Those of some ids that no track has. */
export const unknownTracks = async (sql: Sql, ids: readonly number[]): Promise<readonly number[]> => {
  if (ids.length === 0) return []
  const rows = await sql<{ id: number }>(
    'SELECT DISTINCT id::float8 AS id FROM unnest($1::bigint[]) AS named (id) WHERE id NOT IN (SELECT id FROM algiers.tracks WHERE id = ANY ($1))',
    [ids],
  )
  return rows.map(({ id }) => id)
}

/** Ids of those recordings that the catalogue has. */
export const idsOfRecordings = async (
  sql: Sql,
  audioDigests: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await sql<{ id: number; digest: string }>(
    'SELECT id, audio_digest AS digest FROM algiers.tracks WHERE audio_digest = ANY ($1)',
    [audioDigests],
  )
  return new Map(rows.map(({ id, digest }) => [digest, id]))
}

/** How many of these recordings the catalogue does not have. */
export const countMissing = async (sql: Sql, audioDigests: readonly string[]): Promise<number> => {
  const [row] = await sql<{ there: number }>(
    'SELECT count(*)::int AS there FROM algiers.tracks WHERE audio_digest = ANY ($1)',
    [audioDigests],
  )
  return new Set(audioDigests).size - row!.there
}

/** How many of these recordings workers have analysed. */
export const countAnalysed = async (sql: Sql, audioDigests: readonly string[]): Promise<number> => {
  const [row] = await sql<{ there: number }>(
    'SELECT count(*)::int AS there FROM algiers.tracks WHERE audio_digest = ANY ($1) AND analysis_id IS NOT NULL',
    [audioDigests],
  )
  return row!.there
}
