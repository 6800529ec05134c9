import type { ForeignLibrary } from './foreign-library.ts'
import type { LibraryFile, LibraryFormat } from './library-format.ts'
import { parseLibrary } from './parse-library.ts'

export const libraryFile = (name: string, text: string): LibraryFile => ({
  name,
  bytes: new TextEncoder().encode(text),
})

export const parseText = (format: LibraryFormat, text: string, name = 'library'): ForeignLibrary =>
  parseLibrary(format, libraryFile(name, text))
