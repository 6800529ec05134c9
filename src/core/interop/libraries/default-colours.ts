import type { ForeignCue, ForeignTrack } from './foreign-library.ts'

/** Fewer cues of one colour may be chance. */
const FEWEST_UNIFORM = 4

type Seen = { readonly colours: Set<string | null>; readonly pads: Set<number>; count: number }

/**
 * Converters give every cue one colour and every loop another: such types have one colour, though their cues lie on several pads.
 */
const isUniform = ({ colours, pads, count }: Seen): boolean =>
  colours.size === 1 && pads.size > 1 && count >= FEWEST_UNIFORM

export type ColourTally = {
  readonly see: (track: ForeignTrack) => void
  /** @returns the track with colours that a person chose; those that come with the pad, or are the same everywhere, say nothing */
  readonly strip: (track: ForeignTrack) => ForeignTrack
}

/** Every track is seen before one is stripped. */
export const createColourTally = (isDefault: (cue: ForeignCue) => boolean): ColourTally => {
  const byType = new Map<string, Seen>()
  let uniform: ReadonlySet<string> | null = null
  return {
    see: ({ cues }) => {
      for (const { type, colour, pad } of cues) {
        if (pad === null) continue
        const seen = byType.get(type) ?? { colours: new Set(), pads: new Set(), count: 0 }
        if (seen.colours.size < 2) seen.colours.add(colour)
        if (seen.pads.size < 2) seen.pads.add(pad)
        seen.count++
        byType.set(type, seen)
      }
    },
    strip: (track) => {
      if (track.cues.every(({ colour }) => colour === null)) return track
      uniform ??= new Set([...byType].filter(([, seen]) => isUniform(seen)).map(([type]) => type))
      const isOfNobody = (cue: ForeignCue): boolean => cue.colour !== null && (uniform!.has(cue.type) || isDefault(cue))
      return { ...track, cues: track.cues.map((cue) => (isOfNobody(cue) ? { ...cue, colour: null } : cue)) }
    },
  }
}
