import { UserError } from '../../core/support/user-error.ts'
import { nearestTracks, readSound, readTags, sampleDistances } from '../../platform/catalogue/sound-rows.ts'
import { likenedTags, likenessOf, mixableQuery } from '../sounds/likeness.ts'
import type { SoundActions } from '../sounds/sound-actions.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'
import { requireShared, sharedOverviews } from './shared-tracks.ts'

const DEFAULT_LIMIT = 20
/** Two sounds that have nothing to do with each other are so far apart, as in a library. */
const USUAL_DISTANCE = Math.SQRT2

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

/** Share of the sample that is further away. @param sample in order */
const shareBeyond = (sample: readonly number[], distance: number): number =>
  sample.length === 0 ? 1 : sample.filter((one) => one > distance).length / sample.length

/** Sounds are compared by what the network heard, and a score says how a track stands against a sample of the others. */
export const sharedSounds = (catalogue: Catalogue, people: Pick<People, 'current'>): SoundActions => {
  const { sql, row } = catalogue
  return offering<SoundActions>('sounds', {
    similarTracks: async (reference, { limit = DEFAULT_LIMIT, moments = false, ...mix } = {}) => {
      const user = people.current()
      if (moments) throw new UserError('NOT_IN_A_CATALOGUE', 'A catalogue cannot do this: moments that sound alike.')
      const { track } = await requireShared(sql, user, reference)
      const sound = await readSound(sql, track.id)
      if (sound === null)
        throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} can be compared once it is analysed.`)
      const asking = { sql, spec: row.spec, teamId: user.teamId }
      const [own] = await sharedOverviews(asking, [track.id])
      const query = { ...sound, id: track.id, limit, filter: mixableQuery(own!, mix) }
      const [near, sample] = await Promise.all([nearestTracks(catalogue, query), sampleDistances(sql, query)])
      const ids = near.map(({ id }) => id)
      const [others, tags] = await Promise.all([sharedOverviews(asking, ids), readTags(sql, [track.id, ...ids])])
      const heardIn = (id: number): ReadonlyMap<string, number> => likenedTags(tags.get(id) ?? [])
      // The distance of two vectors of length 1 grows with the root of what the database measures.
      const apart = (cosine: number): number => Math.sqrt(2 * Math.max(0, cosine))
      const usual = sample.length === 0 ? 1 : rootMeanSquare(sample.map(apart)) / USUAL_DISTANCE
      const byId = new Map(others.map((other) => [other.id, other]))
      return near.flatMap(({ id, distance }) => {
        const other = byId.get(id)
        if (other === undefined) return []
        return [
          {
            track: other,
            distance: apart(distance) / (usual || 1),
            score: shareBeyond(sample, distance),
            ...likenessOf(own!, other, [heardIn(track.id), heardIn(id)]),
            moments: null,
          },
        ]
      })
    },
  })
}
