/** A tag that is heard for less of a track is not what anyone would look for it by. */
export const AUDIBLE_SHARE = 0.05
