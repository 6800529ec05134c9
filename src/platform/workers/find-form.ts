import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { formInput } from '../../core/sections/form-input.ts'
import type { TrackForm } from '../../core/sections/track-form.ts'
import type { Provider } from '../../core/tags/provider.ts'
import { type FormNetwork, openForm } from '../inference/open-form.ts'
import { SHIPPED_FORM } from '../inference/shipped-form.ts'
import type { TaskContext } from './task-context.ts'

export type FindFormInput = { readonly features: FeatureMatrix; readonly grid: BeatGrid }

/** Stays open, since a library has thousands of tracks. */
let opened: Promise<FormNetwork> | null = null

const networkOfThread = (): Promise<FormNetwork> => {
  if (opened) return opened
  const opening = openForm(SHIPPED_FORM)
  opened = opening
  opening.catch(() => {
    opened = null
  })
  return opening
}

/** Finds out what the shipped network of form runs on. @throws as `openForm` */
export const proveForm = async (): Promise<Provider> => (await networkOfThread()).provider

/** Asks the shipped network of form about a track. @throws as `openForm` */
export const findForm = async (
  { features, grid }: FindFormInput,
  { signal }: TaskContext<never>,
): Promise<TrackForm> => {
  const network = await networkOfThread()
  signal.throwIfAborted()
  return network.find(formInput(features, grid))
}
