import type { UnmatchedReason } from './match-tracks.ts'

/** Why a track of another program is none of the library, after a count of such tracks. */
export const UNMATCHED_WORDS: Readonly<Record<UnmatchedReason, string>> = {
  streaming: 'streamed, with no file',
  several: 'fit more than one track of the library',
  twice: 'listed twice',
  'not found': 'not in the library',
}
