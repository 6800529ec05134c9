import { countText } from '../../core/units/count-text.ts'
import type { PlanTold, ShownSet } from './set-state.ts'

type Facts = Pick<ShownSet, 'minutes' | 'overlap_minutes' | 'score'> & { readonly places: ArrayLike<unknown> }
type Told = Pick<PlanTold, 'is_exact' | 'greedy_score'>

/** @param greedy null where it breaks a limit */
const besideGreedy = (score: number | null, greedy: number | null): string => {
  if (greedy === null) return 'Always playing the best next track would break one of the limits.'
  const reached = greedy.toFixed(2)
  return `Always playing the best next track would ${reached === score?.toFixed(2) ? 'do as well' : `reach ${reached}`}.`
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
  return [...facts, besideGreedy(score, told.greedy_score)].join(' ')
}
