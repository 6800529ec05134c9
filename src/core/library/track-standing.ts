/** How a track stands: every track is either `present` or `missing`, and the others are parts of what is present. */
export const TRACK_STANDINGS = [
  'present',
  'analysed',
  'not_analysed',
  'unreadable',
  'failed',
  'offline',
  'missing',
] as const
export type TrackStanding = (typeof TRACK_STANDINGS)[number]
