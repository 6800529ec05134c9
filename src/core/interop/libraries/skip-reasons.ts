/** Why a track is not in a file for another program. */
export const SKIP_REASONS = [
  'missing',
  'not analysed',
  'no sections',
  'name not writable',
  'tags not writable',
  'file changed',
] as const
export type SkipReason = (typeof SKIP_REASONS)[number]
