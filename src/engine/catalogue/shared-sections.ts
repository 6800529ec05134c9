import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { UserError } from '../../core/support/user-error.ts'
import { decodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'
import { halfvecText } from '../../platform/catalogue/nearest-rows.ts'
import { distancesOfSections, nearestSections, readSectionSound } from '../../platform/catalogue/section-sound-rows.ts'
import { readTags } from '../../platform/catalogue/sound-rows.ts'
import { type CatalogueTrack, readTrack } from '../../platform/catalogue/track-rows.ts'
import { describeEars } from '../../platform/inference/ears-pack.ts'
import { SHIPPED_EARS } from '../../platform/inference/shipped-ears.ts'
import { mixableQuery } from '../sounds/likeness.ts'
import { heardInSection, holdsBeat, noSection, placeOfSection, sectionIdOf } from '../sounds/similar-sections.ts'
import type { SoundActions } from '../sounds/sound-actions.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'
import { NEAREST_LIMIT, sharedLikenesses } from './shared-likenesses.ts'
import { sharedOverviews } from './shared-tracks.ts'
import { soundScale } from './sound-scale.ts'
import { soundsOfParts } from './sounded-parts.ts'
import { teamParts, windowsOf } from './team-parts.ts'
import type { TeamSectionActions } from './team-sections.ts'

/** Sections as a team sees them: labels of its own, and what is proposed to it. */
export const sharedSections = (
  catalogue: Catalogue,
  people: Pick<People, 'current'>,
  sections: TeamSectionActions,
): Pick<SoundActions, 'section' | 'similarSections'> => {
  const { sql, row } = catalogue

  /** @throws SECTION_NOT_FOUND */
  const requireSection = async (id: string) => {
    const { teamId } = people.current()
    const { trackId, beat } = placeOfSection(id)
    const shared = await readTrack(sql, teamId, String(trackId))
    const parts = shared === null ? [] : await teamParts(catalogue, sections, { teamId, shared })
    const part = parts.find((one) => holdsBeat(one, beat))
    if (!shared?.grid || !part) throw noSection(id)
    return { shared, part, grid: shared.grid.grid }
  }

  type Found = Awaited<ReturnType<typeof requireSection>>

  /** As it was kept, or else heard now. @throws ANALYSIS_REQUIRED */
  const soundOf = async ({ shared, part, grid }: Found): Promise<string> => {
    const { id: trackId } = shared.track
    const kept = await readSectionSound(sql, people.current().teamId, { trackId, ...part })
    if (kept !== null) return kept
    const windows = await windowsOf(catalogue, shared)
    const [heard] = windows ? soundsOfParts([part], grid, windows) : []
    if (heard === undefined)
      throw new UserError('ANALYSIS_REQUIRED', `Sections of track ${trackId} can be compared once it is analysed.`)
    return halfvecText(heard.embedding)
  }

  /** What the network of this version heard; another one's tags are not known here. */
  const hearingOf = async (shared: CatalogueTrack) => {
    const { card, digest } = describeEars(SHIPPED_EARS)
    const windows = shared.packDigest === digest ? await windowsOf(catalogue, shared) : null
    return windows && { heard: decodeHeardWindows(windows), card }
  }

  return {
    section: async (id) => {
      const { shared, part, grid } = await requireSection(id)
      const { id: trackId } = shared.track
      const [track] = await sharedOverviews({ sql, spec: row.spec, teamId: people.current().teamId }, [trackId])
      const place = {
        startSeconds: beatsToSeconds(grid, part.startBeat),
        endSeconds: beatsToSeconds(grid, part.endBeat),
      }
      const section = { ...part, ...place, id: sectionIdOf(trackId, part), track: track! }
      const tags = (await readTags(sql, [trackId])).get(trackId) ?? null
      return { ...section, ...heardInSection(section, await hearingOf(shared), tags) }
    },
    similarSections: async (id, { kind, limit = NEAREST_LIMIT, ...mix } = {}) => {
      const { teamId } = people.current()
      const found = await requireSection(id)
      const { id: trackId } = found.shared.track
      const vector = await soundOf(found)
      const asking = { sql, spec: row.spec, teamId }
      const [own] = await sharedOverviews(asking, [trackId])
      const packDigest = found.shared.packDigest!
      const query = { teamId, trackId, kind, vector, packDigest, limit, filter: mixableQuery(own!, mix) }
      const [near, sample] = await Promise.all([nearestSections(catalogue, query), distancesOfSections(sql, query)])
      const likenesses = await sharedLikenesses(asking, own!, [...new Set(near.map((one) => one.trackId))])
      const scale = soundScale(sample)
      return near.flatMap(({ trackId: otherId, distance, ...part }) => {
        const other = likenesses.get(otherId)
        if (other === undefined) return []
        const section = { ...part, id: sectionIdOf(otherId, part), track: other.track }
        return [{ section, ...scale(distance), ...other.likeness }]
      })
    },
  }
}
