/**
 * Lines of times and a name without a header: `.lab` files (`start end name`, in seconds or in HTK's 100 ns), and what Sonic Visualiser
 * exports from a layer (`time,name` for instants, `time,duration,name` or `time,value,duration,name` for regions), divided by blanks, tabs or commas.
 * https://www.music-ir.org/mirex/wiki/2017:Structural_Segmentation · https://www.sonicvisualiser.org/doc/reference/
 */
import { UserError } from '../support/user-error.ts'
import { closePoints } from './close-points.ts'
import { readForeignTime } from './foreign-number.ts'
import type { LabelCodec } from './label-codec.ts'
import { type LabelledTrack, UNKNOWN_TRACK, unplacedLabel } from './labelled-track.ts'

type Line = {
  /** The times that the line begins with. */
  readonly numbers: readonly number[]
  readonly cells: readonly string[]
  readonly divider: ',' | ' '
}

const MOST_NUMBERS = 3
/** Nobody annotates a day of music. */
const LONGEST_SECONDS = 86_400
const HTK_UNITS_PER_SECOND = 1e7
const COMMENT = /^\s*(?:[#;]|$)/
const LONGEST_SNIFFED = 400
/** Times and a name are shorter. */
const LONGEST_LINE = 10_000

/** A comma between digits may be a decimal mark where blanks or tabs divide. */
const divide = (line: string): Pick<Line, 'cells' | 'divider'> => {
  if (line.includes('\t')) return { cells: line.split('\t'), divider: ' ' }
  const byBlanks = line.trim().split(/\s+/)
  const areTimes = byBlanks.length > 1 && byBlanks.slice(0, 2).every((cell) => readForeignTime(cell) != null)
  return areTimes ? { cells: byBlanks, divider: ' ' } : { cells: line.split(','), divider: ',' }
}

const parseLine = (line: string): Line => {
  const { cells, divider } = divide(line)
  // The last cell is a name, even where it is a number.
  const firstText = cells.findIndex((cell, at) => at === cells.length - 1 || readForeignTime(cell) == null)
  const numbers = cells.slice(0, Math.min(firstText, MOST_NUMBERS)).map((cell) => readForeignTime(cell)!)
  return { numbers, cells, divider }
}

/** What follows the times; quotes hold a name together that has commas. */
const nameAfter = (times: number, { cells, divider }: Line): string => {
  const name = cells.slice(times).join(divider).trim()
  const [, quoted] = /^"(.*)"$/s.exec(name) ?? []
  return quoted === undefined ? name : quoted.replaceAll('""', '"')
}

const takesTimes = (line: string): boolean => {
  const { numbers, cells } = parseLine(line)
  // One time before a text may be prose, unless it is written as no prose writes one.
  return numbers.length >= 2 || (numbers.length === 1 && cells.length === 2 && /^\d+[.,]\d{3,}$/.test(cells[0]!))
}

const linesOf = (text: string): readonly { readonly line: string; readonly number: number }[] =>
  text.split(/\r\n|\r|\n/).flatMap((line, at) => (COMMENT.test(line) ? [] : [{ line, number: at + 1 }]))

const firstLineOf = (text: string): string | null =>
  text
    .slice(0, LONGEST_SNIFFED)
    .split(/[\r\n]+/)
    .find((line) => !COMMENT.test(line)) ?? null

/** Whether the second of two times is an end: as lengths the spans would fit less well. */
const areEnds = (lines: readonly Line[]): boolean => {
  if (lines.some(({ numbers: [start, second] }) => second! < start!)) return false
  const gaps = (end: (line: Line) => number): number =>
    lines.slice(1).reduce((sum, { numbers }, at) => sum + Math.abs(numbers[0]! - end(lines[at]!)), 0)
  return gaps(({ numbers }) => numbers[1]!) <= gaps(({ numbers }) => numbers[0]! + numbers[1]!)
}

const areHtk = (lines: readonly Line[]): boolean =>
  lines.every(({ numbers }) => numbers.every(Number.isInteger)) &&
  lines.some(({ numbers }) => numbers[1]! > LONGEST_SECONDS)

/** @throws IMPORT_MALFORMED with the line */
const parseTimedLines = (text: string): LabelledTrack => {
  const lines = linesOf(text).map(({ line, number }) => {
    if (line.length > LONGEST_LINE)
      throw new UserError('IMPORT_MALFORMED', `Line ${number} is too long for times and a name.`)
    const parsed = parseLine(line)
    if (parsed.numbers.length === 0)
      throw new UserError(
        'IMPORT_MALFORMED',
        `Line ${number}: ${JSON.stringify(parsed.cells[0]!.slice(0, 40))} is not a time.`,
      )
    return parsed
  })
  const count = lines.reduce((least, { numbers }) => Math.min(least, numbers.length), MOST_NUMBERS)
  const unit = count === 2 && areHtk(lines) ? HTK_UNITS_PER_SECOND : 1
  const second = count === 2 && areEnds(lines) ? 'end' : 'length'
  const labels = lines.map((line) => {
    const [start, middle, last] = line.numbers.map((value) => value / unit)
    const length = count === MOST_NUMBERS ? last! : middle!
    const end = second === 'end' ? middle! : start! + length
    return {
      ...unplacedLabel(nameAfter(count, line)),
      startSeconds: start!,
      endSeconds: count === 1 ? null : end,
    }
  })
  return { ...UNKNOWN_TRACK, labels: closePoints(labels) }
}

export const timedLines = {
  basis: 'text',
  sniff: ({ text }) => {
    const first = firstLineOf(text)
    return first !== null && takesTimes(first)
  },
  parse: ({ text }) => [parseTimedLines(text)],
} as const satisfies LabelCodec

/** Regions of Sonic Visualiser divided by tabs look like an Audacity label whose name begins with a number. */
export const isTabbedRegion = (text: string): boolean => {
  const first = firstLineOf(text)
  return first !== null && /\t/.test(first) && parseLine(first).numbers.length === MOST_NUMBERS
}
