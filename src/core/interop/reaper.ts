/**
 * Regions and markers of REAPER, as its Region/Marker Manager exports them: `#,Name,Start,End,Length`, one a row, `R1` a region and `M1` a
 * marker. Times are in the unit of the project's ruler: minutes and seconds, seconds, or bars and beats (`33.1.00` is the first beat of
 * bar 33). Samples and frames need a rate that the file does not name, and are refused.
 * https://www.reaper.fm/userguide.php (Region/Marker Manager)
 */
import { UserError } from '../support/user-error.ts'
import type { Seconds } from '../units/units.ts'
import { closePoints } from './close-points.ts'
import { readForeignTime } from './foreign-number.ts'
import type { LabelCodec } from './label-codec.ts'
import {
  type BarPosition,
  type ForeignLabel,
  type LabelledTrack,
  UNKNOWN_TRACK,
  unplacedLabel,
} from './labelled-track.ts'
import { parseTable, type TableRow } from './text-table.ts'

const HEADER = /^\s*"?#"?\s*[,;\t]\s*"?name"?\s*[,;\t]\s*"?start"?\s*[,;\t]/i
const BARS = /^(\d{1,6})\.(\d{1,3})\.(\d{1,3})$/
const HUNDREDTHS = 100
/** A whole number of seconds has a fraction, too; whole numbers beyond an hour or so are samples or frames. */
const SAMPLES = /^\d{5,}$/

type Position = { readonly seconds: Seconds | null; readonly bars: BarPosition | null }

const NOWHERE: Position = { seconds: null, bars: null }

const parsePosition = (text: string, line: number): Position => {
  const [, bar, beat, hundredths] = BARS.exec(text) ?? []
  if (bar !== undefined)
    return { seconds: null, bars: { bar: Number(bar) - 1, beat: Number(beat) - 1 + Number(hundredths) / HUNDREDTHS } }
  const seconds = SAMPLES.test(text) ? undefined : readForeignTime(text)
  if (seconds === undefined)
    throw new UserError(
      'IMPORT_MALFORMED',
      `Line ${line}: ${JSON.stringify(text.slice(0, 40))} is not a time in minutes, seconds or bars. Set the ruler to one of these and export again.`,
    )
  return { seconds, bars: null }
}

const toLabel = ({ cells, line }: TableRow): ForeignLabel => {
  const cell = (name: string): string => cells.get(name)?.trim() ?? ''
  const start = parsePosition(cell('start'), line)
  const end = cell('end') === '' ? NOWHERE : parsePosition(cell('end'), line)
  const label = { ...unplacedLabel(cells.get('name') ?? ''), startSeconds: start.seconds, endSeconds: end.seconds }
  return start.bars === null ? label : { ...label, bars: { start: start.bars, end: end.bars } }
}

/** The next marker ends one in bars, as `closePoints` does for seconds. */
const closeBars = (labels: readonly ForeignLabel[]): readonly ForeignLabel[] =>
  labels.map((label, at) => {
    const next = labels[at + 1]?.bars
    return label.bars && label.bars.end === null && next
      ? { ...label, bars: { ...label.bars, end: next.start } }
      : label
  })

/** Regions where there are some, else markers, each to the next. @throws IMPORT_MALFORMED with the line */
const parseReaper = (text: string): LabelledTrack => {
  const rows = parseTable(text)
  const regions = rows.filter(({ cells }) => /^r/i.test(cells.get('#')?.trim() ?? ''))
  if (regions.length > 0) return { ...UNKNOWN_TRACK, labels: regions.map(toLabel) }
  const markers = rows.map(toLabel)
  return { ...UNKNOWN_TRACK, labels: markers.some(({ bars }) => bars) ? closeBars(markers) : closePoints(markers) }
}

export const reaper = {
  basis: 'text',
  sniff: ({ text }) => HEADER.test(text.slice(0, 200)),
  parse: ({ text }) => [parseReaper(text)],
} as const satisfies LabelCodec
