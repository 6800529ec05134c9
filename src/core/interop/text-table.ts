/**
 * @file Tables as text, with a header: RFC 4180, and what spreadsheets make of it. The delimiter is a comma, a semicolon or a tab, named by
 * a line `sep=;` or told by the header. Where a spreadsheet of another country has put each line into one cell, the cells are the lines.
 */
import { CsvError, parse } from 'csv-parse/sync'
import { UserError } from '../support/user-error.ts'

export type TableRow = {
  /** By the header's names, in lower case. */
  readonly cells: ReadonlyMap<string, string>
  readonly line: number
}

const DELIMITERS = [',', ';', '\t'] as const
const LONGEST_RECORD_CHARACTERS = 100_000
const SEPARATOR_LINE = /^\s*"?sep=(.)"?[;,\t]*\r?\n/i

type Shape = { readonly body: string; readonly delimiter: string; readonly linesBefore: number }

const shapeOf = (text: string): Shape => {
  const named = SEPARATOR_LINE.exec(text.slice(0, 40))
  const body = named ? text.slice(named[0].length) : text
  const header = body.slice(0, LONGEST_RECORD_CHARACTERS).split(/[\r\n]/, 1)[0]!
  const delimiter = DELIMITERS.toSorted((a, b) => header.split(b).length - header.split(a).length)[0]!
  return { body, delimiter: named?.[1] ?? delimiter, linesBefore: named ? 1 : 0 }
}

const malformed = (error: unknown): never => {
  if (!(error instanceof CsvError)) throw error
  throw new UserError(
    'IMPORT_MALFORMED',
    `Line ${String(error.lines ?? '?')}: ${error.message.slice(0, 200)}.`,
    {},
    error,
  )
}

/** `"a,b"` or `"a,b";;` in every line: the table as it was lies in its first column. */
const unwrap = (text: string): string => {
  const first = text.slice(0, LONGEST_RECORD_CHARACTERS).split(/[\r\n]/, 1)[0]!
  if (!/^"[^"]*[,;\t][^"]*"[;,\t]*$/.test(first)) return text
  const delimiter = /^"[^"]*"([;,\t])/.exec(first)?.[1] ?? (first.includes(';') ? ',' : ';')
  try {
    const options = {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD_CHARACTERS,
    }
    return (parse(text, options) as string[][]).map(([cell = '']) => cell).join('\n')
  } catch (error) {
    return malformed(error)
  }
}

const nameOf = (header: string): string => header.trim().replace(/^"|"$/g, '').trim().toLowerCase()

/** The names of the header, in lower case; none for one that is longer than a header may be. */
export const headerOf = (text: string): readonly string[] => {
  const head = unwrapHead(text)
  const { body, delimiter } = shapeOf(head)
  const [header = '', ...rest] = body.slice(0, LONGEST_RECORD_CHARACTERS).split(/[\r\n]/, 2)
  return rest.length === 0 ? [] : header.split(delimiter).map(nameOf)
}

/** Two lines are enough to know a header by. */
const unwrapHead = (text: string): string => {
  const lines = text.slice(0, LONGEST_RECORD_CHARACTERS).split(/\r\n|\r|\n/, 3)
  return lines.length < 2
    ? text
    : lines.map((line) => /^"([^"]*[,;\t][^"]*)"[;,\t]*$/.exec(line)?.[1] ?? line).join('\n')
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

/** @throws IMPORT_MALFORMED with the line */
export const parseTable = (text: string): readonly TableRow[] => {
  const { body, delimiter, linesBefore } = shapeOf(unwrap(text))
  const names = headerOf(body)
  try {
    const rows = parse(body, {
      relax_column_count: true,
      from_line: 2,
      delimiter,
      info: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD_CHARACTERS,
    }) as unknown as Parsed[]
    return rows.map(({ record, info }) => {
      const line = info.lines + linesBefore
      // Spreadsheets add empty cells to the right.
      if (record.length < names.length || record.slice(names.length).some((cell) => cell !== ''))
        throw new UserError('IMPORT_MALFORMED', `Line ${line} has ${record.length} cells, the header ${names.length}.`)
      return { cells: new Map(names.map((name, at) => [name, record[at]!])), line }
    })
  } catch (error) {
    return malformed(error)
  }
}
