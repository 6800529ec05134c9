import type { ForeignCue, ForeignTrack } from './foreign-library.ts'

/** Fewer cues of one colour may be chance. */
const FEWEST_UNIFORM = 4

/**
 * Converters give every cue one colour and every loop another.
 * @returns types whose cues all have one colour, though they lie on several pads
 */
const uniformTypes = (tracks: readonly ForeignTrack[]): ReadonlySet<string> => {
  const byType = new Map<string, { readonly colours: Set<string | null>; readonly pads: Set<number>; count: number }>()
  for (const { cues } of tracks)
    for (const { type, colour, pad } of cues) {
      if (pad === null) continue
      const seen = byType.get(type) ?? { colours: new Set(), pads: new Set(), count: 0 }
      seen.colours.add(colour)
      seen.pads.add(pad)
      seen.count++
      byType.set(type, seen)
    }
  const isUniform = ({ colours, pads, count }: { colours: Set<string | null>; pads: Set<number>; count: number }) =>
    colours.size === 1 && pads.size > 1 && count >= FEWEST_UNIFORM
  return new Set([...byType].filter(([, seen]) => isUniform(seen)).map(([type]) => type))
}

/** @returns the tracks with colours that a person chose; those that come with the pad, or are the same everywhere, say nothing */
export const withoutDefaultColours = (
  tracks: readonly ForeignTrack[],
  isDefault: (cue: ForeignCue) => boolean,
): readonly ForeignTrack[] => {
  const uniform = uniformTypes(tracks)
  return tracks.map((track) =>
    track.cues.every(({ colour }) => colour === null)
      ? track
      : {
          ...track,
          cues: track.cues.map((cue) =>
            cue.colour !== null && (uniform.has(cue.type) || isDefault(cue)) ? { ...cue, colour: null } : cue,
          ),
        },
  )
}
