/** Folders around playlists, as programs nest them: a ring of folders ends where it closes, and of a chain without end the innermost count. */

const MOST_FOLDERS = 64

/** @param folders outermost first */
export const keptFolders = <Folder>(folders: readonly Folder[]): readonly Folder[] => folders.slice(-MOST_FOLDERS)

/** Names of the folders around a node, outermost first. */
export const foldersAround = <Node extends { readonly name: string }>(
  node: Node,
  parentOf: (node: Node) => Node | undefined,
): readonly string[] => {
  const around: Node[] = []
  let at = parentOf(node)
  while (at !== undefined && at !== node && around.length < MOST_FOLDERS && !around.includes(at)) {
    around.push(at)
    at = parentOf(at)
  }
  return around.map(({ name }) => name).toReversed()
}
