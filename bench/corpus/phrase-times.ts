const PHRASE_BEATS = 16
const MIN_SECTIONS = 3
const MIN_AGREEMENT = 0.6

/** Every 16th beat, in the phase that most section starts share; none where they do not agree. */
export const phraseTimesOf = (beatTimes: readonly number[], sectionStarts: readonly number[]): number[] => {
  const votes = new Array<number>(PHRASE_BEATS).fill(0)
  for (const start of sectionStarts) {
    const distances = beatTimes.map((time) => Math.abs(time - start))
    votes[distances.indexOf(Math.min(...distances)) % PHRASE_BEATS]!++
  }
  const most = Math.max(...votes)
  if (sectionStarts.length < MIN_SECTIONS || most < MIN_AGREEMENT * sectionStarts.length) return []
  return beatTimes.filter((_, beat) => beat % PHRASE_BEATS === votes.indexOf(most))
}
