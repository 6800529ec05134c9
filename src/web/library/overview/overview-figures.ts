import type { Answer } from '../../../api/operations/client.ts'
import { type KeyNotation, keyInNotation } from '../../../core/library/key-notation.ts'
import type { Figure } from './figure-table.tsx'

type Overview = Answer<'libraryOverview'>

const minutesText = (minutes: number): string =>
  minutes < 10 ? `${minutes.toFixed(1)} min` : `${Math.round(minutes).toLocaleString('en-GB')} min`

export const tempoFigures = ({ tempo }: Overview): readonly Figure[] =>
  tempo.bars.map(({ from_bpm: from, to_bpm: to, tracks, filter }) => ({
    name: `${from}–${to} BPM`,
    short: String(from),
    tracks,
    filter,
  }))

export const keyFigures = ({ keys }: Overview, notation: KeyNotation) =>
  keys.keys.map(({ camelot, tracks, filter }) => {
    const name = keyInNotation(camelot, notation)
    return { camelot, name, short: name, tracks, filter }
  })

export const energyFigures = ({ energy }: Overview): readonly Figure[] =>
  energy.levels.map((level) => ({ ...level, name: `Energy ${level.energy}`, short: String(level.energy) }))

export const kindFigures = ({ labels }: Overview): readonly Figure[] =>
  labels.kinds.map(({ label, tracks, filter, minutes }) => ({
    name: label,
    tracks,
    filter,
    more: [minutesText(minutes)],
    colour: `var(--${label})`,
  }))

export const heardFigures = ({ heard }: Overview): readonly Figure[] =>
  heard.tags.map(({ tag, tracks, filter }) => ({ name: tag, tracks, filter }))

export const ratingFigures = ({ ratings }: Overview): readonly Figure[] =>
  ratings.map(({ rating, tracks, filter }) => ({
    name: rating === 0 ? 'Not rated' : `${rating} of 5 stars`,
    short: rating === 0 ? 'none' : '★'.repeat(rating),
    tracks,
    filter,
  }))

export const colourFigures = ({ colours }: Overview): readonly Figure[] =>
  colours.colours.map(({ colour, tracks, filter }) => ({
    name: colour,
    tracks,
    filter,
    colour: `var(--note-${colour})`,
  }))

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

const dayName = (by: Overview['added']['by'], from: string): string => {
  const month = MONTHS[Number(from.slice(5, 7)) - 1]!
  if (by === 'year') return from.slice(0, 4)
  return by === 'month' ? `${month} ${from.slice(0, 4)}` : `${Number(from.slice(8))} ${month} ${from.slice(0, 4)}`
}

export const growthFigures = ({ added }: Overview): readonly Figure[] =>
  added.bars.map(({ from, tracks, total, filter }) => {
    const name = dayName(added.by, from)
    return {
      name,
      short: name
        .split(' ')
        .slice(0, added.by === 'day' ? 2 : 1)
        .join(' '),
      tracks,
      filter,
      more: [total.toLocaleString('en-GB')],
    }
  })
