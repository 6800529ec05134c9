import { requireTrack } from '../kit/track-reference.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { type PlanWish, planLibrarySet, type SetPlan } from './plan.ts'
import type { PreparedEnds } from './set-pool.ts'
import {
  type JudgedTransition,
  judgeTransition,
  proposeTransitions,
  type TrackTransition,
  type TransitionWorkspace,
} from './transition.ts'

/** Answers about tracks that follow each other. @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED */
export type SetActions = {
  /** Judges how well the outro of one track leads into the intro of another. */
  readonly transition: (track: string, to: string) => Promise<JudgedTransition>
  /** Every way in which one track leads into another, the best first. */
  readonly transitions: (track: string, to: string) => Promise<readonly TrackTransition[]>
  /** @throws SET_POOL_EMPTY, SET_WISH_CONTRADICTORY, SET_IMPOSSIBLE */
  readonly plan: (wish: PlanWish, options?: JobOptions) => Promise<SetPlan>
}

export const setActions = (workspace: TransitionWorkspace): SetActions => {
  const { store } = workspace
  const known: PreparedEnds = new Map()
  return {
    transition: async (track, to) => judgeTransition(workspace, requireTrack(store, track), requireTrack(store, to)),
    transitions: async (track, to) =>
      proposeTransitions(workspace, requireTrack(store, track), requireTrack(store, to)),
    plan: async (wish, options) => planLibrarySet(workspace, known, wish, options),
  }
}
