import { type MatchingMoment, matchingMoments } from '../../core/similarity/matching-moments.ts'
import { decodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'

/** What was heard in a recording and in some others, encoded by `encodeHeardWindows`. */
export type MatchMomentsInput = {
  readonly own: Uint8Array
  readonly others: readonly (Uint8Array | null)[]
  /** Number of pairs for each of the others. */
  readonly count: number
}

/** The seconds that sound most alike for each of the others; null for one that was not heard. */
export const matchMoments = ({
  own,
  others,
  count,
}: MatchMomentsInput): readonly (readonly MatchingMoment[] | null)[] => {
  const heard = decodeHeardWindows(own)
  return others.map((other) => other && matchingMoments(heard, decodeHeardWindows(other), count))
}
