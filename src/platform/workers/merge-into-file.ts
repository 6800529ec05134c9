import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { exportOffset, movedTrack } from '../../core/interop/libraries/export-offset.ts'
import type { ExportedLibrary, ExportedTrack } from '../../core/interop/libraries/exported-library.ts'
import type { ForeignGrid, ForeignTrack } from '../../core/interop/libraries/foreign-library.ts'
import { pathKey } from '../../core/interop/libraries/foreign-paths.ts'
import type { LibraryFile, LibraryFormat } from '../../core/interop/libraries/library-format.ts'
import type { LibraryMerge, MergeMode, MovedMerge } from '../../core/interop/libraries/merge-cues.ts'
import { mergeRekordboxXml } from '../../core/interop/libraries/rekordbox/merge-rekordbox-xml.ts'
import { rekordboxXml } from '../../core/interop/libraries/rekordbox/rekordbox-xml.ts'
import { keyInTraktor, mergeTraktorNml } from '../../core/interop/libraries/traktor/merge-traktor-nml.ts'
import { traktorNml } from '../../core/interop/libraries/traktor/traktor-nml.ts'
import {
  isMergedLibrary,
  type LibraryFileName,
  type MergedLibraryName,
  WRITTEN_LIBRARIES,
} from '../../core/interop/libraries/written-library-traits.ts'
import { UserError } from '../../core/support/user-error.ts'
import { FileRefusal, readingFailure, readRegularFile } from '../store/regular-file.ts'

type Merging = {
  readonly reader: LibraryFormat
  readonly merge: typeof mergeRekordboxXml
  /** By which `merge` finds a track of ours among theirs. */
  readonly keyOfTheirs: (track: ForeignTrack) => string
  readonly keyOfOurs: (track: ExportedTrack) => string
}

const MERGES: Readonly<Record<MergedLibraryName, Merging>> = {
  'rekordbox-xml': {
    reader: rekordboxXml,
    merge: mergeRekordboxXml,
    keyOfTheirs: ({ location }) => pathKey(location.path ?? ''),
    keyOfOurs: ({ path }) => pathKey(path),
  },
  'traktor-nml': {
    reader: traktorNml,
    merge: mergeTraktorNml,
    keyOfTheirs: ({ key }) => pathKey(key),
    keyOfOurs: keyInTraktor,
  },
}

/** As much as a text can hold. */
const MOST_BYTES = 512 * 1024 * 1024

export type MergeInput = {
  /** Of the file, which is not changed itself. */
  readonly path: string
  readonly mode: MergeMode
}

type MergedFile = Omit<LibraryMerge, 'changes'> & { readonly changes: readonly MovedMerge[] }

/** @throws IMPORT_MALFORMED */
const decoded = (path: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new UserError('IMPORT_MALFORMED', `${path} is not in UTF-8.`, {}, error)
  }
}

/** At the times at which the program hears our tracks. */
const mergeText = (
  { tracks, playlists }: ExportedLibrary,
  grids: readonly (BeatGrid | null)[],
  { text, file }: { readonly text: string; readonly file: LibraryFile },
  { format, mode }: { readonly format: MergedLibraryName; readonly mode: MergeMode },
): MergedFile => {
  const { reader, merge, keyOfTheirs, keyOfOurs } = MERGES[format]
  const theirGrids = new Map<string, ForeignGrid>()
  reader.read(file, (track) => {
    const key = keyOfTheirs(track)
    if (track.grid !== null && !theirGrids.has(key)) theirGrids.set(key, track.grid)
  })
  const offsets = tracks.map((track, at) => {
    const [theirs, own] = [theirGrids.get(keyOfOurs(track)), grids[at] ?? null]
    return theirs === undefined || own === null ? 0 : exportOffset(track, theirs, own)
  })
  const moved = tracks.map((track, at) => movedTrack(track, offsets[at]!))
  const { changes, ...merged } = merge(text, { tracks: moved, playlists }, mode)
  return { ...merged, changes: changes.map(({ at, ...change }) => ({ ...change, movedSeconds: offsets[at]! })) }
}

/** @throws FOREIGN_LIBRARY_NOT_FOUND, IMPORT_MALFORMED, AUDIO_UNREADABLE */
const readWhole = (path: string): Buffer => {
  try {
    return readRegularFile(path, MOST_BYTES)
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const code = isMissing ? 'FOREIGN_LIBRARY_NOT_FOUND' : 'AUDIO_UNREADABLE'
    const refused = error instanceof FileRefusal ? 'IMPORT_MALFORMED' : code
    throw new UserError(refused, `${path}: ${readingFailure(error)}.`, {}, error)
  }
}

/**
 * Our cues in a copy of a file of the program.
 * @param grids ours, of each track
 * @throws FORMAT_UNKNOWN, FOREIGN_LIBRARY_NOT_FOUND, IMPORT_MALFORMED, AUDIO_UNREADABLE
 */
export const mergeIntoFile = (
  { path, mode }: MergeInput,
  format: LibraryFileName,
  library: ExportedLibrary,
  grids: readonly (BeatGrid | null)[],
): MergedFile => {
  if (!isMergedLibrary(format))
    throw new UserError('FORMAT_UNKNOWN', `${WRITTEN_LIBRARIES[format].title} cannot be added to a file.`)
  const bytes = readWhole(path)
  const file = { name: path.replaceAll('\\', '/'), bytes }
  return mergeText(library, grids, { text: decoded(path, bytes), file }, { format, mode })
}
