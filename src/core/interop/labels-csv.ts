/**
 * Labels as CSV (RFC 4180), one a row, many tracks in a file:
 * `track_path,content_hash,label,start_beat,end_beat,start_seconds,end_seconds,source,created_at`.
 * Reads the columns in any order, and any subset that names a label and its span, separated by commas, semicolons or tabs.
 */
import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { LabelSource } from '../labels/label.ts'
import { UserError } from '../support/user-error.ts'
import type { LabelCodec } from './label-codec.ts'
import { type ForeignLabel, type LabelledTrack, UNKNOWN_TRACK } from './labelled-track.ts'
import { sectionKindOfName } from './section-names.ts'

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
] as const
type Column = (typeof COLUMNS)[number]

/** Names of the same columns in other programs. */
const ALIASES: ReadonlyMap<string, Column> = new Map([
  ...COLUMNS.map((column) => [column, column] as const),
  ['path', 'track_path'],
  ['file', 'track_path'],
  ['track', 'track_path'],
  ['label_value', 'label'],
  ['kind', 'label'],
  ['section', 'label'],
  ['start', 'start_seconds'],
  ['end', 'end_seconds'],
  ['start_time_seconds', 'start_seconds'],
  ['end_time_seconds', 'end_seconds'],
])
const SOURCES: readonly LabelSource[] = ['user', 'imported', 'auto_detected']
const DELIMITERS = [',', ';', '\t'] as const
const LONGEST_RECORD_CHARACTERS = 100_000
const NUMBER = /^[+-]?\d{1,12}(?:\.\d{1,15})?$/

/** Spreadsheets run a cell that begins like this as a formula; an apostrophe in front makes it text and is removed on reading. */
const guardCell = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const unguardCell = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text)

type Row = Readonly<Partial<Record<Column, string>>>

const columnOf = (header: string): Column | null => ALIASES.get(header.trim().toLowerCase()) ?? null

const splitHeader = (text: string): { readonly delimiter: string; readonly columns: readonly (Column | null)[] } => {
  const [header = '', ...rest] = text.slice(0, LONGEST_RECORD_CHARACTERS).split(/[\r\n]/, 2)
  if (rest.length === 0) return { delimiter: ',', columns: [] }
  const delimiter = DELIMITERS.toSorted((a, b) => header.split(b).length - header.split(a).length)[0]!
  return { delimiter, columns: header.split(delimiter).map((name) => columnOf(name.replace(/^"|"$/g, ''))) }
}

/** Whether the first line, of a length a header may have, is a header that names a label and a span. */
const isLabelsCsv = (text: string): boolean => {
  const { columns } = splitHeader(text)
  const has = (column: Column): boolean => columns.includes(column)
  return has('label') && ((has('start_beat') && has('end_beat')) || (has('start_seconds') && has('end_seconds')))
}

const parseNumber = (row: Row, column: Column, line: number): number | null => {
  const text = row[column]?.trim() ?? ''
  if (text === '') return null
  if (!NUMBER.test(text))
    throw new UserError(
      'IMPORT_MALFORMED',
      `Line ${line}, ${column}: ${JSON.stringify(text.slice(0, 40))} is no number.`,
    )
  return Number(text)
}

const parseText = (row: Row, column: Column): string | null => {
  const text = unguardCell(row[column] ?? '')
  return text === '' ? null : text
}

const toLabel = (row: Row, line: number): ForeignLabel => {
  const name = parseText(row, 'label') ?? ''
  return {
    startBeat: parseNumber(row, 'start_beat', line),
    endBeat: parseNumber(row, 'end_beat', line),
    startSeconds: parseNumber(row, 'start_seconds', line),
    endSeconds: parseNumber(row, 'end_seconds', line),
    name,
    kind: sectionKindOfName(name),
    source: SOURCES.find((source) => source === row.source) ?? null,
    createdAt: parseText(row, 'created_at'),
    isDoubtful: false,
  }
}

type Parsed = { readonly record: Row; readonly info: { readonly lines: number } }

const parseRows = (text: string): Parsed[] => {
  const { delimiter, columns } = splitHeader(text)
  try {
    return parse(text, {
      columns: columns.map((column) => column ?? false),
      from_line: 2,
      delimiter,
      info: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD_CHARACTERS,
    }) as unknown as Parsed[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UserError(
      'IMPORT_MALFORMED',
      `Line ${String(error.lines ?? '?')}: ${error.message.slice(0, 200)}.`,
      {},
      error,
    )
  }
}

/** @throws IMPORT_MALFORMED with the line */
const parseLabelsCsv = (text: string): readonly LabelledTrack[] => {
  const tracks = new Map<string, LabelledTrack & { readonly labels: ForeignLabel[] }>()
  for (const { record, info } of parseRows(text)) {
    const path = parseText(record, 'track_path')
    const contentHash = parseText(record, 'content_hash')
    const key = JSON.stringify([path, contentHash])
    const track = tracks.get(key) ?? { ...UNKNOWN_TRACK, path, contentHash, labels: [] }
    track.labels.push(toLabel(record, info.lines))
    tracks.set(key, track)
  }
  return [...tracks.values()]
}

const toRow = (track: LabelledTrack, label: ForeignLabel): Record<Column, string | number | null> => ({
  track_path: track.path === null ? null : guardCell(track.path),
  content_hash: track.contentHash === null ? null : guardCell(track.contentHash),
  label: guardCell(label.name),
  start_beat: label.startBeat,
  end_beat: label.endBeat,
  start_seconds: label.startSeconds === null ? null : Number(label.startSeconds.toFixed(6)),
  end_seconds: label.endSeconds === null ? null : Number(label.endSeconds.toFixed(6)),
  source: label.source,
  created_at: label.createdAt === null ? null : guardCell(label.createdAt),
})

const formatLabelsCsv = (tracks: readonly LabelledTrack[]): string =>
  stringify(
    tracks.flatMap((track) => track.labels.map((label) => toRow(track, label))),
    { header: true, columns: [...COLUMNS], record_delimiter: '\r\n' },
  )

export const labelsCsv = {
  basis: 'text',
  mark: 'the header of a CSV',
  sniff: ({ text }) => isLabelsCsv(text),
  parse: ({ text }) => parseLabelsCsv(text),
  format: formatLabelsCsv,
} as const satisfies LabelCodec
