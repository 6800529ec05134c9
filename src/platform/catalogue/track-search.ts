import { foldText, searchWords } from '../../core/library/search-text.ts'
import type { TrackSort } from '../../core/library/track-sorts.ts'
import { AUDIBLE_SHARE } from '../../core/tags/audible-share.ts'
import type { Sql } from './connect.ts'
import type { KeptCounts } from './kept-counts.ts'

/** What narrows and sorts a list of tracks in a catalogue. */
export type CatalogueQuery = {
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
}

export const isSortable = (sort: TrackSort): boolean => sort in SORTS

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** Collects conditions and the values that they name. */
class Conditions {
  readonly values: unknown[] = []
  readonly #parts: string[] = []

  /** @param part names the value as `?` */
  add(part: string, value: unknown): this {
    if (value === undefined) return this
    this.values.push(value)
    this.#parts.push(part.replaceAll('?', `$${this.values.length}`))
    return this
  }

  get where(): string {
    return this.#parts.length === 0 ? '' : `WHERE ${this.#parts.join(' AND ')}`
  }
}

const HEARD = `(SELECT track_id FROM algiers.heard_tags JOIN algiers.tracks AS heard_track ON heard_track.id = track_id
  LEFT JOIN algiers.tag_precision AS known ON known.pack_digest = heard_track.pack_digest AND known.tag = heard_tags.tag
  WHERE share >= ${AUDIBLE_SHARE} AND share >= coalesce(shown_from, 0) AND heard_tags.tag`

const conditionsOf = (query: CatalogueQuery, teamId: number): Conditions => {
  const conditions = new Conditions()
  for (const word of new Set(searchWords(query.text ?? '')))
    conditions.add('search_text LIKE ?', `%${escapeLike(word)}%`)
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
    .add('year >= ?', query.yearMin)
    .add('year <= ?', query.yearMax)
    .add('added_at >= ?::timestamptz', query.addedSince)
    .add('added_at < ?::timestamptz', query.addedBefore)
    .add('(analysis_id IS NOT NULL) = ?', query.isAnalysed)
  const heard = [...new Set(query.heard ?? [])]
  if (query.heardAny && heard.length > 0) conditions.add(`id IN ${HEARD} = ANY (?::text[]))`, heard)
  if (!query.heardAny) for (const tag of heard) conditions.add(`id IN ${HEARD} = ?)`, tag)
  const labelled = `id IN (SELECT track_id FROM algiers.labels WHERE team_id = ${Number(teamId)}`
  if (query.hasLabels !== undefined) conditions.add(`(${labelled})) = ?`, query.hasLabels)
  for (const kind of query.labelKinds ?? []) conditions.add(`${labelled} AND kind = ?)`, kind)
  return conditions
}

const orderOf = ({ sort = 'title', descending = false }: CatalogueQuery): string => {
  const direction = descending ? 'DESC' : 'ASC'
  const columns = (SORTS[sort] ?? SORTS.title!).map(
    (column) => `${column} ${direction}${descending ? ' NULLS LAST' : ''}`,
  )
  return [...columns, `id ${direction}`].join(', ')
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
      `SELECT id FROM algiers.tracks ${where} ORDER BY ${orderOf(query)} LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
      [...values, ...page],
    ),
    counts(JSON.stringify([where, values]), async () => {
      const [count] = await sql<{ total: number }>(`SELECT count(*)::int AS total FROM algiers.tracks ${where}`, values)
      return count!.total
    }),
  ])
  return { ids: rows.map(({ id }) => id), total }
}

/** Ids of the tracks whose name or path holds a text. */
export const findByName = async (sql: Sql, text: string, most: number): Promise<readonly number[]> => {
  const rows = await sql<{ id: number }>(
    'SELECT id FROM algiers.tracks WHERE last_path = $1 OR search_text LIKE $2 ORDER BY id LIMIT $3',
    [text, `%${escapeLike(foldText(text))}%`, most],
  )
  return rows.map(({ id }) => id)
}

/** How many of these recordings the catalogue does not have. */
export const countMissing = async (sql: Sql, audioDigests: readonly string[]): Promise<number> => {
  const [row] = await sql<{ there: number }>(
    'SELECT count(*)::int AS there FROM algiers.tracks WHERE audio_digest = ANY ($1)',
    [audioDigests],
  )
  return new Set(audioDigests).size - row!.there
}
