import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../core/support/user-error.ts'
import { forgetTracks } from '../engine/collection/forget-tracks.ts'
import type { Workspace } from '../engine/kit/workspace.ts'
import { type RemovedVersions, removeVersionsOf } from '../engine/versions/remove-versions-of.ts'
import type { Root } from '../platform/store/root-store.ts'

/** Where the demo library lies. */
export const demoFolder = ({ store }: Workspace): string => join(store.directory.path, 'demo')

export const findDemoRoot = (workspace: Workspace): Root | null =>
  workspace.store.roots.list().find(({ path }) => path === demoFolder(workspace)) ?? null

/**
 * Takes away the demo tracks with everything made of them, labels and the versions that learnt from nothing else
 * included, since they are nobody's music.
 * @throws ROOT_NOT_FOUND
 */
export const removeDemo = async (workspace: Workspace): Promise<RemovedVersions> => {
  const root = findDemoRoot(workspace)
  if (root === null) throw new UserError('ROOT_NOT_FOUND', 'There is no demo library.')
  const { store } = workspace
  const onlyHere = store.presence.idsOnlyIn(root.id)
  const digests = new Set(onlyHere.flatMap((id) => store.tracks.get(id)?.audioDigest ?? []))
  await forgetTracks(store, onlyHere, { withWork: true })
  store.roots.remove(root.id)
  workspace.emit({ type: 'roots' })
  if (onlyHere.length > 0) workspace.emit({ type: 'labels', trackIds: onlyHere })
  const versions = removeVersionsOf(workspace, digests)
  await rm(root.path, { recursive: true, force: true })
  return versions
}
