import { trackTitle } from '../../core/library/track.ts'
import { checkMove, type MixMove } from '../../core/mixing/mix-move.ts'
import { BY_HAND } from '../../core/setlist/by-hand.ts'
import type { MixableTrack } from '../../core/setlist/propose-transition.ts'
import type { StyledWindow } from '../../core/setlist/score-window.ts'
import { UserError } from '../../core/support/user-error.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'

type Keeping = Pick<Workspace, 'store' | 'emit'>

/**
 * Keeps how the person goes from one track into another; it takes the place of what was kept before.
 * @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED, TRANSITION_INVALID, TEMPI_TOO_FAR
 */
export const keepTransition = ({ store, emit }: Keeping, from: string, to: string, move: MixMove): void => {
  const [one, other] = [requireTrack(store, from), requireTrack(store, to)]
  if (one.id === other.id) throw new UserError('TRANSITION_INVALID', 'A track does not go into itself.')
  const grids = [requireGrid(store, one).grid, requireGrid(store, other).grid] as const
  checkMove(grids, move, [trackTitle(one), trackTitle(other)])
  const pair = { fromId: one.id, toId: other.id }
  store.transitions.put(pair, move)
  emit({ type: 'transitions', ...pair })
}

/** Takes back what the person has kept of a pair; nothing where there was nothing. @throws TRACK_NOT_FOUND */
export const dropTransition = ({ store, emit }: Keeping, from: string, to: string): void => {
  const pair = { fromId: requireTrack(store, from).id, toId: requireTrack(store, to).id }
  if (store.transitions.remove(pair)) emit({ type: 'transitions', ...pair })
}

const sideOf = ({ parts }: MixableTrack, startBeat: number, endBeat: number): StyledWindow['from'] => {
  const middle = (startBeat + endBeat) / 2
  const kind = parts.find((part) => part.startBeat <= middle && middle < part.endBeat)?.kind ?? null
  return { kind, startBeat, endBeat }
}

/** A kept transition in the shape of a proposed one. @param ratio beats of the second track on a beat of the first */
export const windowByHand = (
  [one, other]: readonly [MixableTrack, MixableTrack],
  { fromBeat, toBeat, beats }: MixMove,
  ratio: number,
): StyledWindow => ({
  style: BY_HAND,
  bars: beats / one.grid.beatsPerBar,
  from: sideOf(one, fromBeat, fromBeat + beats),
  to: sideOf(other, toBeat, toBeat + beats * ratio),
})
