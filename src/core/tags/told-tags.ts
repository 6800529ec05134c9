import type { EarsCard } from './ears-card.ts'
import { type HeardTag, heardTags } from './heard-tags.ts'
import type { HeardWindows } from './heard-windows.ts'
import { type TagPrecision, type ToldTag, tellTag } from './tag-precision.ts'

/** What a network that was measured so heard in a whole recording. */
export const toldTags = (
  heard: HeardWindows,
  { card, precision }: { readonly card: Pick<EarsCard, 'tags'>; readonly precision: readonly TagPrecision[] },
): readonly (HeardTag & ToldTag)[] => {
  const known = new Map(precision.map((one) => [one.tag, one]))
  return heardTags(heard, card).map((tag) => ({ ...tag, ...tellTag(tag.share, known.get(tag.tag) ?? null) }))
}
