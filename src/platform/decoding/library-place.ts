import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'

/** Resolves the links in the paths of folders; a folder that cannot be reached is left out. */
export const realFolders = async (roots: readonly { readonly path: string }[]): Promise<readonly string[]> => {
  const found = await Promise.all(roots.map(({ path }) => realpath(path).catch(() => null)))
  return found.filter((path) => path !== null)
}

/** Compares whole names, so `/music-private` does not lie in `/music`. @param path resolved, as the folders are */
export const liesWithin = (folders: readonly string[], path: string): boolean =>
  folders.some((folder) => {
    const way = relative(folder, path)
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  })
