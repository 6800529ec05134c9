/**
 * @file How good a window is: a judgement of the two ends, and of how both lie over each other.
 * Conventions: as in `transition-parts.ts`.
 */
import { BY_HAND } from './by-hand.ts'
import type { MixProfile } from './mix-profile.ts'
import { type MixStyle, STYLE_WORTH } from './mix-styles.ts'
import type { MixWindow } from './mix-windows.ts'
import { type OverlapPart, overlapParts } from './overlap-parts.ts'
import { scoreTransition, type Transition, weighParts } from './score-transition.ts'
import { describeEnd } from './transition-end.ts'
import { voicesTogether } from './voices-together.ts'

export type StyledWindow = MixWindow & { readonly style: MixStyle | typeof BY_HAND }
export type WindowPart = Transition['parts'][number] | OverlapPart

/** @param distance of the sounds; null where it is not known */
export const windowParts = (
  one: MixProfile,
  other: MixProfile,
  { style, from, to }: StyledWindow,
  distance: number | null,
): readonly WindowPart[] => {
  const isCut = style === 'quick cut'
  // At a cut nothing sounds at once: there voices count by whether they are cut off.
  const together = isCut ? null : (voicesTogether(one, other, { from, to })?.share ?? null)
  return [
    ...scoreTransition(describeEnd(one, from), describeEnd(other, to), distance, together).parts,
    ...overlapParts(one, other, { from, to, isCut }),
  ]
}

/** Null where nothing is known. */
export const scoreParts = (style: StyledWindow['style'], parts: readonly WindowPart[]): number | null => {
  const score = weighParts(parts)
  return score === null || style === BY_HAND ? score : score * STYLE_WORTH[style]
}
