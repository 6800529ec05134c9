import { UserError } from '../../support/user-error.ts'
import type { ForeignTrack } from './foreign-library.ts'

/** Several times the largest library; a file with more of them lies. */
export const MOST_TRACKS = 300_000

/** @returns hands tracks on @throws UserError IMPORT_MALFORMED where there are more than any library has */
export const countedTake = (take: (track: ForeignTrack) => void): ((track: ForeignTrack) => void) => {
  let taken = 0
  return (track) => {
    if (++taken > MOST_TRACKS)
      throw new UserError('IMPORT_MALFORMED', `The file has more than ${MOST_TRACKS.toLocaleString('en-GB')} tracks.`)
    take(track)
  }
}
