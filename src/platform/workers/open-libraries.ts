import { statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { ForeignWarning } from '../../core/interop/libraries/foreign-library.ts'
import { isLibraryDatabaseName } from '../../core/interop/libraries/library-database-formats.ts'
import { type LibraryFolder, splitByHome } from '../../core/interop/libraries/library-folder.ts'
import { LIBRARY_FOLDER_FORMATS } from '../../core/interop/libraries/library-folder-formats.ts'
import type { LibraryFormatName } from '../../core/interop/libraries/library-format.ts'
import { LIBRARY_FORMATS } from '../../core/interop/libraries/library-formats.ts'
import { joinPlaylists } from '../../core/interop/libraries/m3u/join-playlists.ts'
import { createWarningTally, type WarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { UserError } from '../../core/support/user-error.ts'
import { readerOf } from '../decoding/audio-formats.ts'
import { openLibraryDatabase } from '../store/foreign-database.ts'
import { FileRefusal, readHead, readingFailure, readRegularFile, withFileBytes } from '../store/regular-file.ts'
import { listFiles } from './list-files.ts'
import { type PackedLibrary, packLibrary, readPacked, unpackLibrary } from './packed-library.ts'

/** A library of another program that was found, with what it holds. */
export type OpenedLibrary = {
  readonly format: LibraryFormatName
  /** As people call it: "Traktor NML". */
  readonly title: string
  /** The file, or the folder of a library of several files. */
  readonly source: string
  /** What paths that count from a library or a drive count from. */
  readonly folder: string
  /** Files below the folder, where it was looked through. */
  readonly names: readonly string[]
  readonly library: PackedLibrary
}

/** 20,000 tracks are about 15 MB. */
const MOST_FILE_BYTES = 1 << 30
/** In a folder only files of these names can be libraries; music folders hold other XML. */
const FILE_DEPTH = 4

const nothingFound = (path: string): UserError =>
  new UserError('FOREIGN_LIBRARY_NOT_FOUND', `${path} holds no library of a DJ program that Algiers reads.`)

const DATABASE_HEAD = 'SQLite format 3\0'

const isDatabase = (path: string): boolean => readHead(path, DATABASE_HEAD.length).toString('latin1') === DATABASE_HEAD

const openDatabase = async (path: string, format: LibraryFormatName | null): Promise<OpenedLibrary | null> => {
  const found = await openLibraryDatabase(path)
  if (found === null || (format !== null && found.format !== format)) return null
  return { ...found, library: packLibrary(found.library), source: path, folder: dirname(path), names: [] }
}

const openFile = async (path: string, format: LibraryFormatName | null): Promise<OpenedLibrary | null> => {
  const status = statSync(path)
  if (!status.isFile()) throw new UserError('IMPORT_MALFORMED', `${basename(path)} is a folder, device or pipe.`)
  if (status.size > MOST_FILE_BYTES)
    throw new UserError('IMPORT_MALFORMED', `${basename(path)} is larger than a library can be.`)
  if (isDatabase(path)) return openDatabase(path, format)
  return withFileBytes(path, MOST_FILE_BYTES, (bytes) => {
    const file = { name: path.replaceAll('\\', '/'), bytes }
    const found = LIBRARY_FORMATS.find((one) => (format === null ? one.sniff(file) : one.name === format))
    if (found === undefined) return null
    const { name, title } = found
    return { format: name, title, source: path, folder: dirname(path), names: [], library: readPacked(found, file) }
  })
}

/** What cannot be opened, with its name: a person cannot do without. @throws IMPORT_MALFORMED */
const opening = async <Opened>(path: string, open: () => Opened | Promise<Opened>): Promise<Opened> => {
  try {
    return await open()
  } catch (error) {
    const isOfSystem = error instanceof FileRefusal || (error instanceof Error && 'syscall' in error)
    if (!isOfSystem) throw error
    throw new UserError('IMPORT_MALFORMED', `${basename(path)} ${readingFailure(error)}.`, {}, error)
  }
}

/** A library of several files that lies in a folder. */
type FoundInFolder = { readonly source: string; readonly open: () => OpenedLibrary }

const findInFolder = (
  top: string,
  allNames: readonly string[],
  format: LibraryFormatName | null,
): readonly FoundInFolder[] =>
  LIBRARY_FOLDER_FORMATS.filter((one) => (format === null ? one.sniff(allNames) : one.name === format)).flatMap((one) =>
    [...splitByHome(allNames, one)]
      .map(([home, names]) => ({ home, names: names.map((name) => name.slice(home.length)) }))
      .filter(({ home, names }) => one.sniff(names) || home !== '' || format !== null)
      .map(({ home, names }): FoundInFolder => {
        const folder = join(top, home.replace(/\/$/, ''))
        const open = (): OpenedLibrary => {
          const { warnings, files } = readingFrom(folder, names)
          const library = one.parse(files)
          const told = packLibrary({ ...library, warnings: [...library.warnings, ...warnings.list()] })
          return { format: one.name, title: one.title, source: folder, folder, names, library: told }
        }
        return { source: folder, open }
      }),
  )

const readingFrom = (
  folder: string,
  names: readonly string[],
): { readonly files: LibraryFolder; readonly warnings: WarningTally } => {
  const warnings = createWarningTally()
  const read = (name: string): Uint8Array | null => {
    try {
      return new Uint8Array(readRegularFile(join(folder, name), MOST_FILE_BYTES))
    } catch (error) {
      warnings.add(`A file ${readingFailure(error)}: it is left out.`, name)
      return null
    }
  }
  return { files: { names, read }, warnings }
}

const isPlaylist = ({ format }: OpenedLibrary): boolean => format === 'm3u'

const withPlaylistsJoined = (folder: string, opened: readonly OpenedLibrary[]): readonly OpenedLibrary[] => {
  const [first, ...others] = opened.filter(isPlaylist)
  if (first === undefined) return opened
  const lists = [first, ...others].map((one) => ({ folder: one.folder, library: unpackLibrary(one.library) }))
  const library = packLibrary(joinPlaylists(lists))
  const source = others.length === 0 ? first.source : folder
  return [...opened.filter((one) => !isPlaylist(one)), { ...first, source, library }]
}

/** What a library in one file may be called; whether it is one, its contents tell. */
const EXTENSIONS: ReadonlySet<string> = new Set([
  ...LIBRARY_FORMATS.flatMap(({ extensions }) => extensions),
  '.db',
  '.sqlite',
])

/** What was passed over in a folder is told with the first library that it holds. */
const withRemarks = (
  opened: readonly OpenedLibrary[],
  remarks: readonly ForeignWarning[],
): readonly OpenedLibrary[] => {
  const telling = opened.find(({ library: { counts } }) => counts.tracks + counts.playlists > 0) ?? opened[0]
  return opened.map((one) =>
    one === telling ? { ...one, library: { ...one.library, warnings: [...one.library.warnings, ...remarks] } } : one,
  )
}

/** What a folder holds: libraries of several files, and single files; one that cannot be read does not hide the others. */
const lookIntoFolder = async (
  folder: string,
  format: LibraryFormatName | null,
  signal: AbortSignal,
): Promise<readonly OpenedLibrary[]> => {
  const warnings = createWarningTally()
  const names = await listFiles(folder, warnings, signal)
  const opened: OpenedLibrary[] = []
  let refused: UserError | null = null
  const attempt = async (path: string, open: () => OpenedLibrary | Promise<OpenedLibrary | null>): Promise<void> => {
    signal.throwIfAborted()
    try {
      const found = await opening(path, open)
      if (found !== null && (format === null || found.format === format)) opened.push(found)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      refused ??= error
      warnings.add(`A library cannot be read and is left out: ${error.message}`, path)
    }
  }
  for (const { source, open } of findInFolder(folder, names, format)) await attempt(source, open)
  const isLibraryFile = (name: string): boolean =>
    EXTENSIONS.has(extname(name).toLowerCase()) && name.split('/').length <= FILE_DEPTH
  // A format that is asked for chooses among what is recognised; it does not make a library of every file.
  for (const name of names.filter((one) => isLibraryDatabaseName(one) || isLibraryFile(one)))
    await attempt(join(folder, name), () => openFile(join(folder, name), null))
  if (opened.length === 0 && refused !== null) throw refused
  const isOfTags = opened.length === 0 && (format === null || format === 'serato')
  return withRemarks(
    isOfTags ? taggedFiles(folder, folder, names) : withPlaylistsJoined(folder, opened),
    warnings.list(),
  )
}

/** No library, but files whose tags may hold what Serato knows of them. */
const taggedFiles = (source: string, folder: string, names: readonly string[]): readonly OpenedLibrary[] => {
  const library = packLibrary({ program: 'Serato', version: null, tracks: [], playlists: [], warnings: [] })
  return [{ format: 'serato', title: 'Serato tags', source, folder, names, library }]
}

/**
 * Looks through a file, a folder or a drive. @param format only this one; null: whatever is recognised
 * @returns the libraries that it holds; for a track, or a folder without any library, one without tracks, where tags may hold cues
 * @throws UserError FOREIGN_LIBRARY_NOT_FOUND, IMPORT_MALFORMED
 */
export const openLibraries = async (
  path: string,
  format: LibraryFormatName | null,
  signal: AbortSignal,
): Promise<readonly OpenedLibrary[]> => {
  // No system has such a name, and Node throws for it.
  if (path.includes('\0')) throw new UserError('FOREIGN_LIBRARY_NOT_FOUND', 'No file or folder has a NUL in its name.')
  const stats = await opening(path, () => statSync(path, { throwIfNoEntry: false }))
  if (stats === undefined) throw new UserError('FOREIGN_LIBRARY_NOT_FOUND', `There is no file or folder ${path}.`)
  if (stats.isDirectory()) return lookIntoFolder(path, format, signal)
  if ((format === null || format === 'serato') && stats.isFile() && readerOf(path) !== null)
    return taggedFiles(path, dirname(path), [basename(path)])
  const single = await opening(path, () => openFile(path, format))
  if (single !== null) return [single]
  const inFolder = findInFolder(dirname(path), [basename(path)], format)
  if (inFolder.length === 0) throw nothingFound(path)
  return inFolder.map(({ open }) => open())
}
