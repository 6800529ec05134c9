/**
 * @file Beats of another program as the fewest anchors from which each beat lies no further than a few milliseconds: an anchor's tempo is
 * narrowed by every beat that it has to reach, and where none is left a new anchor begins.
 */
import type { Seconds } from '../../units/units.ts'
import type { ForeignAnchor, ForeignGrid } from './foreign-library.ts'

/** As far as rounding to milliseconds and to samples moves a beat, and less than anybody hears. */
const TOLERANCE_SECONDS = 0.005

/** @param beats in rising order, two at least, or there is no grid */
export const fitBeats = (beats: readonly Seconds[]): ForeignGrid | null => {
  if (beats.length < 2) return null
  const anchors: ForeignAnchor[] = []
  let from = 0
  let shortest = 0
  let longest = Number.POSITIVE_INFINITY
  const close = (): void => {
    anchors.push({ seconds: beats[from]!, bpm: 120 / (shortest + longest), beatOfBar: null })
  }
  for (let beat = 1; beat < beats.length; beat += 1) {
    const [passed, count] = [beats[beat]! - beats[from]!, beat - from]
    const [least, most] = [(passed - TOLERANCE_SECONDS) / count, (passed + TOLERANCE_SECONDS) / count]
    if (Math.max(shortest, least) > Math.min(longest, most)) {
      close()
      from = beat - 1
      const period = beats[beat]! - beats[from]!
      ;[shortest, longest] = [period - TOLERANCE_SECONDS, period + TOLERANCE_SECONDS]
    } else [shortest, longest] = [Math.max(shortest, least), Math.min(longest, most)]
  }
  close()
  return { anchors, beats }
}
