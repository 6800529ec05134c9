import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'

/** Where the folders of the library really lie; one that cannot be reached holds nothing. */
export const realFolders = async (roots: readonly { readonly path: string }[]): Promise<readonly string[]> => {
  const found = await Promise.all(roots.map(({ path }) => realpath(path).catch(() => null)))
  return found.filter((path) => path !== null)
}

/** By whole names: `/music-private` does not lie in `/music`. @param path real, as the folders are */
export const liesWithin = (folders: readonly string[], path: string): boolean =>
  folders.some((folder) => {
    const way = relative(folder, path)
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  })
