import { hexColourOf } from '../byte-reader.ts'

/**
 * What rekordbox shows for the colours of hot cues, from 1; the colour beside the number in the file is the one of a pad's lamp.
 * Values as https://github.com/Deep-Symmetry/beat-link documents them (CueList).
 */
const SHOWN_COLOURS = [
  0x305aff, 0x5073ff, 0x508cff, 0x50a0ff, 0x50b4ff, 0x50b0f2, 0x50aee8, 0x45acdb, 0x00e0ff, 0x19daf0, 0x32d2e6,
  0x21b4b9, 0x20aaa0, 0x1fa392, 0x19a08c, 0x14a584, 0x14aa7d, 0x10b176, 0x30d26e, 0x37de5a, 0x3ceb50, 0x28e214,
  0x7dc13d, 0x8cc832, 0x9bd723, 0xa5e116, 0xa5dc0a, 0xaad208, 0xb4c805, 0xb4be04, 0xbab404, 0xc3af04, 0xe1aa00,
  0xffa000, 0xff9600, 0xff8c00, 0xff7500, 0xe0641b, 0xe0461e, 0xe0301e, 0xe02823, 0xe62828, 0xff376f, 0xff2d6f,
  0xff127b, 0xf51e8c, 0xeb2da0, 0xe637b4, 0xde44cf, 0xde448d, 0xe630b4, 0xe619dc, 0xe600ff, 0xdc00ff, 0xcc00ff,
  0xb432ff, 0xb93cff, 0xc542ff, 0xaa5aff, 0xaa72ff, 0x8272ff, 0x6473ff,
] as const
/** Green of every cue in rekordbox 5 and 6, and orange of every loop: nobody chose them. */
const DEFAULT_COLOURS: ReadonlySet<number> = new Set([0x28e214, 0xff8c00])
/** What rekordbox 7 gives pads A to H by themselves. */
const PAD_COLOURS = [0xff376f, 0x45acdb, 0x7dc13d, 0xaa72ff, 0x30d26e, 0xe0641b, 0x305aff, 0xc3af04] as const
/** Of memory cues and of tracks, from 1: pink, red, orange, yellow, green, aqua, blue, purple. */
const MARK_COLOURS = [0xf870f8, 0xf80000, 0xf8a030, 0xf8e331, 0x1ee000, 0x16c0f8, 0x0150f8, 0x9808f8] as const

/** @param number of the colour, 0 for none */
export const hotCueColour = (number: number, pad: number): string | null => {
  const colour = SHOWN_COLOURS[number - 1]
  return colour === undefined || DEFAULT_COLOURS.has(colour) || PAD_COLOURS[pad] === colour ? null : hexColourOf(colour)
}

/** @param number of the colour, 0 for none */
export const markColour = (number: number): string | null => {
  const colour = MARK_COLOURS[number - 1]
  return colour === undefined ? null : hexColourOf(colour)
}
