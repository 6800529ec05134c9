import type { ForeignLibrary } from './foreign-library.ts'
import type { LibraryFormatName } from './library-format.ts'

/** A folder or a drive on which a library lies in several files. Each is read when a reader asks for it, and let go after. */
export type LibraryFolder = {
  /** Paths of the files from the folder on, with forward slashes. */
  readonly names: readonly string[]
  /** @returns null where there is no such file, or none that can be read */
  readonly read: (name: string) => Uint8Array | null
}

/** How a library of several files is recognised by their names, and read. */
export type LibraryFolderFormat = {
  readonly name: LibraryFormatName
  readonly title: string
  readonly sniff: (names: readonly string[]) => boolean
  /** The folder that a library begins in, where this file leads it, with a slash at its end; only where a folder may hold several that have nothing to do with each other. */
  readonly homeOf?: (name: string) => string | null
  /** @throws UserError IMPORT_MALFORMED where the file that leads to the others cannot be read; what is only odd becomes a warning */
  readonly parse: (folder: LibraryFolder) => ForeignLibrary
}

/** The files of each library, by the folder that it begins in: the innermost that a file lies in. What lies in none is by itself, under ''. */
export const splitByHome = (
  names: readonly string[],
  { homeOf = () => null }: Pick<LibraryFolderFormat, 'homeOf'>,
): ReadonlyMap<string, readonly string[]> => {
  const homes = [...new Set(names.flatMap((name) => homeOf(name) ?? []))].toSorted((a, b) => b.length - a.length)
  return Map.groupBy(names, (name) => homes.find((home) => name.startsWith(home)) ?? '')
}

/** Drives are written where names differ in case for nobody, and read where they may. */
export const findNames = (names: readonly string[]): ((name: string) => string | null) => {
  const found = new Map(names.map((name) => [foldName(name), name]))
  return (name) => found.get(foldName(name)) ?? null
}

const foldName = (name: string): string => name.normalize('NFC').toLowerCase()
