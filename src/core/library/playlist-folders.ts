/** Folders of playlists by the names that lead to them, the outermost first. */
export type FolderPath = readonly string[]

export const folderKey = (path: FolderPath): string => JSON.stringify(path)

export const isWithin = (path: FolderPath, folder: FolderPath): boolean =>
  folder.length <= path.length && folder.every((name, at) => path[at] === name)

/** A path after its folder has moved; others stay. */
export const movedPath = (path: FolderPath, from: FolderPath, to: FolderPath): FolderPath =>
  isWithin(path, from) ? [...to, ...path.slice(from.length)] : path

/** Every folder that leads to one, the outermost first, and itself. */
export const leadingFolders = (path: FolderPath): readonly FolderPath[] => path.map((_, at) => path.slice(0, at + 1))
