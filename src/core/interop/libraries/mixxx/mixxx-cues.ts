import type { Hertz } from '../../../units/units.ts'
import { hexColourOf } from '../byte-reader.ts'
import { readCueName } from '../cue-names.ts'
import type { ForeignCue, ForeignCueType } from '../foreign-library.ts'
import { type ForeignRow, rowNumber, rowText } from '../foreign-rows.ts'
import { shownPadColour } from '../serato/serato-colours.ts'

/** Positions count samples of two channels, whatever the file has. */
const CHANNELS = 2
const UNSET = -1

/** Of the other types, Mixxx sets 2 and 8 by itself in every track, and 5 leads elsewhere. */
const HOT_CUE = 1
const LOOP = 4
const INTRO = 6
const OUTRO = 7
const TYPES: Readonly<Record<number, ForeignCueType>> = {
  [HOT_CUE]: 'cue',
  [LOOP]: 'loop',
  [INTRO]: 'intro',
  [OUTRO]: 'outro',
}

/** Of every cue and loop that nobody gave a colour, and the ones that pads get by themselves. */
const DEFAULT_COLOURS: ReadonlySet<number> = new Set([0, 0xff8000])
const LOOP_COLOUR = 0x32be44
const PAD_COLOURS = [0xc50a08, 0xf8d200, 0x32be44, 0x42d4f4, 0x0044ff, 0xaf00cc, 0xfca6d7, 0xf2f2ff] as const

const colourOf = (row: ForeignRow, type: number, pad: number | null): string | null => {
  const colour = (rowNumber(row, 'color') ?? 0) % 0x1000000
  if (colour < 0 || DEFAULT_COLOURS.has(colour) || (type === LOOP && colour === LOOP_COLOUR)) return null
  const shown = hexColourOf(colour)
  // Mixxx takes over what Serato shows.
  return pad !== null && (PAD_COLOURS[pad] === colour || shownPadColour(pad) === shown) ? null : shown
}

/** @returns null for what is not set, what only Mixxx itself needs, and an intro or outro of which the analysis alone set one end */
export const readMixxxCue = (row: ForeignRow, sampleRate: Hertz): ForeignCue | null => {
  const number = rowNumber(row, 'type') ?? 0
  const type = TYPES[number]
  const [position, length] = [rowNumber(row, 'position') ?? UNSET, rowNumber(row, 'length') ?? 0]
  if (type === undefined || position === UNSET) return null
  const startSeconds = position / CHANNELS / sampleRate
  const endSeconds = length > 0 ? (position + length) / CHANNELS / sampleRate : null
  const isRegion = number === LOOP || number === INTRO || number === OUTRO
  if (isRegion && endSeconds === null) return null
  const hotCue = rowNumber(row, 'hotcue') ?? UNSET
  const pad = hotCue >= 0 ? hotCue : null
  const { name, isAutomatic, isEnd } = readCueName(rowText(row, 'label') ?? '')
  return {
    type: isEnd ? 'end' : type,
    pad,
    startSeconds,
    endSeconds: isRegion ? endSeconds : null,
    name,
    colour: colourOf(row, number, pad),
    isAutomatic,
  }
}
