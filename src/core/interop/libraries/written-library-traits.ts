import { SECTION_FILE_NAMES, SECTION_FILES } from './section-file-traits.ts'
import { isWrittenWhole } from './xml-writer.ts'

/** Formats that are a file, or an archive of some. */
export const LIBRARY_FILE_NAMES = ['rekordbox-xml', 'traktor-nml', 'm3u8'] as const
export type LibraryFileName = (typeof LIBRARY_FILE_NAMES)[number]
/** Serato's cues lie in the audio files: what is written is a folder of copies. */
export const WRITTEN_LIBRARY_NAMES = [...LIBRARY_FILE_NAMES, 'serato'] as const
export type WrittenLibraryName = (typeof WRITTEN_LIBRARY_NAMES)[number]
/** All that sections go out in: to DJ programs, and as such. */
export const EXPORT_FORMAT_NAMES = [...WRITTEN_LIBRARY_NAMES, ...SECTION_FILE_NAMES] as const
export type ExportFormatName = (typeof EXPORT_FORMAT_NAMES)[number]

/** Formats whose file holds a whole library, so that cues can be added in a copy of one. */
const MERGED_LIBRARY_NAMES = ['rekordbox-xml', 'traktor-nml'] as const satisfies readonly LibraryFileName[]
export type MergedLibraryName = (typeof MERGED_LIBRARY_NAMES)[number]
export const isMergedLibrary = (name: ExportFormatName): name is MergedLibraryName =>
  MERGED_LIBRARY_NAMES.some((one) => one === name)

/** What a copy of a file of the program does not get. */
export const NO_MERGED_PLAYLISTS = 'Playlists do not go into a copy of your file: write them into a file of their own.'

/** A format in which a library is written for another program. */
export type WrittenLibraryTraits = {
  readonly name: ExportFormatName
  readonly title: string
  readonly extension: string
  readonly mediaType: string
  readonly holdsCues: boolean
  /** Whether a file can be named in it; any can where left out. */
  readonly holdsPath?: (path: string) => boolean
  /** What to do with the file in the program, step by step, and what may surprise there. */
  readonly steps: readonly string[]
  readonly traps: readonly string[]
}

export const WRITTEN_LIBRARIES: Readonly<Record<ExportFormatName, WrittenLibraryTraits>> = {
  'rekordbox-xml': {
    name: 'rekordbox-xml',
    title: 'rekordbox XML',
    extension: '.xml',
    mediaType: 'application/xml',
    holdsCues: true,
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
    mediaType: 'application/xml',
    holdsCues: true,
    holdsPath: isWrittenWhole,
    steps: [
      'Close Traktor and make a copy of your collection.nml.',
      'Open Traktor, right-click Playlists in the tree and choose Import Playlist, or right-click Track Collection and choose Import another Collection.',
      'Choose this file.',
    ],
    traps: [
      'Lock the analysis of these tracks, or untick BPM when Traktor analyses them: otherwise it sets its own beat grid.',
      'Where Import another Collection ends in an error, import the file as a playlist.',
      'The file is for Traktor Pro 4.',
    ],
  },
  serato: {
    name: 'serato',
    title: 'Serato tags',
    extension: '',
    mediaType: 'application/zip',
    holdsCues: true,
    steps: [
      'Close Serato DJ.',
      'Crates, if you wrote any, lie in the folder _Serato_/Subcrates: copy them into the folder of the same name in _Serato_ of the drive that the copies lie on.',
      'Open Serato DJ and drag the folder with the copies into it.',
    ],
    traps: [
      'Your own files stay as they are: the cues are in the copies.',
      'For copies that Serato has seen before, drag them onto Rescan ID3 Tags in its Files panel.',
    ],
  },
  m3u8: {
    name: 'm3u8',
    title: 'M3U8 playlists',
    extension: '.m3u8',
    mediaType: 'audio/x-mpegurl',
    holdsCues: false,
    steps: ['Drag the file into the playlists of your program, or choose Import Playlist there.'],
    traps: ['A playlist has no cues: it only says which tracks come in which order.'],
  },
  ...SECTION_FILES,
}

const IN_PLACE: Pick<WrittenLibraryTraits, 'steps' | 'traps'> = {
  steps: [
    'Close Serato DJ before it is written, and open it after.',
    'In its Files panel, drag your folder of music onto Rescan ID3 Tags, so that Serato reads the cues anew.',
    'Crates, if you wrote any, lie in the folder _Serato_/Subcrates: copy them into the folder of the same name in _Serato_ of the drive that the music lies on.',
  ],
  traps: [
    'Keep the folder: it has what your files had before, and the way back needs it.',
    'The sound of each file is the same, bit for bit; only its tags have changed.',
  ],
}

export const OGG_ENDING = /\.og[ga]$/i
/** Nobody who wrote this has an Ogg file of a current Serato. */
export const OGG_IS_NEW =
  'Look at one Ogg file in Serato before you rely on the others: how Serato keeps cues there is known from samples and other programs only.'

/** What to do in Serato, which depends on whether copies or the files themselves have the cues. */
export const seratoAdvice = (isInPlace: boolean): Pick<WrittenLibraryTraits, 'steps' | 'traps'> =>
  isInPlace ? IN_PLACE : WRITTEN_LIBRARIES.serato
