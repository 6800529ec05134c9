/**
 * Labels as CSV (RFC 4180), one a row, many tracks in a file:
 * `track_path,content_hash,label,start_beat,end_beat,start_seconds,end_seconds,source,created_at`, and `own_kind` and `energy` (1 to 10) where there is any.
 * Reads the columns in any order, and any subset that names a label and where it starts, as other programs and spreadsheets write them; a
 * table without an end or a length lists points, each up to the next.
 */
import { stringify } from 'csv-stringify/sync'
import type { LabelSource } from '../labels/label.ts'
import { UserError } from '../support/user-error.ts'
import { closePoints } from './close-points.ts'
import { readForeignNumber, readForeignTime } from './foreign-number.ts'
import type { LabelCodec } from './label-codec.ts'
import { type ForeignLabel, type LabelledTrack, UNKNOWN_TRACK, unplacedLabel } from './labelled-track.ts'
import { headerOf, parseTable, type TableRow } from './text-table.ts'

const COLUMNS = [
  'track_path',
  'content_hash',
  'label',
  'start_beat',
  'end_beat',
  'start_seconds',
  'end_seconds',
  'source',
  'created_at',
  'own_kind',
  'energy',
] as const
type WrittenColumn = (typeof COLUMNS)[number]
type Column = WrittenColumn | 'length_seconds'

/** Names of the same columns in other programs. */
const ALIASES: ReadonlyMap<string, Column> = new Map([
  ...COLUMNS.map((column) => [column, column] as const),
  ['path', 'track_path'],
  ['file', 'track_path'],
  ['track', 'track_path'],
  ['label_value', 'label'],
  ['kind', 'label'],
  ['section', 'label'],
  ['name', 'label'],
  ['start', 'start_seconds'],
  ['time', 'start_seconds'],
  ['end', 'end_seconds'],
  ['start_time', 'start_seconds'],
  ['end_time', 'end_seconds'],
  ['start_time_seconds', 'start_seconds'],
  ['end_time_seconds', 'end_seconds'],
  ['duration', 'length_seconds'],
  ['length', 'length_seconds'],
  ['length_seconds', 'length_seconds'],
])
const SOURCES: readonly LabelSource[] = ['user', 'imported', 'auto_detected']

/** Spreadsheets run a cell that begins like this as a formula; an apostrophe in front makes it text and is removed on reading. */
const guardCell = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const unguardCell = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text)

type Row = { readonly cells: ReadonlyMap<Column, string>; readonly line: number }

const columnsOf = (header: readonly string[]): ReadonlySet<Column> =>
  new Set(header.flatMap((name) => ALIASES.get(name) ?? []))

const toRow = ({ cells, line }: TableRow): Row => ({
  cells: new Map(
    [...cells].flatMap(([name, cell]) => (ALIASES.has(name) ? [[ALIASES.get(name)!, cell] as const] : [])),
  ),
  line,
})

/** Whether the first line, of a length a header may have, is a header that names a label and a start. */
const isLabelsCsv = (text: string): boolean => {
  const columns = columnsOf(headerOf(text))
  return (
    columns.has('label') && (columns.has('start_seconds') || (columns.has('start_beat') && columns.has('end_beat')))
  )
}

const readNumber = ({ cells, line }: Row, column: Column): number | null => {
  const text = cells.get(column) ?? ''
  const value = column.endsWith('_beat') ? readForeignNumber(text) : readForeignTime(text)
  if (value === undefined)
    throw new UserError(
      'IMPORT_MALFORMED',
      `Line ${line}, ${column}: ${JSON.stringify(text.slice(0, 40))} is not a number.`,
    )
  return value
}

const readText = ({ cells }: Row, column: Column): string | null => {
  const text = unguardCell(cells.get(column) ?? '')
  return text === '' ? null : text
}

const toLabel = (row: Row): ForeignLabel => {
  const startSeconds = readNumber(row, 'start_seconds')
  const length = readNumber(row, 'length_seconds')
  const afterLength = startSeconds === null || length === null ? null : startSeconds + length
  return {
    ...unplacedLabel(readText(row, 'label') ?? ''),
    startBeat: readNumber(row, 'start_beat'),
    endBeat: readNumber(row, 'end_beat'),
    startSeconds,
    endSeconds: readNumber(row, 'end_seconds') ?? afterLength,
    source: SOURCES.find((source) => source === row.cells.get('source')?.trim().toLowerCase()) ?? null,
    createdAt: readText(row, 'created_at'),
    ...(row.cells.has('own_kind') ? { ownName: readText(row, 'own_kind') } : {}),
  }
}

/** @throws IMPORT_MALFORMED with the line */
const parseLabelsCsv = (text: string): readonly LabelledTrack[] => {
  const tracks = new Map<string, LabelledTrack & { readonly labels: ForeignLabel[] }>()
  const columns = columnsOf(headerOf(text))
  for (const row of parseTable(text).map(toRow)) {
    const path = readText(row, 'track_path')
    const contentHash = readText(row, 'content_hash')
    const key = JSON.stringify([path, contentHash])
    const track = tracks.get(key) ?? { ...UNKNOWN_TRACK, path, contentHash, labels: [] }
    track.labels.push(toLabel(row))
    tracks.set(key, track)
  }
  const hasEnds = (['end_beat', 'end_seconds', 'length_seconds'] as const).some((column) => columns.has(column))
  return [...tracks.values()].map((track) => (hasEnds ? track : { ...track, labels: closePoints(track.labels) }))
}

const toRecord = (track: LabelledTrack, label: ForeignLabel): Record<WrittenColumn, string | number | null> => ({
  track_path: track.path === null ? null : guardCell(track.path),
  content_hash: track.contentHash === null ? null : guardCell(track.contentHash),
  label: guardCell(label.ownName ? (label.kind ?? label.name) : label.name),
  start_beat: label.startBeat,
  end_beat: label.endBeat,
  start_seconds: label.startSeconds === null ? null : Number(label.startSeconds.toFixed(6)),
  end_seconds: label.endSeconds === null ? null : Number(label.endSeconds.toFixed(6)),
  source: label.source,
  created_at: label.createdAt === null ? null : guardCell(label.createdAt),
  own_kind: label.ownName ? guardCell(label.ownName) : null,
  energy: label.energy ?? null,
})

/** Columns of what few labels have are there where any has it. */
const writtenColumns = (tracks: readonly LabelledTrack[]): readonly WrittenColumn[] => {
  const labels = tracks.flatMap((track) => track.labels)
  const rare = {
    own_kind: labels.some(({ ownName }) => ownName),
    energy: labels.some(({ energy }) => energy !== undefined),
  }
  return COLUMNS.filter((column) => !(column in rare) || rare[column as keyof typeof rare])
}

const formatLabelsCsv = (tracks: readonly LabelledTrack[]): string =>
  stringify(
    tracks.flatMap((track) => track.labels.map((label) => toRecord(track, label))),
    { header: true, columns: [...writtenColumns(tracks)], record_delimiter: '\r\n' },
  )

export const labelsCsv = {
  basis: 'text',
  sniff: ({ text }) => isLabelsCsv(text),
  parse: ({ text }) => parseLabelsCsv(text),
  format: formatLabelsCsv,
} as const satisfies LabelCodec
