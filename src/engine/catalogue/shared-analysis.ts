import { UserError } from '../../core/support/user-error.ts'
import { AUDIBLE_SHARE } from '../../core/tags/audible-share.ts'
import { countTags, readTags } from '../../platform/catalogue/sound-rows.ts'
import type { AnalysisActions } from '../analysis/analysis-actions.ts'
import { peaksKey } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'
import { editTeamGrid } from './edit-team-grid.ts'
import { requireGridded } from './edit-work.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'
import { requireShared } from './shared-tracks.ts'

/** What workers have measured and heard. */
export const sharedAnalysis = (catalogue: Catalogue, people: People): AnalysisActions => {
  const { sql, objects } = catalogue
  return offering<AnalysisActions>('analysis', {
    editGrid: async (reference, edit, options) => {
      const user = people.requireLabeller()
      const shared = requireGridded(await requireShared(sql, user, reference))
      return editTeamGrid(catalogue, user, shared, { ...edit, ...options })
    },
    libraryTags: async () => {
      people.current()
      return countTags(sql, AUDIBLE_SHARE)
    },
    trackTags: async (reference) => {
      const { track, packDigest } = await requireShared(sql, people.current(), reference)
      return packDigest === null ? null : ((await readTags(sql, [track.id])).get(track.id) ?? [])
    },
    waveform: async (reference) => {
      const { audioDigest } = (await requireShared(sql, people.current(), reference)).track
      const bytes = await objects.get(peaksKey(audioDigest))
      if (bytes === null) throw new UserError('ANALYSIS_REQUIRED', 'Its waveform is drawn once it is analysed.')
      return { audioDigest, bytes }
    },
  })
}
