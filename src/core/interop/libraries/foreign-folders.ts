/** Folders around playlists, as programs nest them: a ring of folders ends where it closes, and of a chain without end the innermost count. */
import type { WarningTally } from './warning-tally.ts'

export const MOST_FOLDERS = 64

/** @param place the playlist that lies in more folders than are kept */
export const tellOfDepth = (warnings: WarningTally, place: string): void =>
  warnings.add(`A playlist lies in more than ${MOST_FOLDERS} folders: the outermost are left out.`, place)

/** Of the nodes around a list, outermost first, those that count: of a hostile chain the rest would be copied for every list in it. */
export const innermost = <Node>(nodes: readonly Node[]): readonly Node[] => nodes.slice(-(MOST_FOLDERS + 2))

/** @param folders outermost first, around the list of this name */
export const keptFolders = (folders: readonly string[], list: string, warnings: WarningTally): readonly string[] => {
  if (folders.length > MOST_FOLDERS) tellOfDepth(warnings, list)
  return folders.slice(-MOST_FOLDERS)
}

/** Names of the folders around a node, outermost first. */
export const foldersAround = <Node extends { readonly name: string }>(
  node: Node,
  parentOf: (node: Node) => Node | undefined,
  warnings: WarningTally,
): readonly string[] => {
  const around = new Set<Node>()
  let at = parentOf(node)
  while (at !== undefined && at !== node && around.size <= MOST_FOLDERS && !around.has(at)) {
    around.add(at)
    at = parentOf(at)
  }
  const names = [...around].map(({ name }) => name).toReversed()
  return keptFolders(names, node.name, warnings)
}
