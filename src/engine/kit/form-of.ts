import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { decodeForm, encodeForm, type TrackForm } from '../../core/sections/track-form.ts'
import { UserError } from '../../core/support/user-error.ts'
import { shippedFormDigest } from '../../platform/inference/shipped-form.ts'
import type { FeatureKey } from '../../platform/store/feature-cache.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import type { Workspace } from './workspace.ts'

type Analysed = { readonly features: FeatureMatrix; readonly grid: BeatGrid }
type Cancellation = { readonly signal?: AbortSignal }

/** What the form of a track is kept under: it holds for these features and the shipped network. */
export const formKey = ({ audioDigest, gridDigest, featureSpecDigest }: FeatureKey): string =>
  [audioDigest, gridDigest, featureSpecDigest, shippedFormDigest()].join('\n')

/** What is wrong lies with the network, not with the track: sections are then told by the model alone. */
const OF_THE_NETWORK: readonly string[] = [
  'MODEL_NOT_FOUND',
  'MODEL_CORRUPT',
  'INCOMPATIBLE_MODEL',
  'INFERENCE_UNAVAILABLE',
]

/** @returns null where the network of form cannot be asked */
export const askForm = async (
  pool: TaskRunner,
  analysed: Analysed,
  cancellation: Cancellation,
): Promise<TrackForm | null> => {
  try {
    return await pool.run('findForm', analysed, cancellation)
  } catch (error) {
    cancellation.signal?.throwIfAborted()
    if (error instanceof UserError && OF_THE_NETWORK.includes(error.code)) return null
    throw error
  }
}

/** The form of a track from the cache, or else made now and kept. @returns as `askForm` */
export const formOf = async (
  { store, pool }: Pick<Workspace, 'store' | 'pool'>,
  { key, ...analysed }: Analysed & { readonly key: FeatureKey },
  cancellation: Cancellation,
): Promise<TrackForm | null> => {
  const kept = store.forms.read(formKey(key))
  const known = kept && decodeForm(kept, analysed.features.beats)
  if (known) return known
  const form = await askForm(pool, analysed, cancellation)
  if (form !== null) store.forms.write(formKey(key), encodeForm(form))
  return form
}
