import type { ForeignCue, ForeignTrack } from './foreign-library.ts'
import { sortCues } from './sort-cues.ts'
import type { WarningTally } from './warning-tally.ts'

/** Ten times as many as programs have pads and memory cues; a script or a damaged file has more. */
const MOST_CUES = 1000

/** Those on pads first, which a person has set. */
const chosen = (cues: readonly ForeignCue[]): readonly ForeignCue[] =>
  sortCues([...cues.filter(({ pad }) => pad !== null), ...cues.filter(({ pad }) => pad === null)].slice(0, MOST_CUES))

/** A track with no more cues than anybody sets; of one that has more, the rest is left out and told. */
export const withBoundedCues = (track: ForeignTrack, warnings: WarningTally): ForeignTrack => {
  if (track.cues.length <= MOST_CUES) return track
  const most = MOST_CUES.toLocaleString('en-GB')
  warnings.add(`A track has more than ${most} cues: the others are left out.`, track.title ?? track.location.path)
  return { ...track, cues: chosen(track.cues) }
}
