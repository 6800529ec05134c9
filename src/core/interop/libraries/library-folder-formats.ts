import type { LibraryFolderFormat } from './library-folder.ts'
import { rekordboxFolder } from './rekordbox/rekordbox-folder.ts'
import { seratoFolder } from './serato/serato-folder.ts'

/** Every format of several files that is read; a folder may hold more than one of them. */
export const LIBRARY_FOLDER_FORMATS: readonly LibraryFolderFormat[] = [rekordboxFolder, seratoFolder]
