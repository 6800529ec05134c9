import { countText } from '../../core/units/count-text.ts'
import { percentText } from '../../core/units/percent-text.ts'
import type { PlanTold, ShownSet } from './set-state.ts'

type Facts = Pick<ShownSet, 'minutes' | 'overlap_minutes' | 'score'> & { readonly places: ArrayLike<unknown> }
/** Both scores are of the plan, by the same measure. */
type Told = Pick<PlanTold, 'is_exact' | 'planned_score' | 'greedy_score'>

/** Nearest neighbours: what a set would be if nobody planned ahead. */
const NEAREST = 'Always playing the track that follows best, whatever the arc says,'

const besideGreedy = ({ planned_score: planned, greedy_score: greedy }: Told): string => {
  if (greedy === null) return `${NEAREST} would break one of the limits.`
  const share = percentText(greedy / planned, 0)
  return `${NEAREST} would ${share === '100 %' ? 'do as well' : `reach ${share} of that`}.`
}

/** What a set is as a whole. @param told what its last plan said; null where it was changed since */
export const setFacts = ({ places, minutes, overlap_minutes, score }: Facts, told: Told | null): string => {
  const length = `${countText(places.length)}, about ${countText(Math.round(minutes), 'minute')}`
  const overlap = Math.round(overlap_minutes)
  const facts = [
    overlap > 0 ? `${length}; two tracks sound at once for ${countText(overlap, 'minute')} of it.` : `${length}.`,
    score === null ? 'How well it fits is not known yet.' : `It fits ${score.toFixed(2)} of 1.`,
  ]
  // Of one track there is no order.
  if (told === null || places.length < 2) return facts.join(' ')
  if (told.is_exact) facts.push('No order of these tracks fits better.')
  return [...facts, besideGreedy(told)].join(' ')
}
