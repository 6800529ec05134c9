import type { ByteSource } from '../../support/byte-source.ts'
import type { ForeignLibrary, ForeignTrack } from './foreign-library.ts'

/** A file of another program. A library that is more than one file brings the others by their names. */
export type LibraryFile = {
  /** Path as it was found, with forward slashes. */
  readonly name: string
  readonly bytes: ByteSource
}

/** Which formats of other DJ programs are read, in the order in which they are offered. */
export const LIBRARY_FORMAT_NAMES = [
  'rekordbox-xml',
  'rekordbox-usb',
  'traktor-nml',
  'serato',
  'virtualdj',
  'mixxx',
  'engine',
  'itunes-xml',
  'm3u',
] as const
export type LibraryFormatName = (typeof LIBRARY_FORMAT_NAMES)[number]

/** What of a track lists name it by. */
export type ListedTrack = Pick<ForeignTrack, 'key' | 'location'>

/** A library that was read to its end, without its tracks. */
type ReadLibrary = Pick<ForeignLibrary, 'program' | 'version'> & {
  /** What only the whole library tells of a track: that the colour of a cue is the one that all have. */
  readonly finish: (track: ForeignTrack) => ForeignTrack
  /** @param tracks as they were taken */
  readonly lists: (tracks: readonly ListedTrack[]) => Pick<ForeignLibrary, 'playlists' | 'warnings'>
}

/** How a text or binary format of one file is recognised and read. Bytes are never changed. */
export type LibraryFormat = {
  readonly name: LibraryFormatName
  /** As people call it: "Traktor NML". */
  readonly title: string
  readonly extensions: readonly `.${string}`[]
  /** Looks at no more than the first 64 kB. */
  readonly sniff: (file: LibraryFile) => boolean
  /**
   * @param take gets each track once it is read, so that a large library need not be held as objects
   * @throws UserError IMPORT_MALFORMED with the place; what is only odd becomes a warning
   */
  readonly read: (file: LibraryFile, take: (track: ForeignTrack) => void) => ReadLibrary
}
