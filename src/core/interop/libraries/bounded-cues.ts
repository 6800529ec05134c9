import type { ForeignCue, ForeignLibrary } from './foreign-library.ts'
import { sortCues } from './sort-cues.ts'
import { createWarningTally } from './warning-tally.ts'

/** Ten times as many as programs have pads and memory cues; a script or a damaged file has more. */
const MOST_CUES = 1000

/** Those on pads first, which a person has set. */
const chosen = (cues: readonly ForeignCue[]): readonly ForeignCue[] =>
  sortCues([...cues.filter(({ pad }) => pad !== null), ...cues.filter(({ pad }) => pad === null)].slice(0, MOST_CUES))

/** A library in which no track has more cues than anybody sets; of one that has more, the rest is left out and told. */
export const withBoundedCues = (library: ForeignLibrary): ForeignLibrary => {
  const warnings = createWarningTally()
  const tracks = library.tracks.map((track) => {
    if (track.cues.length <= MOST_CUES) return track
    const most = MOST_CUES.toLocaleString('en-GB')
    warnings.add(`A track has more than ${most} cues: the others are left out.`, track.title ?? track.location.path)
    return { ...track, cues: chosen(track.cues) }
  })
  return { ...library, tracks, warnings: [...library.warnings, ...warnings.list()] }
}
