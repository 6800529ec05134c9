/** A file as the file system shows it; `path` is relative to the root, with `/`. */
export type FoundFile = { readonly path: string; readonly sizeBytes: number; readonly modifiedMs: number }

/** A file as an earlier scan recorded it. */
export type KnownFile = FoundFile & { readonly missing: boolean }

export type ScanPlan = {
  /** New, changed or returned with another size or time: the audio has to be read to know which track it is. */
  readonly toIdentify: readonly FoundFile[]
  /** The same path, size and time as before but marked missing: it came back. */
  readonly returned: readonly FoundFile[]
  /** Known and not found any more. */
  readonly vanished: readonly KnownFile[]
  readonly unchangedCount: number
}

const isSameFile = (a: FoundFile, b: FoundFile): boolean => a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs

/** What a scan has to do, from what is on the disk and what was there before. Size, time and path decide whether to read. */
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
