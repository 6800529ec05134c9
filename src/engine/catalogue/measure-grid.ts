import { withStoredAudio } from '../../platform/catalogue/audio-storage.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { claimUnmeasured, putGridAnalysis } from '../../platform/catalogue/unmeasured-grids.ts'
import { encodeFeatures } from '../../platform/store/feature-cache.ts'
import { analyseFile } from '../analysis/analyse-file.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { askForm } from '../kit/form-of.ts'
import { readSpecDigest } from '../kit/section-spec-digest.ts'
import { BASE_MODEL_VERSION } from '../versions/base-model.ts'
import { type Analyst, featuresKey } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'

/**
 * Measures a track on the grid that a team works on, where its analysis has another one. Teams with the same grid share what was found.
 * @returns whether there was one to measure
 */
export const measureNextGrid = async (
  { sql, transaction }: Catalogue,
  { pool, ears, model, objects, spec }: Analyst,
  cancellation: { readonly signal: AbortSignal },
): Promise<boolean> => {
  const wanted = await claimUnmeasured(sql, spec)
  if (wanted === null) return false
  const { audioDigest, digest, grid, trackId, teamId, file } = wanted
  const { features, facts, durationSeconds } = await withStoredAudio(file, (source) =>
    analyseFile(pool, { ...source, grid, ears: ears.input }, cancellation),
  )
  const form = await askForm(pool, { features, grid }, cancellation)
  const sections = await pool.run('readSections', { model, features, grid, form }, cancellation)
  const featureSpec = currentFeatureSpecDigest()
  await objects.put(
    featuresKey({ audioDigest, gridDigest: digest, featureSpecDigest: featureSpec }),
    encodeFeatures(features),
  )
  await transaction(async (inside) => {
    await putGridAnalysis(inside, {
      audioDigest,
      gridDigest: digest,
      spec,
      featureSpec,
      durationSeconds,
      facts,
      sections: {
        version: BASE_MODEL_VERSION,
        spec: readSpecDigest(featureSpec, form),
        sections,
      },
    })
    await putEvent(inside, teamId, { type: 'analysis', trackId, failure: null })
  })
  return true
}
