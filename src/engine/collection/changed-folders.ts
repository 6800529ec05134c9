import { isAbsolute, relative, sep } from 'node:path'
import { isPassedBy } from './list-tree.ts'

/** More are looked at as the whole root, since a job is kept with the names of its folders. */
const MOST_FOLDERS = 200

/**
 * The folders of a root to look at after changes: those that hold what changed, relative to the root; '' is all of it.
 * @param places the root as it is named, and with links resolved: a watcher may tell either
 * @param paths absolute
 */
export const changedFolders = (places: readonly string[], paths: readonly string[]): readonly string[] => {
  const folders = new Set<string>()
  for (const path of paths) {
    const ways = places.map((place) => relative(place, path)).filter((way) => !way.startsWith('..') && !isAbsolute(way))
    const names = ways[0]?.split(sep)
    if (names === undefined || names[0] === '') folders.add('')
    else if (!names.some(isPassedBy)) folders.add(names.slice(0, -1).join('/'))
  }
  return folders.has('') || folders.size > MOST_FOLDERS ? [''] : [...folders]
}
