import { itunesXml } from './itunes/itunes-xml.ts'
import type { LibraryFile, LibraryFormat } from './library-format.ts'
import { m3uPlaylist } from './m3u/m3u-playlist.ts'
import { rekordboxXml } from './rekordbox/rekordbox-xml.ts'
import { traktorNml } from './traktor/traktor-nml.ts'
import { virtualDj } from './virtualdj/virtualdj-database.ts'

/** Every format of one file that is read, in the order in which a file is tried. */
export const LIBRARY_FORMATS: readonly LibraryFormat[] = [rekordboxXml, traktorNml, virtualDj, itunesXml, m3uPlaylist]

/** By its contents first: three programs call their library a `.xml`. */
export const findLibraryFormat = (file: LibraryFile): LibraryFormat | null =>
  LIBRARY_FORMATS.find((format) => format.sniff(file)) ?? null
