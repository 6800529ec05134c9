import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import type { BroughtLibrary } from '../../platform/catalogue/library-rows.ts'
import { createDataDirectory, dataDirectoryAt } from '../../platform/store/data-directory.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import type { Catalogue } from './catalogue.ts'
import { takeParcel } from './library-parcel.ts'

/** A library as it was when it was last brought in: what is the same there and on one side now was changed on the other. */
export type EarlierLibrary = { readonly brought: BroughtLibrary; readonly store: Store }

/**
 * Lends a library as it was last brought in.
 * @param use gets null where it was not, or where parts of it are lost: then nobody knows who has changed what
 */
export const withEarlier = async <Result>(
  { objects }: Pick<Catalogue, 'objects'>,
  brought: BroughtLibrary | null,
  use: (earlier: EarlierLibrary | null) => Promise<Result>,
): Promise<Result> => {
  if (brought === null) return use(null)
  const folder = await mkdtemp(join(tmpdir(), 'algiers-earlier-'))
  try {
    createDataDirectory(folder)
    try {
      await takeParcel(objects, brought.parts, dataDirectoryAt(folder).database)
    } catch (error) {
      if (error instanceof UserError && error.code === 'STORAGE_UNREACHABLE') return await use(null)
      throw error
    }
    const store = openStore(folder)
    try {
      return await use({ brought, store })
    } finally {
      store.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
