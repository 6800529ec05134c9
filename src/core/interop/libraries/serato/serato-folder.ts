/** Serato's library: `_Serato_/database V2`, `Subcrates/*.crate`, `SmartCrates/*.scrate`. The cues lie in the tags of the audio. */
import { type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from '../foreign-library.ts'
import type { LibraryFolder, LibraryFolderFormat } from '../library-folder.ts'
import { createWarningTally } from '../warning-tally.ts'
import { seratoVersion } from './serato-chunks.ts'
import { readCrate } from './serato-crates.ts'
import { readSeratoDatabase } from './serato-database.ts'

const DATABASE = /(?:^|\/)database v2$/i
const CRATE = /\.s?crate$/i

const ofPath = (path: string): ForeignTrack => ({
  ...UNKNOWN_FOREIGN_TRACK,
  key: path,
  location: { path, from: 'volume', streaming: null },
})

const parseSeratoFolder = (folder: LibraryFolder): ReturnType<LibraryFolderFormat['parse']> => {
  const warnings = createWarningTally()
  const read = <Value>(names: RegExp, parse: (bytes: Uint8Array, name: string) => Value): Value[] =>
    folder.names.flatMap((name) => {
      const bytes = names.test(name) ? folder.read(name) : null
      if (bytes === null) return []
      if (seratoVersion(bytes) === null) {
        warnings.add('A file of Serato does not begin with its version: it is left out.', name)
        return []
      }
      return [parse(bytes, name)]
    })
  const tracks = read(DATABASE, (bytes, name) => readSeratoDatabase(bytes, name, warnings)).flat()
  const playlists = read(CRATE, (bytes, name) => readCrate(bytes, name, warnings))
  const keys = new Set(tracks.map(({ key }) => key))
  const others = new Set(playlists.flatMap(({ trackKeys }) => trackKeys).filter((key) => !keys.has(key)))
  return {
    program: 'Serato',
    version: null,
    tracks: [...tracks, ...[...others].map(ofPath)],
    playlists,
    warnings: warnings.list(),
  }
}

export const seratoFolder: LibraryFolderFormat = {
  name: 'serato',
  title: 'Serato library',
  sniff: (names) => names.some((name) => DATABASE.test(name) || CRATE.test(name)),
  parse: parseSeratoFolder,
}
