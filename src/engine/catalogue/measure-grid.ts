import { toErrorReport } from '../../core/support/user-error.ts'
import { withStoredAudio } from '../../platform/catalogue/audio-storage.ts'
import { isPassing } from '../../platform/catalogue/connection-errors.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import {
  claimUnmeasured,
  failGrid,
  putGridAnalysis,
  putOffGrid,
  type UnmeasuredGrid,
} from '../../platform/catalogue/unmeasured-grids.ts'
import { encodeFeatures } from '../../platform/store/feature-cache.ts'
import { analyseFile } from '../analysis/analyse-file.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { askForm } from '../kit/form-of.ts'
import { readSpecDigest } from '../kit/section-spec-digest.ts'
import { BASE_MODEL_VERSION } from '../versions/base-model.ts'
import { type Analyst, featuresKey } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'
import { isOfStorage } from './see-through.ts'

const measure = async (
  { transaction }: Catalogue,
  { pool, ears, model, objects, spec }: Analyst,
  {
    wanted: { audioDigest, digest, grid, trackId, teamId, file },
    cancellation,
  }: { readonly wanted: UnmeasuredGrid; readonly cancellation: { readonly signal: AbortSignal } },
): Promise<void> => {
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
}

/**
 * Measures a track on the grid that a team works on, where its analysis has another one. Teams with the same grid share what was found.
 * @returns whether there was one to measure
 */
export const measureNextGrid = async (
  catalogue: Catalogue,
  analyst: Analyst,
  cancellation: { readonly signal: AbortSignal },
): Promise<boolean> => {
  const { sql } = catalogue
  const wanted = await claimUnmeasured(sql, analyst.spec)
  if (wanted === null) return false
  try {
    await measure(catalogue, analyst, { wanted, cancellation })
  } catch (error) {
    // Neither a storage that is away nor a worker that is told to end says anything of the track.
    const { code, detail } = toErrorReport(error)
    if (isOfStorage(error) || isPassing(error) || cancellation.signal.aborted) await putOffGrid(sql, wanted)
    else await failGrid(sql, wanted, { code, detail })
    throw error
  }
  return true
}
