import { type Track, trackTitle } from '../../core/library/track.ts'
import type { WindowLimits } from '../../core/setlist/best-window.ts'
import type { Store } from '../../platform/store/store.ts'
import { proposeTransitions, type TrackTransition, type TransitionWorkspace } from './transition.ts'

type Proposed = { readonly origin: string; readonly transitions: readonly TrackTransition[] }

/** Some long sets with all that was tried in them. */
const MOST_PAIRS = 4000
const pairsOf = new WeakMap<Store, Map<string, Proposed>>()

/** All that the ways from one track into another are made of: sections, grids and sounds of the library, names, and what is kept of the pair. */
const originOf = (
  { sounds, transitions }: Store,
  [one, other]: readonly [Track, Track],
  limits: WindowLimits,
): string =>
  JSON.stringify([
    limits,
    sounds.revision('tracks'),
    sounds.revision('sections'),
    trackTitle(one),
    trackTitle(other),
    transitions.get({ fromId: one.id, toId: other.id }),
  ])

/** As `proposeTransitions`; what was proposed before is proposed again as long as nothing has changed that it was made of. */
export const proposedBetween = async (
  workspace: TransitionWorkspace,
  one: Track,
  other: Track,
  limits: WindowLimits,
): Promise<readonly TrackTransition[]> => {
  const { store } = workspace
  const pairs = pairsOf.get(store) ?? new Map<string, Proposed>()
  pairsOf.set(store, pairs)
  const pair = `${one.id} ${other.id}`
  const origin = originOf(store, [one, other], limits)
  const before = pairs.get(pair)
  if (before?.origin === origin) return before.transitions
  const transitions = await proposeTransitions(workspace, one, other, limits)
  pairs.delete(pair)
  pairs.set(pair, { origin, transitions })
  if (pairs.size > MOST_PAIRS) pairs.delete(pairs.keys().next().value!)
  return transitions
}
