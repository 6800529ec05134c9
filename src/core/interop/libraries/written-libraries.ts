import type { ExportedLibrary, ExportedTrack } from './exported-library.ts'
import { writeM3u } from './m3u/write-m3u.ts'
import { writeRekordboxXml } from './rekordbox/write-rekordbox-xml.ts'
import { writeTraktorNml } from './traktor/write-traktor-nml.ts'

export const WRITTEN_LIBRARY_NAMES = ['rekordbox-xml', 'traktor-nml', 'm3u8'] as const
export type WrittenLibraryName = (typeof WRITTEN_LIBRARY_NAMES)[number]

type WriteOptions = {
  /** Of Algiers. */
  readonly version: string
  /** Of the file, with its ending. */
  readonly fileName: string
  /** Where the files will lie, with forward slashes, if paths are to be written from there. */
  readonly folder: string | null
}

type WrittenFile = { readonly name: string; readonly text: string }

/** A format in which a library is written for another program. */
export type WrittenLibrary = {
  readonly name: WrittenLibraryName
  readonly title: string
  readonly extension: string
  readonly holdsCues: boolean
  readonly write: (library: ExportedLibrary, options: WriteOptions) => readonly WrittenFile[]
  /** What to do with the file in the program, step by step, and what may surprise there. */
  readonly steps: readonly string[]
  readonly traps: readonly string[]
}

/** Other letters than these are not allowed in names of files somewhere. */
const fileNameOf = (name: string): string => name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim() || 'Untitled'

const writeLists = (
  { tracks, playlists }: ExportedLibrary,
  { fileName, folder }: WriteOptions,
): readonly WrittenFile[] => {
  const byId = new Map(tracks.map((track): [number, ExportedTrack] => [track.id, track]))
  const used = new Set([fileName.toLowerCase()])
  const freeName = (wanted: string): string => {
    let name = `${wanted}.m3u8`
    for (let number = 2; used.has(name.toLowerCase()); number++) name = `${wanted} ${number}.m3u8`
    used.add(name.toLowerCase())
    return name
  }
  const all = { name: fileName, text: writeM3u(fileName.replace(/\.m3u8$/i, ''), tracks, folder) }
  const lists = playlists.map(({ name, folders, trackIds }) => ({
    name: freeName(fileNameOf([...folders, name].join(' - '))),
    text: writeM3u(
      name,
      trackIds.flatMap((id) => byId.get(id) ?? []),
      folder,
    ),
  }))
  return [all, ...lists]
}

export const WRITTEN_LIBRARIES: Readonly<Record<WrittenLibraryName, WrittenLibrary>> = {
  'rekordbox-xml': {
    name: 'rekordbox-xml',
    title: 'rekordbox XML',
    extension: '.xml',
    holdsCues: true,
    write: (library, { version, fileName }) => [{ name: fileName, text: writeRekordboxXml(library, version) }],
    steps: [
      'In rekordbox, open Preferences > Advanced > Database and choose this file under rekordbox xml > Imported Library.',
      'In Preferences > View > Layout, tick rekordbox xml, so that it appears in the tree on the left.',
      'Open rekordbox xml in the tree and refresh it.',
      'Select the tracks, right-click and choose Import To Collection; for a playlist, Import Playlist.',
    ],
    traps: [
      'rekordbox does not update tracks that it already has: import the playlist again and answer Yes when it asks to load the information, or remove those tracks first.',
      'Make a backup of your rekordbox library before you import.',
    ],
  },
  'traktor-nml': {
    name: 'traktor-nml',
    title: 'Traktor NML',
    extension: '.nml',
    holdsCues: true,
    write: (library, { fileName }) => [{ name: fileName, text: writeTraktorNml(library) }],
    steps: [
      'Close Traktor and make a copy of your collection.nml.',
      'Open Traktor, right-click Playlists in the tree and choose Import Playlist, or right-click Track Collection and choose Import another Collection.',
      'Choose this file.',
    ],
    traps: [
      'Lock the analysis of these tracks, or untick BPM when Traktor analyses them: otherwise it sets its own beat grid.',
      'The file is for Traktor Pro 4.',
    ],
  },
  m3u8: {
    name: 'm3u8',
    title: 'M3U8 playlists',
    extension: '.m3u8',
    holdsCues: false,
    write: writeLists,
    steps: ['Drag the file into the playlists of your program, or choose Import Playlist there.'],
    traps: ['A playlist has no cues: it only says which tracks come in which order.'],
  },
}
