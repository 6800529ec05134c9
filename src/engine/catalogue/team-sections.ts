import type { Section } from '../../core/sections/decode-sections.ts'
import { UserError } from '../../core/support/user-error.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { activeVersion } from '../../platform/catalogue/model-rows.ts'
import { putSections, readSections } from '../../platform/catalogue/section-rows.ts'
import type { CatalogueTrack } from '../../platform/catalogue/track-rows.ts'
import { decodeFeatures } from '../../platform/store/feature-cache.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { askForm } from '../kit/form-of.ts'
import { readSpecDigest, sectionsHold } from '../kit/section-spec-digest.ts'
import { BASE_MODEL_VERSION } from '../versions/base-model.ts'
import { featuresKey } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'
import { type TeamAnswers, teamAnswers } from './team-answers.ts'

/** Sections that a version reads in a track, as a team sees both. */
export type ReadTrack = { readonly version: number; readonly sections: readonly Section[]; readonly madeAt: string }

type Of = { readonly teamId: number; readonly shared: CatalogueTrack }

export type TeamSectionActions = {
  /** The version whose sections a team sees: the one that it has chosen, or else the one that ships. */
  readonly proposing: (teamId: number) => Promise<number>
  /** What was read of the track as it is now; null where nothing was. */
  readonly stored: (of: Of, version: number) => Promise<ReadTrack | null>
  /** The same, or else read now. @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL, ANALYSIS_REQUIRED */
  readonly made: (of: Of, version: number) => Promise<ReadTrack>
}

const ofBase = ({ analysis }: CatalogueTrack): ReadTrack | null =>
  analysis?.sections && analysis.sectionsVersion === BASE_MODEL_VERSION
    ? { version: BASE_MODEL_VERSION, sections: analysis.sections, madeAt: analysis.analysedAt }
    : null

/** Workers let the version that ships read each track. What a version of a team reads is read when somebody looks at the track. */
export const teamSections = (
  catalogue: Catalogue,
  pool: TaskRunner,
  answers: Pick<TeamAnswers, 'model'> = teamAnswers(catalogue, pool),
): TeamSectionActions => {
  const { sql, objects, transaction } = catalogue

  const stored: TeamSectionActions['stored'] = async ({ teamId, shared }, version) => {
    if (version === BASE_MODEL_VERSION) return ofBase(shared)
    const { track, grid, analysis } = shared
    const [row] = await readSections(sql, { teamId, version, trackIds: [track.id] })
    if (row === undefined || row.gridDigest !== grid?.digest) return null
    if (!sectionsHold(row.spec, analysis?.featureSpecDigest)) return null
    return { version, sections: row.sections, madeAt: row.madeAt.toISOString() }
  }

  const read = async ({ teamId, shared: { track, grid, analysis } }: Of, version: number): Promise<void> => {
    const model = await answers.model(teamId, version)
    const key = analysis && { ...analysis, audioDigest: track.audioDigest }
    const bytes = key && key.gridDigest === grid?.digest ? await objects.get(featuresKey(key)) : null
    const features = bytes && decodeFeatures(bytes)
    if (grid === null || !features || !analysis)
      throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} is not analysed as it is now.`)
    const form = await askForm(pool, { features, grid: grid.grid }, {})
    const sections = await pool.run('readSections', { model, features, grid: grid.grid, form })
    const { featureSpecDigest, gridDigest } = analysis
    const spec = readSpecDigest(featureSpecDigest, form)
    await transaction(async (inside) => {
      await putSections(inside, teamId, { trackId: track.id, version, gridDigest, spec, sections })
      await putEvent(inside, teamId, { type: 'sections', trackId: track.id, version })
    })
  }

  return {
    proposing: async (teamId) => (await activeVersion(sql, teamId)) ?? BASE_MODEL_VERSION,
    stored,
    made: async (of, version) => {
      const before = await stored(of, version)
      if (before !== null) return before
      if (version !== BASE_MODEL_VERSION) await read(of, version)
      const made = await stored(of, version)
      if (made === null)
        throw new UserError('ANALYSIS_REQUIRED', `Track ${of.shared.track.id} is not analysed as it is now.`)
      return made
    },
  }
}
