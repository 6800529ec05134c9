import type { DatabaseSync } from 'node:sqlite'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { UNREADABLE_CODES } from '../../core/library/lasting-failure.ts'
import type { TrackSort } from '../../core/library/track-sorts.ts'
import type { TrackStanding } from '../../core/library/track-standing.ts'
import { AUDIBLE_SHARE } from '../../core/tags/audible-share.ts'
import { HEARD_IN_SQL } from './hearing-store.ts'
import { missingTrackIds } from './missing-tracks.ts'
import { isAtHandSql, isMissingSql } from './track-conditions.ts'
import {
  bpmColumns,
  type Condition,
  joined,
  type RowFilters,
  range,
  rowConditions,
  truth,
  words,
} from './track-row-filters.ts'
import { untilWritten } from './until-written.ts'

export type TrackQuery = RowFilters & {
  /** Words that must occur in title, artist, album, genre or file name, whatever their case and accents. */
  readonly text?: string | undefined
  readonly bpmMin?: number | undefined
  readonly bpmMax?: number | undefined
  /** Any of these keys, e.g. `8A`. */
  readonly camelots?: readonly string[] | undefined
  readonly durationMin?: number | undefined
  readonly durationMax?: number | undefined
  readonly energyMin?: number | undefined
  readonly energyMax?: number | undefined
  readonly hasLabels?: boolean | undefined
  /** A person has labelled sections of all these kinds in it. */
  readonly labelKinds?: readonly SectionKind[] | undefined
  /** Tags that are shown for it; those never shown are heard in it, for at least `AUDIBLE_SHARE` of its time. */
  readonly heard?: readonly string[] | undefined
  /** Whether one of the heard tags is enough. @default false: all of them are heard */
  readonly heardAny?: boolean | undefined
  /** Its analysis failed, or the model that speaks for it is unsure of a section and no person has labelled the track. */
  readonly needsReview?: boolean | undefined
  /** Versions that speak for some tracks; of two that claim one the first does. @default the active one for all */
  readonly spokenFor?: readonly { readonly version: number; readonly tracks: TrackQuery }[] | undefined
  /** Only tracks that stand so. @default all */
  readonly standing?: TrackStanding | undefined
  /** Only these tracks. */
  readonly trackIds?: readonly number[] | undefined
  /** Only tracks of this playlist, whose tracks a person chose. */
  readonly playlistId?: number | undefined
  /** Only tracks that this finds, too: what a smart playlist is. */
  readonly within?: TrackQuery | undefined
  /** Tempi are compared and sorted by octaves in a range that begins here, as `foldTempo` shows them; 0 for as they are. */
  readonly bpmRangeFrom?: number | undefined
  /** @default 'playlist' where there is one, else 'title' */
  readonly sort?: TrackSort | undefined
  readonly descending?: boolean | undefined
  /** @default all */
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export type TrackMatches = { readonly ids: readonly number[]; readonly total: number }

/** A section with a lower confidence is worth a look. */
const REVIEW_BELOW_CONFIDENCE = 0.5

const HAS_LABELS = 'row.track_id IN (SELECT track_id FROM labels)'
const LABEL_COUNT = '(SELECT count(*) FROM labels WHERE labels.track_id = row.track_id)'

/** Keys are sorted round the wheel by number, minor before major. */
const SORT_COLUMNS: Readonly<Record<Exclude<TrackSort, 'bpm' | 'tag_bpm' | 'status' | 'playlist'>, readonly string[]>> =
  {
    title: ['row.title_key'],
    artist: ['row.artist_key', 'row.title_key'],
    key: ['CAST(row.camelot AS INTEGER)', 'row.camelot'],
    energy: ['row.energy'],
    duration: ['row.duration_seconds'],
    added: ['row.track_id'],
    labels: [LABEL_COUNT],
    genre: ['row.genre_key', 'row.title_key'],
    year: ['row.year'],
    tag_key: ['CAST(row.tag_camelot AS INTEGER)', 'row.tag_camelot'],
    bit_rate: ['row.bit_rate_kbps'],
    format: ['row.format', 'row.title_key'],
    loudness: ['row.loudness_lufs'],
    path: ['row.path_key'],
    doubtful_grid: ['row.doubtful_grid', 'row.title_key'],
    rating: ['row.rating', 'row.title_key'],
    colour: ['row.colour', 'row.title_key'],
    comment: ['row.comment_key'],
    my_tags: ['row.my_tags_key', 'row.title_key'],
  }

const IS_MISSING = isMissingSql('row.track_id')
const HAS_FAILED = 'EXISTS (SELECT 1 FROM analysis_failures WHERE track_id = row.track_id)'
const IS_UNREADABLE = `EXISTS (SELECT 1 FROM analysis_failures WHERE track_id = row.track_id
  AND code IN (${UNREADABLE_CODES.map((code) => `'${code}'`).join(', ')}))`
const IS_AT_HAND = isAtHandSql('row.track_id')

/** Of tracks that are not missing, what else must hold; null for nothing. */
const STANDINGS: Readonly<Record<Exclude<TrackStanding, 'missing'>, string | null>> = {
  present: null,
  analysed: 'row.duration_seconds IS NOT NULL',
  not_analysed: `(NOT ${HAS_FAILED} AND row.duration_seconds IS NULL)`,
  unreadable: IS_UNREADABLE,
  failed: `(${HAS_FAILED} AND NOT ${IS_UNREADABLE})`,
  offline: `NOT ${IS_AT_HAND}`,
}

/** To compare with more of them costs as much as to look for the files of each track. */
const MOST_LISTED_MISSING = 5000

/** Most libraries miss few tracks, and which ones is found once for all pages. */
const presenceCondition = (database: DatabaseSync, isMissing: boolean): readonly Condition[] => {
  const ids = missingTrackIds(database)
  if (ids.length > MOST_LISTED_MISSING) return [{ sql: isMissing ? IS_MISSING : `NOT (${IS_MISSING})`, values: [] }]
  if (ids.length === 0 && !isMissing) return []
  const listed = '(SELECT value FROM json_each(?))'
  return [{ sql: `row.track_id ${isMissing ? '' : 'NOT '}IN ${listed}`, values: [JSON.stringify(ids)] }]
}

const standingConditions = (database: DatabaseSync, standing: TrackStanding | undefined): readonly Condition[] => {
  if (standing === undefined) return []
  if (standing === 'missing') return presenceCondition(database, true)
  const further = STANDINGS[standing]
  return [...presenceCondition(database, false), ...(further === null ? [] : [{ sql: further, values: [] }])]
}

/** What is well comes first, then what asks for more and more of the person. A track at hand is not missing, so most tracks are told by two look-ups. */
const STATUS_RANK = `(CASE WHEN NOT ${IS_AT_HAND} THEN CASE WHEN ${IS_MISSING} THEN 5 ELSE 4 END
  WHEN ${HAS_FAILED} THEN CASE WHEN ${IS_UNREADABLE} THEN 3 ELSE 2 END WHEN row.duration_seconds IS NULL THEN 1 ELSE 0 END)`

const placeInPlaylist = (id: number): string =>
  `(SELECT min(position) FROM playlist_tracks WHERE playlist_id = ${Number(id)} AND track_id = row.track_id)`

const sortColumns = (query: TrackQuery): readonly string[] => {
  const { playlistId, bpmRangeFrom = 0 } = query
  const { sort = playlistId === undefined ? 'title' : 'playlist' } = query
  if (sort === 'playlist') return playlistId === undefined ? SORT_COLUMNS.title : [placeInPlaylist(playlistId)]
  if (sort === 'bpm' || sort === 'tag_bpm') return [bpmColumns(bpmRangeFrom)[sort]]
  return sort === 'status' ? [STATUS_RANK, 'row.title_key'] : SORT_COLUMNS[sort]
}

const HEARD = `row.track_id IN (${HEARD_IN_SQL})`

const heardConditions = ({ heard: named = [], heardAny = false }: TrackQuery): readonly Condition[] => {
  const heard = [...new Set(named)]
  if (!heardAny) return heard.map((tag) => ({ sql: HEARD, values: [tag, AUDIBLE_SHARE] }))
  if (heard.length === 0) return []
  return [
    {
      sql: joined(
        heard.map(() => HEARD),
        'OR',
      ),
      values: heard.flatMap((tag) => [tag, AUDIBLE_SHARE]),
    },
  ]
}

/** Tempi are compared to a hundredth, as finely as anybody reads them. */
const tempoRange = (column: string, { bpmMin, bpmMax }: TrackQuery): readonly Condition[] => {
  const hundredths = (bpm: number | undefined): number | undefined => bpm && Math.round(bpm * 100)
  return [
    ...range(`round(${column} * 100)`, '>=', hundredths(bpmMin)),
    ...range(`round(${column} * 100)`, '<=', hundredths(bpmMax)),
  ]
}

const conditionsOf = (database: DatabaseSync, query: TrackQuery): readonly Condition[] => {
  const bpm = bpmColumns(query.bpmRangeFrom ?? 0)
  return [
    ...words('row.search_text', query.text),
    ...tempoRange(bpm.bpm, query),
    ...range('row.duration_seconds', '>=', query.durationMin),
    ...range('row.duration_seconds', '<=', query.durationMax),
    ...range('row.energy', '>=', query.energyMin),
    ...range('row.energy', '<=', query.energyMax),
    ...(query.camelots === undefined
      ? []
      : [{ sql: 'row.camelot IN (SELECT value FROM json_each(?))', values: [JSON.stringify(query.camelots)] }]),
    ...(query.trackIds === undefined
      ? []
      : [{ sql: 'row.track_id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(query.trackIds)] }]),
    ...heardConditions(query),
    ...rowConditions(query, query.bpmRangeFrom ?? 0),
    ...(query.playlistId === undefined
      ? []
      : [
          {
            sql: 'row.track_id IN (SELECT track_id FROM playlist_tracks WHERE playlist_id = ?)',
            values: [query.playlistId],
          },
        ]),
    ...(query.labelKinds ?? []).map((kind) => ({
      sql: 'EXISTS (SELECT 1 FROM labels WHERE labels.track_id = row.track_id AND kind = ?)',
      values: [kind],
    })),
    ...truth(HAS_LABELS, query.hasLabels),
    ...reviewConditions(database, query),
    ...standingConditions(database, query.standing),
  ]
}

/** Whether the version that speaks for a track is unsure of a section of it. */
const reviewConditions = (database: DatabaseSync, query: TrackQuery): readonly Condition[] => {
  const { needsReview, spokenFor = [] } = query
  const cases = spokenFor.map(({ version, tracks }) => {
    const { sql, values } = whereOf(database, tracks)
    return { sql: `WHEN ${sql.replace(/^WHERE /, '') || 'TRUE'} THEN ?`, values: [...values, version] }
  })
  const general = '(SELECT version FROM model_versions WHERE active = 1)'
  const speaker = cases.length === 0 ? general : `CASE ${cases.map(({ sql }) => sql).join(' ')} ELSE ${general} END`
  const sql = `(${HAS_FAILED} OR (NOT ${HAS_LABELS} AND EXISTS (SELECT 1 FROM sections WHERE model_version = ${speaker}
    AND sections.track_id = row.track_id AND lowest_confidence < ${REVIEW_BELOW_CONFIDENCE})))`
  return truth(sql, needsReview).map((condition) => ({ ...condition, values: cases.flatMap(({ values }) => values) }))
}

/** @returns as a clause of SQL, with its values */
export const whereOf = (database: DatabaseSync, query: TrackQuery): Condition => {
  const conditions = [...conditionsOf(database, query), ...withinConditions(database, query.within)]
  if (conditions.length === 0) return { sql: '', values: [] }
  const sql = joined(
    conditions.map((condition) => condition.sql),
    'AND',
  )
  return { sql: `WHERE ${sql}`, values: conditions.flatMap(({ values }) => values) }
}

/** Unknown values sort last in both directions. */
const orderOf = (query: TrackQuery): string => {
  // A smart playlist has the order of its filter.
  const followed = followedOrder(query)
  const direction = followed.descending ? 'DESC' : 'ASC'
  const columns = sortColumns(followed).map((column) => `${column} ${direction} NULLS LAST`)
  return [...columns, `row.track_id ${direction}`].join(', ')
}

const followedOrder = (query: TrackQuery): TrackQuery =>
  query.within !== undefined && (query.sort === undefined || query.sort === 'playlist')
    ? followedOrder({ ...query.within, descending: (query.within.descending ?? false) !== (query.descending ?? false) })
    : query

const withinConditions = (database: DatabaseSync, within: TrackQuery | undefined): readonly Condition[] => {
  if (within === undefined) return []
  const { sql, values } = whereOf(database, within)
  if (within.limit === undefined) return sql === '' ? [] : [{ sql: sql.replace(/^WHERE /, ''), values }]
  return [
    {
      sql: `row.track_id IN (SELECT row.track_id FROM track_rows AS row ${sql} ORDER BY ${orderOf(within)} LIMIT ?)`,
      values: [...values, within.limit],
    },
  ]
}

/** How many tracks match; kept until something is written, since the pages of a list all ask. */
export const countTracks = (database: DatabaseSync, query: TrackQuery): number => {
  const { sql, values } = whereOf(database, query)
  const counting = `SELECT count(*) AS total FROM track_rows AS row ${sql}`
  const count = (): { total: number } => database.prepare(counting).get(...values) as { total: number }
  return untilWritten(database, `${counting} ${JSON.stringify(values)}`, count).total
}

/** Ids of one page of the matching tracks, in order. */
export const findTrackIds = (database: DatabaseSync, query: TrackQuery): TrackMatches => {
  const { sql, values } = whereOf(database, query)
  const rows = database
    .prepare(`SELECT row.track_id AS id FROM track_rows AS row ${sql} ORDER BY ${orderOf(query)} LIMIT ? OFFSET ?`)
    .all(...values, query.limit ?? -1, query.offset ?? 0) as { id: number }[]
  return { ids: rows.map(({ id }) => id), total: countTracks(database, query) }
}
