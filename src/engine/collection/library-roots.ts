import { realpath, stat } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { liesWithin } from '../../platform/decoding/library-place.ts'
import type { Root } from '../../platform/store/root-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { forgetTracks } from './forget-tracks.ts'
import { ownWorkOf, workedOn } from './own-work.ts'
import { typedFolder } from './typed-folder.ts'

/** @param folder as a person types or pastes it @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER, ROOT_NOT_ALLOWED */
export const addRoot = async (store: Store, folder: string): Promise<Root> => {
  const path = typedFolder(folder)
  const status = await stat(path).catch(() => null)
  if (status === null) throw new UserError('ROOT_NOT_FOUND', `${path} does not exist or cannot be reached.`)
  if (!status.isDirectory()) throw new UserError('ROOT_NOT_A_FOLDER', `${path} is a file.`)
  if (liesWithin([await realpath(store.directory.path)], await realpath(path)))
    throw new UserError('ROOT_NOT_ALLOWED', `${path} is the data directory, or is inside it.`)
  return store.roots.add(path)
}

/** The folder of the library that a place lies in, the innermost where one lies in another; null where none does. */
export const rootOf = (store: Store, place: string): Root | null =>
  store.roots
    .list()
    .filter(({ path }) => liesWithin([path], place))
    .toSorted((a, b) => b.path.length - a.path.length)[0] ?? null

/** A path within a root as it is recorded, with slashes. */
export const relativeIn = (root: Root, path: string): string => relative(root.path, path).split(sep).join('/')

/** What becomes of the tracks of a folder that is taken out of the library. */
export type RootRemoval = {
  readonly root: Root
  /** Tracks that go with it, since nobody has worked on them. */
  readonly going: number
  /** Tracks that somebody has worked on: they are kept as missing ones. */
  readonly kept: number
  /** Labels of the kept tracks. */
  readonly keptLabels: number
  /** Tracks that another folder holds as well: they stay. */
  readonly elsewhere: number
}

/** @param reference id or path of the root, as a person types or pastes it @throws ROOT_NOT_FOUND */
const requireRoot = (store: Store, reference: string): Root => {
  const roots = store.roots.list()
  const root =
    roots.find(({ path }) => path === typedFolder(reference)) ?? roots.find(({ id }) => String(id) === reference)
  if (root === undefined) throw new UserError('ROOT_NOT_FOUND', `${reference} is not a folder of the library.`)
  return root
}

type PlannedRemoval = { readonly removal: RootRemoval; readonly goingIds: readonly number[] }

/** The root itself is as it was found, though others get their turn meanwhile. */
const planRemoval = async (store: Store, root: Root): Promise<PlannedRemoval> => {
  const only = store.presence.idsOnlyIn(root.id)
  const kept = await workedOn(store, only)
  const goingIds = only.filter((id) => !kept.has(id))
  const { labels: keptLabels } = await ownWorkOf(store, [...kept])
  const elsewhere = store.presence.countIn(root.id) - only.length
  return { removal: { root, going: goingIds.length, kept: kept.size, keptLabels, elsewhere }, goingIds }
}

/** What taking a folder out would do. @param reference id or path of the root @throws ROOT_NOT_FOUND */
export const planRootRemoval = async (store: Store, reference: string): Promise<RootRemoval> =>
  (await planRemoval(store, requireRoot(store, reference))).removal

/** @param reference id or path of the root @throws ROOT_NOT_FOUND */
export const removeRoot = async (store: Store, reference: string): Promise<RootRemoval> => {
  const root = requireRoot(store, reference)
  const { removal, goingIds } = await planRemoval(store, root)
  store.roots.remove(root.id)
  // The next start forgets those that are left where this is cut short.
  await forgetTracks(store, goingIds, { withWork: false })
  return removal
}
