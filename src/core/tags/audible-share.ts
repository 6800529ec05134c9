/** Nobody would look for a track by a tag that is heard in a smaller share of it. */
export const AUDIBLE_SHARE = 0.05
