/** What a browser tells of a dropped folder: its name and the names in it, but not where it lies. */
export type DroppedFolder = {
  readonly name: string
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

type Listing = {
  readonly path: string
  readonly folders: readonly { readonly name: string; readonly path: string }[]
  readonly audio_names: readonly string[]
}

export type Candidate = {
  readonly path: string
  /** Of its folders and audio files, and how many of them were dropped too. */
  readonly inside: number
  readonly shared: number
  /** Everything in it was dropped, and no other folder was. */
  readonly isSureMatch: boolean
}

/** How many folders are looked into; each is a question to the server. */
const MOST_LISTINGS = 60
/** Below each usual place: the place itself, what is in it, and one more. */
const MOST_DEPTH = 2

const compare = (dropped: DroppedFolder, path: string, listing: Listing | null): Candidate => {
  const folders = listing?.folders.map(({ name }) => name) ?? []
  const names = [...folders, ...(listing?.audio_names ?? [])]
  const told = new Set([...dropped.folders, ...dropped.files])
  const shared = names.filter((name) => told.has(name)).length
  const isSureMatch = shared > 0 && shared === names.length && folders.length === dropped.folders.length
  return { path, inside: names.length, shared, isSureMatch }
}

const shareOf = ({ inside, shared }: Candidate): number => shared / Math.max(1, inside)

/**
 * Looks for folders of the dropped name, from the usual places downwards.
 * @param list asks for the folders in a folder; null where it cannot be read
 * @returns those first whose contents are most like what was dropped
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
          found.set(folder.path, compare(dropped, folder.path, await list(folder.path)))
        }
        below.push(folder.path)
      }
    }
    level = below
  }
  return [...found.values()].sort(
    (one, other) => Number(other.isSureMatch) - Number(one.isSureMatch) || shareOf(other) - shareOf(one),
  )
}
