import type { ForeignLibrary } from './foreign-library.ts'
import type { LibraryFile, LibraryFormat } from './library-format.ts'

export const libraryFile = (name: string, text: string): LibraryFile => ({
  name,
  bytes: new TextEncoder().encode(text),
})

export const parseText = (format: LibraryFormat, text: string, name = 'library'): ForeignLibrary =>
  format.parse(libraryFile(name, text))
