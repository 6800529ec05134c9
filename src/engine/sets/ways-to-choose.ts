import type { WindowLimits } from '../../core/setlist/best-window.ts'
import { type ChainedWay, chooseWays } from '../../core/setlist/choose-ways.ts'
import type { KeptWish } from '../../core/setlist/kept-set.ts'
import { voicesScore } from '../../core/setlist/transition-parts.ts'
import type { TableLimits } from '../../core/setlist/transition-table.ts'
import type { TrackTransition } from './transition.ts'

/** A voice this seldom is a call or a sample. */
const MOST_VOICES = 0.25

const hasTwoVoices = ({ parts }: TrackTransition): boolean =>
  (parts.find(({ part }) => part === 'voices')?.score ?? 1) < voicesScore(MOST_VOICES, MOST_VOICES)

type Wish = KeptWish<unknown>
type TransitionWish = Pick<Wish, 'noTwoVoices' | 'leastBars'>

export type WayToChoose = ChainedWay & { readonly way: TrackTransition }

/** The ways from one track into another that there are to choose from: what the person has set alone, else all. */
export const waysToChoose = (
  proposed: readonly TrackTransition[],
  { noTwoVoices, leastBars }: TransitionWish,
): readonly WayToChoose[] => {
  const kept = proposed.filter(({ isKept }) => isKept)
  return (kept.length > 0 ? kept : proposed).map((way) => ({
    from: way.from,
    to: way.to,
    score: way.score,
    isAllowed: (leastBars <= 1 || way.bars >= leastBars) && !(noTwoVoices && hasTwoVoices(way)),
    way,
  }))
}

/** @param aloneBeats as `chooseWays` has it @returns for each step the way it is played by; null where there is none */
export const chosenWays = (
  steps: readonly (readonly WayToChoose[])[],
  aloneBeats: readonly number[],
): readonly (TrackTransition | null)[] =>
  chooseWays(steps, aloneBeats).map((way, step) => steps[step]![way]?.way ?? null)

/** What a set asks of the bars of a transition. */
export const windowLimits = ({ leastBars, noTwoVoices }: TransitionWish): WindowLimits => ({
  leastBars,
  mostVoices: noTwoVoices ? MOST_VOICES : null,
})

export const tableLimits = ({
  mostRisePercent,
  mostFallPercent,
  ...wish
}: Pick<Wish, 'mostRisePercent' | 'mostFallPercent'> & TransitionWish): TableLimits & WindowLimits => ({
  mostRisePercent,
  mostFallPercent,
  ...windowLimits(wish),
})
