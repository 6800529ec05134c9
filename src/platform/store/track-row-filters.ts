import type { SQLInputValue } from 'node:sqlite'
import { tempoRange } from '../../core/library/fold-tempo.ts'
import { foldText, searchWords } from '../../core/library/search-text.ts'
import { myTagKey, NOTE_COLOURS, type NoteColour } from '../../core/library/track-notes.ts'
import { escapeLike } from './escape-like.ts'

/** What narrows a list by what is known of a track besides its sound; a track where it is not known fits no limit. */
export type RowFilters = {
  /** Words that must all occur in it. */
  readonly genre?: string | undefined
  readonly yearMin?: number | undefined
  readonly yearMax?: number | undefined
  readonly tagBpmMin?: number | undefined
  readonly tagBpmMax?: number | undefined
  /** The key that the tags name, on the wheel. */
  readonly tagCamelot?: string | undefined
  /** ISO 8601; a day alone is its beginning. */
  readonly addedSince?: string | undefined
  /** Before this moment. */
  readonly addedBefore?: string | undefined
  readonly bitRateMin?: number | undefined
  readonly bitRateMax?: number | undefined
  /** As `formatName` has it, whatever its case. */
  readonly format?: string | undefined
  readonly loudnessMin?: number | undefined
  readonly loudnessMax?: number | undefined
  /** Words that must all occur in it. */
  readonly path?: string | undefined
  readonly doubtfulGrid?: boolean | undefined
  /** The person's own rating or else that of the file; 0 as the upper end: not rated. */
  readonly ratingMin?: number | undefined
  readonly ratingMax?: number | undefined
  /** Any of these. */
  readonly colours?: readonly NoteColour[] | undefined
  /** Words that must all occur in the person's own comment or else that of the file. */
  readonly comment?: string | undefined
  /** Tags of the person's own making. */
  readonly myTags?: readonly string[] | undefined
  /** Whether one of them is enough. @default false: it has all of them */
  readonly myTagsAny?: boolean | undefined
}

export type Condition = { readonly sql: string; readonly values: readonly SQLInputValue[] }

/** A pattern ends at a NUL, and would find whatever has what stands before it; no text here holds one. @param text folded */
const contains = (column: string, text: string): Condition =>
  text.includes('\0')
    ? { sql: '0', values: [] }
    : { sql: `${column} LIKE ? ESCAPE '\\'`, values: [`%${escapeLike(text)}%`] }

/** Each word once. */
export const words = (column: string, text: string | undefined): readonly Condition[] =>
  [...new Set(searchWords(text ?? ''))].map((word) => contains(column, word))

/** As a balanced tree, since SQLite refuses one that is a thousand deep. @param parts at least one */
export const joined = (parts: readonly string[], word: 'AND' | 'OR'): string => {
  if (parts.length === 1) return parts[0]!
  const half = Math.ceil(parts.length / 2)
  return `(${joined(parts.slice(0, half), word)} ${word} ${joined(parts.slice(half), word)})`
}

export const range = (
  column: string,
  comparison: '>=' | '<=' | '<' | '=',
  value: number | string | undefined,
): readonly Condition[] => (value === undefined ? [] : [{ sql: `${column} ${comparison} ?`, values: [value] }])

export const truth = (sql: string, wanted: boolean | undefined): readonly Condition[] =>
  wanted === undefined ? [] : [{ sql: wanted ? sql : `NOT ${sql}`, values: [] }]

/** `foldTempo` in SQL. @param from above 0 */
const foldedTempo = (column: string, from: number): string => {
  const { low, high } = tempoRange(from)
  return `(CASE WHEN ${column} > ${high} THEN ${column} / pow(2, ceil(log2(${column} / ${high})))
    WHEN ${column} < ${low} THEN ${column} * pow(2, ceil(log2(${low} / ${column}))) ELSE ${column} END)`
}

/** The tempi of a row as they are compared. @param from as of `foldTempo` */
export const bpmColumns = (from: number): { readonly bpm: string; readonly tag_bpm: string } => {
  const column = (name: string): string => (from > 0 ? foldedTempo(name, from) : name)
  return { bpm: column('row.bpm'), tag_bpm: column('row.tag_bpm') }
}

const HAS_MY_TAG = 'row.track_id IN (SELECT track_id FROM my_tags WHERE tag_key = ?)'

const myTagConditions = ({ myTags = [], myTagsAny = false }: RowFilters): readonly Condition[] => {
  const keys = [...new Set(myTags.map(myTagKey))]
  if (!myTagsAny) return keys.map((key) => ({ sql: HAS_MY_TAG, values: [key] }))
  return keys.length === 0
    ? []
    : [
        {
          sql: joined(
            keys.map(() => HAS_MY_TAG),
            'OR',
          ),
          values: keys,
        },
      ]
}

/** @param bpmFrom as of `foldTempo` */
export const rowConditions = (query: RowFilters, bpmFrom: number): readonly Condition[] => {
  const { tag_bpm } = bpmColumns(bpmFrom)
  return [
    ...words('row.genre_key', query.genre),
    ...range('row.year', '>=', query.yearMin),
    ...range('row.year', '<=', query.yearMax),
    ...range(tag_bpm, '>=', query.tagBpmMin),
    ...range(tag_bpm, '<=', query.tagBpmMax),
    ...range('row.tag_camelot', '=', query.tagCamelot),
    ...range('row.added_at', '>=', query.addedSince),
    ...range('row.added_at', '<', query.addedBefore),
    ...range('row.bit_rate_kbps', '>=', query.bitRateMin),
    ...range('row.bit_rate_kbps', '<=', query.bitRateMax),
    ...range('lower(row.format)', '=', query.format === undefined ? undefined : foldText(query.format)),
    ...range('row.loudness_lufs', '>=', query.loudnessMin),
    ...range('row.loudness_lufs', '<=', query.loudnessMax),
    ...words('row.path_key', query.path),
    ...range('row.doubtful_grid', '=', query.doubtfulGrid === undefined ? undefined : Number(query.doubtfulGrid)),
    ...range('coalesce(row.rating, 0)', '>=', query.ratingMin),
    ...range('coalesce(row.rating, 0)', '<=', query.ratingMax),
    ...(query.colours === undefined
      ? []
      : [
          {
            sql: 'row.colour IN (SELECT value FROM json_each(?))',
            values: [JSON.stringify(query.colours.map((colour) => NOTE_COLOURS.indexOf(colour)))],
          },
        ]),
    ...words('row.comment_key', query.comment),
    ...myTagConditions(query),
  ]
}
