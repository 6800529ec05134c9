import { type ReasonAgainst, reasonsAgainst, SAME_TRACK } from '../../core/setlist/reasons-against.ts'
import { requireTrack, requireTracks } from '../kit/track-reference.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { type KnownGraphs, type LibraryGraph, type LibraryGraphWish, libraryGraph } from './library-graph.ts'
import { type PlanWish, planLibrarySet, type SetPlan } from './plan.ts'
import type { PreparedEnds } from './set-pool.ts'
import {
  type JudgedTransition,
  judgeTransition,
  proposeTransitions,
  type TrackTransition,
  type TransitionWorkspace,
} from './transition.ts'

/** Everything that can be said of two tracks: how the one leads into the other, the best way first, and what speaks against it. */
export type JudgedPair = {
  readonly proposals: readonly TrackTransition[]
  /** Empty where a transition is good. */
  readonly reasons: readonly ReasonAgainst[]
}

/** Answers about tracks that follow each other. @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED */
export type SetActions = {
  /** Judges how well the outro of one track leads into the intro of another. */
  readonly transition: (track: string, to: string) => Promise<JudgedTransition>
  /** Every way in which one track leads into another, the best first. */
  readonly transitions: (track: string, to: string) => Promise<readonly TrackTransition[]>
  /** @throws SET_POOL_EMPTY, SET_WISH_CONTRADICTORY, SET_IMPOSSIBLE */
  readonly plan: (wish: PlanWish, options?: JobOptions) => Promise<SetPlan>
  /** Tracks and the good transitions between them. */
  readonly graph: (wish: LibraryGraphWish, options?: JobOptions) => Promise<LibraryGraph>
  /** How one track leads into another, or why not. @param least from which score on a transition is good */
  readonly pair: (track: string, to: string, least: number) => Promise<JudgedPair>
  /** Keeps tracks in their order as a playlist. @returns its id @throws TRACK_NOT_FOUND */
  readonly keepPlaylist: (name: string, trackIds: readonly number[]) => Promise<number>
}

export const setActions = (workspace: TransitionWorkspace): SetActions => {
  const { store } = workspace
  const known: PreparedEnds = new Map()
  const graphs: KnownGraphs = new Map()
  return {
    transition: async (track, to) => judgeTransition(workspace, requireTrack(store, track), requireTrack(store, to)),
    transitions: async (track, to) =>
      proposeTransitions(workspace, requireTrack(store, track), requireTrack(store, to)),
    plan: async (wish, options) => planLibrarySet(workspace, known, wish, options),
    graph: async (wish, options) => libraryGraph(workspace, { known, graphs }, wish, options),
    pair: async (track, to, least) => {
      const [from, into] = [requireTrack(store, track), requireTrack(store, to)]
      if (from.id === into.id) return { proposals: [], reasons: [SAME_TRACK] }
      const proposals = await proposeTransitions(workspace, from, into)
      return { proposals, reasons: reasonsAgainst(proposals, least) }
    },
    keepPlaylist: async (name, trackIds) => {
      requireTracks(store, trackIds)
      return store.playlists.add([{ name, folders: [], trackIds }])[0]!
    },
  }
}
