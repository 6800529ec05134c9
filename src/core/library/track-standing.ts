/** How a track stands: `present` are all but the missing ones, and the others are parts of these. */
export const TRACK_STANDINGS = ['present', 'not_analysed', 'unreadable', 'failed', 'offline', 'missing'] as const
export type TrackStanding = (typeof TRACK_STANDINGS)[number]
