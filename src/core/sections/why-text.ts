/** @file What an explanation says in words, the same on the page and in the terminal. */
import type { SectionKind } from '../labels/section-kind.ts'
import { percentText } from '../units/percent-text.ts'
import type { Counterfactual } from './counterfactuals.ts'
import type { DecidingBars } from './deciding-bars.ts'

/** @param kind what it is now @returns "Would be break without the bass, 62 %" */
export const counterfactualText = (kind: SectionKind, one: Omit<Counterfactual, 'example'>): string => {
  const condition = one.way === 'there' ? `if ${one.layer} were there` : `without ${one.layer}`
  if (one.kind !== kind) return `Would be ${one.kind} ${condition}, ${percentText(one.probability, 0)}`
  return `Stays ${kind} ${condition}, ${percentText(one.after, 0)} instead of ${percentText(one.before, 0)}`
}

/** Likeness from which bars sound like a part, and up to which they sound like something else. */
const ALIKE = 0.5
const CONTRAST = 0

const soundText = (likeness: number): string => {
  if (likeness >= ALIKE) return ' (alike)'
  return likeness <= CONTRAST ? ' (in contrast)' : ''
}

/** "just before (in contrast)". */
export const decidingPlaceText = ({ where, likeness }: Pick<DecidingBars, 'where' | 'likeness'>): string =>
  `${where}${soundText(likeness)}`

/** @param bars "bars 33–36" @returns "Without bars 33–36, just before (in contrast): 71 % instead of 94 %" */
export const decidingBarsText = (bars: string, told: Omit<DecidingBars, 'startBeat' | 'endBeat'>): string =>
  `Without ${bars}, ${decidingPlaceText(told)}: ${percentText(told.after, 0)} instead of ${percentText(told.before, 0)}`

/** Said where there are no such bars. */
export const NONE_DECIDES = 'No bars elsewhere decide it by themselves.'
