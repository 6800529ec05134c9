import type { ForeignLibrary } from './foreign-library.ts'

/** A file of another program, read already. A library that is more than one file brings the others by their names. */
export type LibraryFile = {
  /** Path as it was found, with forward slashes. */
  readonly name: string
  readonly bytes: Uint8Array
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

/** How a text or binary format of one file is recognised and read. Bytes are never changed. */
export type LibraryFormat = {
  readonly name: LibraryFormatName
  /** As people call it: "Traktor NML". */
  readonly title: string
  readonly extensions: readonly `.${string}`[]
  /** Looks at no more than the first 64 kB. */
  readonly sniff: (file: LibraryFile) => boolean
  /** @throws UserError IMPORT_MALFORMED with the place; what is only odd becomes a warning */
  readonly parse: (file: LibraryFile) => ForeignLibrary
}
