import type { ForeignCue, ForeignTrack } from './foreign-library.ts'
import type { WarningTally } from './warning-tally.ts'

/** Decoders that begin elsewhere put a cue before the first sample, but not so far. */
const MOST_SECONDS_BEFORE = 60
/** Most programs keep lengths in whole seconds. */
const MOST_SECONDS_AFTER = 1

/** Programs that took an unset place for one have written cues hours after the end. */
export const cuesWithin = (
  cues: readonly ForeignCue[],
  { title, location, durationSeconds }: Pick<ForeignTrack, 'title' | 'location' | 'durationSeconds'>,
  warnings: WarningTally,
): readonly ForeignCue[] =>
  cues.filter(({ startSeconds, endSeconds }) => {
    const isWithin =
      startSeconds >= -MOST_SECONDS_BEFORE &&
      startSeconds <= (durationSeconds ?? Number.MAX_VALUE) + MOST_SECONDS_AFTER &&
      (endSeconds === null || endSeconds > startSeconds)
    if (!isWithin) warnings.add('A cue outside its track is left out.', title ?? location.path)
    return isWithin
  })
