import type { Track } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type HeardVoice, heardVoice, voiceBeats, voiceShare } from '../../core/tags/heard-voice.ts'
import { hearingOf } from '../analysis/hearing.ts'
import { requireGrid } from '../kit/current-grid.ts'
import type { Workspace } from '../kit/workspace.ts'

/** Share of a track with a voice, and its beats. */
export type TrackVoice = {
  /** Of its time, 0 to 1. */
  readonly share: number
  /** One value a beat, 1 where a voice is heard. */
  readonly beats: readonly number[]
}

/** @returns null where nothing was heard, or where the network has no measured tag for voices */
export const voiceOf = async (
  workspace: Pick<Workspace, 'store' | 'ears'>,
  track: Track,
): Promise<HeardVoice | null> => {
  const hearing = await hearingOf(workspace, track)
  return hearing && heardVoice(hearing.heard, hearing.card)
}

/** @throws ANALYSIS_REQUIRED */
export const trackVoice = async (workspace: Workspace, track: Track): Promise<TrackVoice> => {
  const { grid } = requireGrid(workspace.store, track)
  const voice = await voiceOf(workspace, track)
  if (voice === null)
    throw new UserError(
      'ANALYSIS_REQUIRED',
      `Where a voice is heard in track ${track.id} is known once it is analysed.`,
    )
  return { share: voiceShare(voice), beats: voiceBeats(voice, grid) }
}
