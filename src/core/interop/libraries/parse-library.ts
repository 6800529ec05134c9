import type { ForeignLibrary, ForeignTrack } from './foreign-library.ts'
import type { LibraryFile, LibraryFormat } from './library-format.ts'

/** All of a library at once. @throws as `read` of the format */
export const parseLibrary = (format: LibraryFormat, file: LibraryFile): ForeignLibrary => {
  const taken: ForeignTrack[] = []
  const { program, version, finish, lists } = format.read(file, (track) => taken.push(track))
  return { program, version, tracks: taken.map(finish), ...lists(taken) }
}
