import { realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import type { Root } from '../../platform/store/root-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { liesWithin } from '../kit/library-place.ts'
import { typedFolder } from './typed-folder.ts'

/** @param folder as a person types or pastes it @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER, ROOT_NOT_ALLOWED */
export const addRoot = async (store: Store, folder: string): Promise<Root> => {
  const path = typedFolder(folder)
  const status = await stat(path).catch(() => null)
  if (status === null) throw new UserError('ROOT_NOT_FOUND', `${path} does not exist or cannot be reached.`)
  if (!status.isDirectory()) throw new UserError('ROOT_NOT_A_FOLDER', `${path} is a file.`)
  if (liesWithin([await realpath(store.directory.path)], await realpath(path)))
    throw new UserError('ROOT_NOT_ALLOWED', `${path} is the data directory, or lies in it.`)
  return store.roots.add(path)
}

/** @param reference id or path of the root @throws ROOT_NOT_FOUND */
export const removeRoot = (store: Store, reference: string): Root => {
  const roots = store.roots.list()
  const root =
    roots.find(({ path }) => path === resolve(reference)) ?? roots.find(({ id }) => String(id) === reference) ?? null
  if (root === null) throw new UserError('ROOT_NOT_FOUND', `${reference} is no folder of the library.`)
  store.roots.remove(root.id)
  return root
}
