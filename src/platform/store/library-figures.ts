import type { DatabaseSync } from 'node:sqlite'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { AUDIBLE_SHARE } from '../../core/tags/audible-share.ts'
import { WITH_PRECISION } from './hearing-store.ts'
import { type TrackQuery, whereOf } from './track-query.ts'
import { bpmColumns } from './track-row-filters.ts'

type Counted<Value> = { readonly value: Value; readonly tracks: number }

/** How the tracks that a query finds spread over what is known of them; under the value null stand those of which it is not known. */
export type LibraryFigures = {
  readonly tracks: number
  /** Of the tracks whose length is known. */
  readonly seconds: number
  /** By whole BPM, in order. */
  readonly tempi: readonly Counted<number | null>[]
  readonly camelots: readonly Counted<string | null>[]
  readonly energies: readonly Counted<number | null>[]
  /** Null is not rated. */
  readonly ratings: readonly Counted<number | null>[]
  /** By their places among all colours; null has none. */
  readonly colours: readonly Counted<number | null>[]
  /** Minutes by the main tempo of each track. */
  readonly kinds: readonly (Counted<SectionKind> & { readonly labels: number; readonly minutes: number })[]
  readonly labelled: number
  /** Tracks that a network has heard. */
  readonly heard: number
  readonly tags: readonly (Counted<string> & { readonly group: string })[]
  /** By the day in UTC, in order. */
  readonly added: readonly Counted<string>[]
}

/** A line of the one statement that counts everything: what is counted by, its value, and what goes with it. */
type Line = Counted<string | number | null> & {
  readonly chart: keyof LibraryFigures
  readonly amount: number
  readonly note: string | number
}

/** Counts of the chosen tracks by a column. */
const byColumn = (chart: keyof LibraryFigures, column: string): string =>
  `SELECT '${chart}' AS chart, ${column} AS value, count(*) AS tracks, 0 AS amount, '' AS note FROM chosen GROUP BY ${column}`

/** In parts, each of which takes a fraction of a second of a hundred thousand tracks; others may have their turn between them. */
const PARTS: readonly (readonly string[])[] = [
  [
    "SELECT 'tracks' AS chart, NULL AS value, count(*) AS tracks, ifnull(sum(seconds), 0) AS amount, '' AS note FROM chosen",
    "SELECT 'labelled', NULL, count(*), 0, '' FROM chosen WHERE track_id IN (SELECT track_id FROM labels)",
    "SELECT 'heard', NULL, count(*), 0, '' FROM chosen WHERE track_id IN (SELECT track_id FROM heard_tracks)",
    byColumn('tempi', 'whole_bpm'),
    byColumn('camelots', 'camelot'),
    byColumn('energies', 'energy'),
    byColumn('ratings', 'rating'),
    byColumn('colours', 'colour'),
    byColumn('added', 'added_on'),
  ],
  [
    `SELECT 'kinds' AS chart, kind AS value, count(DISTINCT labels.track_id) AS tracks,
       ifnull(sum((end_beat - start_beat) / main_bpm), 0) AS amount, count(*) AS note
     FROM labels JOIN chosen ON chosen.track_id = labels.track_id GROUP BY kind`,
  ],
  [
    `SELECT 'tags' AS chart, heard_tags.tag AS value, count(*) AS tracks, 0 AS amount, tag_group AS note
     FROM ${WITH_PRECISION} JOIN chosen ON chosen.track_id = heard_tags.track_id
     WHERE share >= ${AUDIBLE_SHARE} AND share >= shown_from GROUP BY heard_tags.tag`,
  ],
]

/** Counts the tracks that a query finds by all that is known of them. @param rest is waited for between two parts of it */
export const libraryFigures = async (
  database: DatabaseSync,
  query: TrackQuery,
  rest: () => Promise<void>,
): Promise<LibraryFigures> => {
  const { sql, values } = whereOf(database, query)
  const { bpm } = bpmColumns(query.bpmRangeFrom ?? 0)
  const chosen = `WITH chosen AS MATERIALIZED (
    SELECT row.track_id AS track_id, row.duration_seconds AS seconds, row.bpm AS main_bpm, row.camelot AS camelot,
      CAST(round(${bpm} * 100) AS INTEGER) / 100 AS whole_bpm, row.energy AS energy, row.rating AS rating,
      row.colour AS colour, substr(row.added_at, 1, 10) AS added_on
    FROM track_rows AS row ${sql})`
  const lines: Line[] = []
  for (const [at, charts] of PARTS.entries()) {
    if (at > 0) await rest()
    const statement = database.prepare(`${chosen} ${charts.join(' UNION ALL ')} ORDER BY chart, value`)
    lines.push(...(statement.all(...values) as Line[]))
  }
  const byChart = Map.groupBy(lines, ({ chart }) => chart)
  const of = <Value>(chart: keyof LibraryFigures): readonly (Line & Counted<Value>)[] =>
    (byChart.get(chart) ?? []) as unknown as readonly (Line & Counted<Value>)[]
  const counts = <Value>(chart: keyof LibraryFigures): readonly Counted<Value>[] =>
    of<Value>(chart).map(({ value, tracks }) => ({ value, tracks }))
  const [sum] = of('tracks')
  return {
    tracks: sum!.tracks,
    seconds: sum!.amount,
    labelled: of('labelled')[0]!.tracks,
    heard: of('heard')[0]!.tracks,
    tempi: counts('tempi'),
    camelots: counts('camelots'),
    energies: counts('energies'),
    ratings: counts('ratings'),
    colours: counts('colours'),
    added: counts('added'),
    kinds: of<SectionKind>('kinds').map(({ value, tracks, amount, note }) => ({
      value,
      tracks,
      minutes: amount,
      labels: Number(note),
    })),
    tags: of<string>('tags').map(({ value, tracks, note }) => ({ value, tracks, group: String(note) })),
  }
}
