import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { sectionEnergy } from '../../core/sections/section-energy.ts'
import { UserError } from '../../core/support/user-error.ts'
import { activeVersion } from '../../platform/catalogue/model-rows.ts'
import type { CatalogueTrack } from '../../platform/catalogue/track-rows.ts'
import type { EnergeticSections } from '../reading/energetic-sections.ts'
import type { ReadingActions } from '../reading/reading-actions.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'
import { requireShared } from './shared-tracks.ts'
import type { ReadTrack, TeamSectionActions } from './team-sections.ts'

const energetic = ({ track, grid, analysis }: CatalogueTrack, read: ReadTrack): EnergeticSections => ({
  trackId: track.id,
  version: read.version,
  scope: null,
  madeAt: read.madeAt,
  sections: read.sections.map((section) => ({
    ...section,
    startSeconds: beatsToSeconds(grid!.grid, section.startBeat),
    endSeconds: beatsToSeconds(grid!.grid, section.endBeat),
    energy: sectionEnergy(analysis!.facts.energyCurve, grid!.grid, section),
  })),
})

/** What versions of the team of whoever asks, and the one that ships, read in tracks. */
export const sharedReading = (
  { sql }: Pick<Catalogue, 'sql'>,
  people: Pick<People, 'current'>,
  { stored, made }: TeamSectionActions,
): ReadingActions =>
  offering<ReadingActions>('reading', {
    storedSections: async (reference, named) => {
      const { teamId } = people.current()
      const shared = await requireShared(sql, people.current(), reference)
      const version = named ?? (await activeVersion(sql, teamId))
      const read = version === null ? null : await stored({ teamId, shared }, version)
      return read && energetic(shared, read)
    },
    readSections: async (reference, { version: named } = {}) => {
      const { teamId } = people.current()
      const shared = await requireShared(sql, people.current(), reference)
      const version = named ?? (await activeVersion(sql, teamId))
      if (version === null)
        throw new UserError('MODEL_NOT_FOUND', 'No model version is active: train one, or activate one.')
      return energetic(shared, await made({ teamId, shared }, version))
    },
    // What it lacks is made when it is asked for.
    open: async (reference) => {
      await requireShared(sql, people.current(), reference)
      return null
    },
  })
