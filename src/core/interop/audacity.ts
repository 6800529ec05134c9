/**
 * Audacity label track: `start<TAB>end<TAB>label` in seconds, one a line; points have start = end; a line that begins with a
 * backslash adds a frequency range to the one before; very old files have `start<TAB>label`.
 * https://manual.audacityteam.org/man/importing_and_exporting_labels.html
 */
import { UserError } from '../support/user-error.ts'
import type { Seconds } from '../units/units.ts'
import { closePoints } from './close-points.ts'
import type { LabelCodec } from './label-codec.ts'
import { type ForeignLabel, type LabelledTrack, UNKNOWN_TRACK, unplacedLabel } from './labelled-track.ts'
import { isTabbedRegion } from './timed-lines.ts'

type Marker = { readonly start: Seconds; readonly end: Seconds; readonly name: string }

/** Some locales write a decimal comma. */
const TIME = /^-?\d{1,9}(?:[.,]\d{1,12})?$/
const FIRST_LINE = /^\s*-?\d{1,9}(?:[.,]\d{1,12})?\t/
const LONGEST_SHOWN = 40

const parseTime = (text: string): Seconds | null =>
  TIME.test(text.trim()) ? Number(text.trim().replace(',', '.')) : null

const parseLine = (line: string, number: number): Marker => {
  const [first = '', second = '', ...rest] = line.split('\t')
  const start = parseTime(first)
  if (start === null)
    throw new UserError(
      'IMPORT_MALFORMED',
      `Line ${number}: ${JSON.stringify(first.slice(0, LONGEST_SHOWN))} is not a time in seconds.`,
    )
  const end = parseTime(second)
  if (end !== null) return { start, end, name: rest.join(' ') }
  if (rest.length > 0)
    throw new UserError(
      'IMPORT_MALFORMED',
      `Line ${number}: ${JSON.stringify(second.slice(0, LONGEST_SHOWN))} is not a time in seconds.`,
    )
  return { start, end: start, name: second }
}

const toLabel = ({ start, end, name }: Marker): ForeignLabel => ({
  ...unplacedLabel(name),
  startSeconds: start,
  endSeconds: end,
})

/**
 * A point lasts to the next marker, the last one to the end of the track.
 * @throws IMPORT_MALFORMED with the line
 */
const parseAudacity = (text: string): LabelledTrack => {
  const markers = text
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => (line.trim() === '' || line.startsWith('\\') ? [] : [parseLine(line, index + 1)]))
  return { ...UNKNOWN_TRACK, labels: closePoints(markers.map(toLabel)) }
}

const formatName = (name: string): string => name.replace(/[\t\r\n]+/g, ' ')

/** Labels without times in seconds are left out: the format has no beats. */
const formatAudacity = (track: LabelledTrack): string =>
  track.labels
    .toSorted((a, b) => (a.startSeconds ?? 0) - (b.startSeconds ?? 0))
    .flatMap(({ startSeconds, endSeconds, name }) =>
      startSeconds === null || endSeconds === null
        ? []
        : [`${startSeconds.toFixed(6)}\t${endSeconds.toFixed(6)}\t${formatName(name)}\n`],
    )
    .join('')

export const audacity = {
  basis: 'text',
  sniff: ({ text }) => FIRST_LINE.test(text) && !isTabbedRegion(text),
  parse: ({ text }) => [parseAudacity(text)],
  format: ([track]) => formatAudacity(track!),
} as const satisfies LabelCodec
