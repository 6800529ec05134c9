import { type ReasonAgainst, reasonsAgainst, SAME_TRACK } from '../../core/setlist/reasons-against.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { type KnownGraphs, type LibraryGraph, type LibraryGraphWish, libraryGraph } from './library-graph.ts'
import type { PreparedEnds } from './set-pool.ts'
import { proposeTransitions, type TrackTransition, type TransitionWorkspace } from './transition.ts'

/** Everything that can be said of two tracks: how the one leads into the other, the best way first, and what speaks against it. */
export type JudgedPair = {
  readonly proposals: readonly TrackTransition[]
  /** Empty where a transition is good. */
  readonly reasons: readonly ReasonAgainst[]
}

export type GraphActions = {
  /** Tracks and the good transitions between them. */
  readonly graph: (wish: LibraryGraphWish, options?: JobOptions) => Promise<LibraryGraph>
  /** How one track leads into another, or why not. @param least from which score on a transition is good */
  readonly pair: (track: string, to: string, least: number) => Promise<JudgedPair>
}

export const graphActions = (
  workspace: TransitionWorkspace & Pick<Workspace, 'emit'>,
  known: PreparedEnds,
): GraphActions => {
  const { store, emit } = workspace
  const graphs: KnownGraphs = new Map()
  return {
    graph: async (wish, options) =>
      libraryGraph(
        workspace,
        { known, graphs, tell: (progress) => emit({ type: 'graph', ...progress }) },
        wish,
        options,
      ),
    pair: async (track, to, least) => {
      const [from, into] = [requireTrack(store, track), requireTrack(store, to)]
      if (from.id === into.id) return { proposals: [], reasons: [SAME_TRACK] }
      const proposals = await proposeTransitions(workspace, from, into)
      return { proposals, reasons: reasonsAgainst(proposals, least) }
    },
  }
}
