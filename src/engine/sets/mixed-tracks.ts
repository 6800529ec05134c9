import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { beatRatio, type MixMove } from '../../core/mixing/mix-move.ts'
import type { MixedTrack } from '../../core/mixing/plan-mix.ts'
import { type ChainedWay, chooseWays } from '../../core/setlist/choose-ways.ts'
import { aloneBeats } from '../../core/setlist/mix-sides.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { proposeTransitions, type TransitionWorkspace } from './transition.ts'

/** A track as mixes are planned from it. @throws ANALYSIS_REQUIRED */
export const mixedTrack = (store: Store, track: Track, trimDb = 0): MixedTrack => {
  const { grid } = requireGrid(store, track)
  const analysis = store.analyses.get(track.id)
  if (analysis === null)
    throw new UserError('ANALYSIS_REQUIRED', `${trackTitle(track)} can be mixed once it is analysed.`)
  const { loudnessLufs, truePeakDb } = analysis.facts
  return { title: trackTitle(track), grid, durationSeconds: analysis.durationSeconds, loudnessLufs, truePeakDb, trimDb }
}

type PlayedWay = ChainedWay & { readonly move: MixMove }

/** A move as `chooseWays` sees it. @throws TEMPI_TOO_FAR */
const playedWay = ([from, to]: readonly [BeatGrid, BeatGrid], move: MixMove, score: number | null): PlayedWay => {
  const { fromBeat, toBeat, beats } = move
  const inBeats = beats * beatRatio(from, to, move)
  return {
    from: { startBeat: fromBeat, endBeat: fromBeat + beats },
    to: { startBeat: toBeat, endBeat: toBeat + inBeats },
    score,
    isAllowed: true,
    move,
  }
}

/** As the person has set it, else all ways that can be played. @throws TEMPI_TOO_FAR, TRANSITION_INVALID */
const playedWays = async (
  workspace: TransitionWorkspace,
  [one, other]: readonly [Track, Track],
  grids: readonly [BeatGrid, BeatGrid],
): Promise<readonly PlayedWay[]> => {
  const proposed = await proposeTransitions(workspace, one, other)
  const kept = proposed.filter(({ isKept }) => isKept)
  const ways = (kept.length > 0 ? kept : proposed).flatMap(({ move, score }) =>
    move === null ? [] : [playedWay(grids, move, score)],
  )
  const titles = `${trackTitle(one)} into ${trackTitle(other)}`
  if (proposed.length > 0 && ways.length === 0)
    throw new UserError('TEMPI_TOO_FAR', `${titles}: their beats cannot be played together.`)
  if (ways.length === 0) throw new UserError('TRANSITION_INVALID', `${titles}: there is no whole bar to mix over.`)
  return ways
}

/**
 * How each track goes into the next: as chosen, else as the person has set it for the pair, else by the best way that lets each track come
 * in before it goes out.
 * @param chosen one for each two tracks; null where nothing is chosen
 * @throws ANALYSIS_REQUIRED, TEMPI_TOO_FAR, TRANSITION_INVALID
 */
export const movesBetween = async (
  workspace: TransitionWorkspace,
  tracks: readonly Track[],
  chosen: readonly (MixMove | null)[],
): Promise<readonly MixMove[]> => {
  const grids = tracks.map((track) => requireGrid(workspace.store, track).grid)
  const steps: (readonly PlayedWay[])[] = []
  for (const [at, other] of tracks.slice(1).entries()) {
    const [move, pair] = [chosen[at] ?? null, [grids[at]!, grids[at + 1]!] as const]
    steps.push(move === null ? await playedWays(workspace, [tracks[at]!, other], pair) : [playedWay(pair, move, null)])
  }
  return chooseWays(steps, grids.map(aloneBeats)).map((way, step) => steps[step]![way]!.move)
}
