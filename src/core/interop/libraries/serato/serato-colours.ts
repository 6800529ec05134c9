/** Serato stores other colours than it shows. https://github.com/Holzhaus/serato-tags/blob/main/docs/colors.md */
import { hexColourOf } from '../byte-reader.ts'
import { nearestColour } from '../nearest-colour.ts'

/** Of hot cues: what the file has, and what the program shows for it. */
const HOT_CUE_COLOURS: readonly (readonly [stored: number, shown: number])[] = [
  [0xcc0000, 0xc02626],
  [0xcc4400, 0xdb4e27],
  [0xcc8800, 0xf8821a],
  [0xcccc00, 0xfac313],
  [0x88cc00, 0x4eb648],
  [0x44cc00, 0x006838],
  [0x00cc00, 0x1fad26],
  [0x00cc44, 0x8dc63f],
  [0x00cc88, 0x2b3673],
  [0x00cccc, 0x1dbebd],
  [0x0088cc, 0x0f88ca],
  [0x0044cc, 0x16308b],
  [0x0000cc, 0x173ba2],
  [0x4400cc, 0x5c3f97],
  [0x8800cc, 0x6823b6],
  [0xcc00cc, 0xce359e],
  [0xcc0088, 0xdc1d49],
  [0xcc0044, 0xc71136],
]
/** What pads 1 to 8 get where nobody chooses. */
export const PAD_COLOURS = [0xcc0000, 0xcc8800, 0x0000cc, 0xcccc00, 0x00cc00, 0xcc00cc, 0x00cccc, 0x8800cc] as const
/** All loops have it. */
export const LOOP_COLOUR = 0x27aae1

const SHOWN = new Map(HOT_CUE_COLOURS)

/** @returns null for the colour that the pad has by itself */
export const shownCueColour = (stored: number, pad: number): string | null =>
  PAD_COLOURS[pad] === stored ? null : hexColourOf(SHOWN.get(stored) ?? stored)

const STORED = new Map(HOT_CUE_COLOURS.map(([stored, shown]) => [hexColourOf(shown), stored]))

/** The stored colour of which the shown one is nearest. @param colour "#rrggbb" */
export const storedCueColour = (colour: string): number => STORED.get(nearestColour(colour, [...STORED.keys()]))!

const NO_COLOUR = 0xffffff
/** The two that the rule for the others would give wrongly. */
const SHOWN_GREYS: ReadonlyMap<number, number> = new Map([
  [0x999999, 0x090909],
  [0x000000, 0x333333],
])

/** Of a track in the list of tracks. */
export const shownTrackColour = (stored: number): string | null => {
  if (stored === NO_COLOUR) return null
  const shown = SHOWN_GREYS.get(stored) ?? (stored < 0x666666 ? stored + 0x99999a : stored - 0x666666)
  return hexColourOf(shown & 0xffffff)
}

/** What Serato shows for a pad whose colour nobody chose; other programs that read its cues keep it. */
export const shownPadColour = (pad: number): string | null => {
  const stored = PAD_COLOURS[pad]
  return stored === undefined ? null : hexColourOf(SHOWN.get(stored)!)
}
