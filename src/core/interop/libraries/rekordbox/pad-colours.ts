import type { ForeignCue } from '../foreign-library.ts'

/** What rekordbox 7 gives a hot cue on pads A to H, seen in unrelated libraries. */
const PALETTE_OF_PADS = [
  '#ff376f',
  '#45acdb',
  '#7dc13d',
  '#aa72ff',
  '#30d26e',
  '#e0641b',
  '#305aff',
  '#c3af04',
] as const
/** What rekordbox 5 and 6 give every hot cue and every loop; black is a cue without a colour. */
const EVERYWHERE: ReadonlySet<string> = new Set(['#28e214', '#ff8c00', '#000000'])

export const isRekordboxDefault = ({ colour, pad }: ForeignCue): boolean =>
  colour !== null && (EVERYWHERE.has(colour) || (pad !== null && PALETTE_OF_PADS[pad] === colour))
