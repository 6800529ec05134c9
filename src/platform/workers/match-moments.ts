import { type MatchingMoment, matchingMoments } from '../../core/similarity/matching-moments.ts'
import { decodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'

/** What was heard in a recording and in some others, as `encodeHeardWindows` makes it. */
export type MatchMomentsInput = {
  readonly own: Uint8Array
  readonly others: readonly (Uint8Array | null)[]
  /** Pairs for each of the others. */
  readonly count: number
}

/** For each of the others the seconds that sound most alike; null where it was not heard. */
export const matchMoments = ({
  own,
  others,
  count,
}: MatchMomentsInput): readonly (readonly MatchingMoment[] | null)[] => {
  const heard = decodeHeardWindows(own)
  return others.map((other) => other && matchingMoments(heard, decodeHeardWindows(other), count))
}
