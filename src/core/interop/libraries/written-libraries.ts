import type { ExportedLibrary, ExportedTrack } from './exported-library.ts'
import { fileNameOf, freeNames } from './free-names.ts'
import { writeM3u } from './m3u/write-m3u.ts'
import { writeRekordboxXml } from './rekordbox/write-rekordbox-xml.ts'
import { writeTraktorNml } from './traktor/write-traktor-nml.ts'
import type { LibraryFileName } from './written-library-traits.ts'

type WriteOptions = {
  /** Of Algiers. */
  readonly version: string
  /** Of the file, with its ending. */
  readonly fileName: string
  /** Where the files will lie, with forward slashes, if paths are to be written from there. */
  readonly folder: string | null
}

type WrittenFile = { readonly name: string; readonly text: string }

type WriteLibrary = (library: ExportedLibrary, options: WriteOptions) => readonly WrittenFile[]

const writeLists = (
  { tracks, playlists }: ExportedLibrary,
  { fileName, folder }: WriteOptions,
): readonly WrittenFile[] => {
  const byId = new Map(tracks.map((track): [number, ExportedTrack] => [track.id, track]))
  const freeName = freeNames({ taken: [fileName] })
  const all = { name: fileName, text: writeM3u(fileName.replace(/\.m3u8$/i, ''), tracks, folder) }
  const lists = playlists.map(({ name, folders, trackIds }) => ({
    name: freeName(fileNameOf([...folders, name].join(' - ')), '.m3u8'),
    text: writeM3u(
      name,
      trackIds.flatMap((id) => byId.get(id) ?? []),
      folder,
    ),
  }))
  return [all, ...lists]
}

export const LIBRARY_WRITERS: Readonly<Record<LibraryFileName, WriteLibrary>> = {
  'rekordbox-xml': (library, { version, fileName }) => [{ name: fileName, text: writeRekordboxXml(library, version) }],
  'traktor-nml': (library, { fileName }) => [{ name: fileName, text: writeTraktorNml(library) }],
  m3u8: writeLists,
}
