import { requireTrack } from '../kit/track-reference.ts'
import { type JudgedTransition, judgeTransition, type TransitionWorkspace } from './transition.ts'

/** Answers about tracks that follow each other. @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED */
export type SetActions = {
  /** Judges how well the outro of one track leads into the intro of another. */
  readonly transition: (track: string, to: string) => Promise<JudgedTransition>
}

export const setActions = (workspace: TransitionWorkspace): SetActions => ({
  transition: async (track, to) =>
    judgeTransition(workspace, requireTrack(workspace.store, track), requireTrack(workspace.store, to)),
})
