import { UserError } from '../../core/support/user-error.ts'
import { distancesOfTracks, nearestTracks, readSound } from '../../platform/catalogue/sound-rows.ts'
import { mixableQuery } from '../sounds/likeness.ts'
import type { SoundActions } from '../sounds/sound-actions.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'
import { NEAREST_LIMIT, sharedLikenesses } from './shared-likenesses.ts'
import { sharedSections } from './shared-sections.ts'
import { requireShared, sharedOverviews } from './shared-tracks.ts'
import { soundScale } from './sound-scale.ts'
import type { TeamSectionActions } from './team-sections.ts'

/** Sounds are compared by what the network heard, and a score says how a track stands against a sample of the others. */
export const sharedSounds = (
  catalogue: Catalogue,
  people: Pick<People, 'current'>,
  sections: TeamSectionActions,
): SoundActions => {
  const { sql, row } = catalogue
  return offering<SoundActions>('sounds', {
    ...sharedSections(catalogue, people, sections),
    similarTracks: async (reference, { limit = NEAREST_LIMIT, moments = false, ...mix } = {}) => {
      const user = people.current()
      if (moments) throw new UserError('NOT_IN_A_CATALOGUE', 'A catalogue cannot do this: moments that sound alike.')
      const { track } = await requireShared(sql, user, reference)
      const sound = await readSound(sql, track.id)
      if (sound === null)
        throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} can be compared once it is analysed.`)
      const asking = { sql, spec: row.spec, teamId: user.teamId }
      const [own] = await sharedOverviews(asking, [track.id])
      const query = { ...sound, id: track.id, limit, filter: mixableQuery(own!, mix) }
      const [near, sample] = await Promise.all([nearestTracks(catalogue, query), distancesOfTracks(sql, query)])
      const likenesses = await sharedLikenesses(
        asking,
        own!,
        near.map(({ id }) => id),
      )
      const scale = soundScale(sample)
      return near.flatMap(({ id, distance }) => {
        const other = likenesses.get(id)
        return other ? [{ track: other.track, ...scale(distance), ...other.likeness, moments: null }] : []
      })
    },
  })
}
