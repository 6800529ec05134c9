/** A file as the file system shows it; `path` is relative to the root, with `/`. */
export type FoundFile = { readonly path: string; readonly sizeBytes: number; readonly modifiedMs: number }

/** A file as an earlier scan recorded it. */
export type KnownFile = FoundFile & { readonly missing: boolean }

export type ScanPlan = {
  /** New, changed or returned with another size or time: only reading the audio tells which track it is. */
  readonly toIdentify: readonly FoundFile[]
  /** Marked missing, and back with the same path, size and time. */
  readonly returned: readonly FoundFile[]
  /** Known, but no longer found. */
  readonly vanished: readonly KnownFile[]
  readonly unchangedCount: number
}

const isSameFile = (a: FoundFile, b: FoundFile): boolean => a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs

/** Works out what a scan has to do from what is on the disk and what was there before. Path, size and time decide what to read. */
export const planScan = (found: readonly FoundFile[], known: readonly KnownFile[]): ScanPlan => {
  const knownByPath = new Map(known.map((file) => [file.path, file]))
  const foundPaths = new Set(found.map((file) => file.path))
  const isUnchanged = (file: FoundFile): boolean => {
    const before = knownByPath.get(file.path)
    return before !== undefined && isSameFile(before, file)
  }
  const unchanged = found.filter(isUnchanged)
  return {
    toIdentify: found.filter((file) => !isUnchanged(file)),
    returned: unchanged.filter((file) => knownByPath.get(file.path)!.missing),
    vanished: known.filter((file) => !foundPaths.has(file.path) && !file.missing),
    unchangedCount: unchanged.length,
  }
}
