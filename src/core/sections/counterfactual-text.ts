import type { SectionKind } from '../labels/section-kind.ts'
import { percentText } from '../units/percent-text.ts'
import type { Counterfactual } from './counterfactuals.ts'

/** What a part would be if a layer of its sound were there, or were not, in a sentence. @param now what it is */
export const counterfactualText = (now: SectionKind, one: Omit<Counterfactual, 'example'>): string => {
  const condition = one.way === 'there' ? `if ${one.layer} were there` : `without ${one.layer}`
  if (one.kind !== now) return `Would be ${one.kind} ${condition}, ${percentText(one.probability, 0)}`
  return `Stays ${now} ${condition}, ${percentText(one.after, 0)} instead of ${percentText(one.before, 0)}`
}
