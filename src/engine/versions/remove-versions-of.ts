import { UserError } from '../../core/support/user-error.ts'
import type { Workspace } from '../kit/workspace.ts'
import { BASE_MODEL_VERSION, shippedCard } from './base-model.ts'
import { type ModelCard, parseModelCard } from './model-card.ts'
import { activateModel, deleteModel } from './model-operations.ts'

export type RemovedVersions = {
  readonly removed: readonly number[]
  /** Whether one of them was active, so that the version that ships is active now. */
  readonly fellBack: boolean
}

const cardOf = ({ store }: Workspace, version: number): ModelCard | null => {
  try {
    return parseModelCard(store.models.summary(version))
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

/**
 * Deletes the versions that were trained here on nothing but these tracks, since they tell nothing about any other
 * music of this library. Where one of them is active, the version that ships takes its place.
 * @param audioDigests of the tracks
 */
export const removeVersionsOf = (workspace: Workspace, audioDigests: ReadonlySet<string>): RemovedVersions => {
  const { store, emit } = workspace
  const removed = store.models.versions().filter((version) => {
    const card = cardOf(workspace, version)
    if (card === null || card.imported !== null || card.lineage.tracks.length === 0) return false
    return card.lineage.tracks.every(({ audioDigest }) => audioDigests.has(audioDigest))
  })
  const fellBack = removed.some((version) => version === store.models.activeVersion())
  if (fellBack) {
    if (shippedCard() !== null) activateModel(store, BASE_MODEL_VERSION)
    else store.models.deactivate()
    emit({ type: 'models', change: 'activated', version: BASE_MODEL_VERSION })
  }
  for (const version of removed) {
    deleteModel(store, version)
    emit({ type: 'models', change: 'deleted', version })
  }
  return { removed, fellBack }
}
