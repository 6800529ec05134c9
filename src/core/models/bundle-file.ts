/** How the name of a model bundle ends; `packaging/bundle-type.test.ts` compares what each system is told. */
export const BUNDLE_ENDING = '.algiers-model'
/** What every bundle begins with. */
export const BUNDLE_MAGIC = 'ALGMODEL'

/** Why whoever opened one could not read it. */
export const UNREAD_REASONS = ['missing', 'denied', 'other'] as const
export type UnreadReason = (typeof UNREAD_REASONS)[number]
