import { type Track, trackTitle } from '../../core/library/track.ts'
import { trimOf } from '../../core/mixing/plan-mix.ts'
import type { MixableTrack } from '../../core/setlist/propose-transition.ts'
import { UserError } from '../../core/support/user-error.ts'
import { requireGrid } from '../kit/current-grid.ts'
import type { Workspace } from '../kit/workspace.ts'
import { sectionParts } from '../sounds/section-vectors.ts'
import { voiceOf } from '../sounds/track-voice.ts'

/** All that transitions out of a track and into it are judged by. @throws ANALYSIS_REQUIRED */
export const mixableTrack = async (
  workspace: Pick<Workspace, 'store' | 'ears'>,
  track: Track,
): Promise<MixableTrack> => {
  const { store } = workspace
  const { grid } = requireGrid(store, track)
  const analysis = store.analyses.get(track.id)
  if (analysis === null)
    throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} can be judged once it is analysed.`)
  const { camelot, tuningCents, energyCurve } = analysis.facts
  return {
    title: trackTitle(track),
    parts: sectionParts(store, track.id),
    grid,
    camelot,
    tuningCents,
    energyCurve,
    features: store.features.read(analysis),
    gain: trimOf(analysis.facts),
    voice: await voiceOf(workspace, track),
  }
}
