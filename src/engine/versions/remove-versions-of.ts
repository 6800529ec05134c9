import type { Workspace } from '../kit/workspace.ts'
import { BASE_MODEL_VERSION, shippedCard } from './base-model.ts'
import { cardOrNull } from './model-card.ts'
import { activateModel, deleteModel } from './model-operations.ts'

export type RemovedVersions = {
  readonly removed: readonly number[]
  /** Whether one of them was active, so that the version that ships is active now. */
  readonly fellBack: boolean
}

/**
 * Deletes the versions that were trained here on nothing but these tracks, since they tell nothing about any other
 * music of this library. Where one of them is active, the version that ships takes its place.
 * @param audioDigests of the tracks
 */
export const removeVersionsOf = (workspace: Workspace, audioDigests: ReadonlySet<string>): RemovedVersions => {
  const { store, emit } = workspace
  const removed = store.models.versions().filter((version) => {
    const card = cardOrNull(store, version)
    if (card === null || card.imported !== null || card.lineage.tracks.length === 0) return false
    return card.lineage.tracks.every(({ audioDigest }) => audioDigests.has(audioDigest))
  })
  const fellBack = removed.some((version) => version === store.models.activeVersion())
  if (fellBack) {
    if (shippedCard() !== null) activateModel(store, BASE_MODEL_VERSION)
    else store.models.deactivate()
    emit({ type: 'models', change: 'activated', version: BASE_MODEL_VERSION })
  }
  for (const { id, activeVersion } of store.scopes.list())
    if (activeVersion !== null && removed.includes(activeVersion)) store.scopes.activate(id, null)
  for (const version of removed) {
    deleteModel(store, version)
    emit({ type: 'models', change: 'deleted', version })
  }
  return { removed, fellBack }
}
