import { type Track, trackTitle } from '../../core/library/track.ts'
import { beatRatio, type MixMove } from '../../core/mixing/mix-move.ts'
import type { MixedTrack } from '../../core/mixing/plan-mix.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { proposeTransitions, type TransitionWorkspace } from './transition.ts'

/** A track as mixes are planned from it. @throws ANALYSIS_REQUIRED */
export const mixedTrack = (store: Store, track: Track): MixedTrack => {
  const { grid } = requireGrid(store, track)
  const analysis = store.analyses.get(track.id)
  if (analysis === null)
    throw new UserError('ANALYSIS_REQUIRED', `${trackTitle(track)} can be mixed once it is analysed.`)
  const { loudnessLufs, truePeakDb } = analysis.facts
  return { title: trackTitle(track), grid, durationSeconds: analysis.durationSeconds, loudnessLufs, truePeakDb }
}

/** The best way from one into the other that begins no earlier than a beat of the first. @throws TEMPI_TOO_FAR, TRANSITION_INVALID */
const bestMove = async (
  workspace: TransitionWorkspace,
  [one, other]: readonly [Track, Track],
  earliestBeat: number,
): Promise<MixMove> => {
  const proposed = await proposeTransitions(workspace, one, other)
  const moves = proposed.flatMap(({ move }) => (move === null ? [] : [move]))
  const titles = `${trackTitle(one)} into ${trackTitle(other)}`
  if (proposed.length > 0 && moves.length === 0)
    throw new UserError('TEMPI_TOO_FAR', `${titles}: their beats cannot be played together.`)
  const found = moves.find(({ fromBeat }) => fromBeat >= earliestBeat)
  if (found === undefined)
    throw new UserError(
      'TRANSITION_INVALID',
      moves.length === 0
        ? `${titles}: there is no whole bar to mix over.`
        : `${trackTitle(one)} would go out into ${trackTitle(other)} before it has come in.`,
    )
  return found
}

/**
 * How each track goes into the next: as chosen, else as the person has set it for the pair, else the best that fits behind the one before.
 * @param chosen one for each two tracks; null where nothing is chosen
 * @throws ANALYSIS_REQUIRED, TEMPI_TOO_FAR, TRANSITION_INVALID
 */
export const movesBetween = async (
  workspace: TransitionWorkspace,
  tracks: readonly Track[],
  chosen: readonly (MixMove | null)[],
): Promise<readonly MixMove[]> => {
  const moves: MixMove[] = []
  let earliest = 0
  for (const [at, one] of tracks.entries()) {
    const other = tracks[at + 1]
    if (other === undefined) break
    const move = chosen[at] ?? (await bestMove(workspace, [one, other], earliest))
    moves.push(move)
    const grids = [requireGrid(workspace.store, one).grid, requireGrid(workspace.store, other).grid] as const
    earliest = move.toBeat + move.beats * beatRatio(...grids, move)
  }
  return moves
}
