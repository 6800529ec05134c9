/** What a browser tells of a dropped folder: its name and the names in it, but not where it lies. */
export type DroppedFolder = { readonly name: string; readonly folders: readonly string[] }

type Listing = {
  readonly path: string
  readonly folders: readonly { readonly name: string; readonly path: string }[]
}

export type Candidate = { readonly path: string; readonly isSureMatch: boolean }

/** How many folders are looked into; each is a question to the server. */
const MOST_LISTINGS = 60
/** Below each usual place: the place itself, what is in it, and one more. */
const MOST_DEPTH = 2

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name))

/**
 * Looks for folders of the dropped name, from the usual places downwards.
 * @param list asks for the folders in a folder; null where it cannot be read
 * @returns those with the same folders inside first
 */
export const findDropped = async (
  dropped: DroppedFolder,
  places: readonly string[],
  list: (path: string) => Promise<Listing | null>,
): Promise<readonly Candidate[]> => {
  const found = new Map<string, Candidate>()
  const seen = new Set<string>()
  let level = [...new Set(places)]
  for (let depth = 0; depth <= MOST_DEPTH; depth++) {
    const below: string[] = []
    for (const path of level) {
      if (seen.has(path) || seen.size >= MOST_LISTINGS) continue
      seen.add(path)
      const listing = await list(path)
      for (const folder of listing?.folders ?? []) {
        if (folder.name === dropped.name && !found.has(folder.path)) {
          const inside = await list(folder.path)
          const names = inside?.folders.map(({ name }) => name) ?? []
          found.set(folder.path, { path: folder.path, isSureMatch: sameNames(names, dropped.folders) })
        }
        below.push(folder.path)
      }
    }
    level = below
  }
  return [...found.values()].sort((one, other) => Number(other.isSureMatch) - Number(one.isSureMatch))
}
