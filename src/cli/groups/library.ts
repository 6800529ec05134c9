import { libraryAdd } from '../commands/library-add.ts'
import { libraryDelete } from '../commands/library-delete.ts'
import { libraryForget } from '../commands/library-forget.ts'
import { libraryIgnore } from '../commands/library-ignore.ts'
import { libraryIgnored } from '../commands/library-ignored.ts'
import { libraryList } from '../commands/library-list.ts'
import { libraryOverview } from '../commands/library-overview.ts'
import { libraryRelocate } from '../commands/library-relocate.ts'
import { libraryRemove } from '../commands/library-remove.ts'
import { libraryScan } from '../commands/library-scan.ts'
import { libraryUnignore } from '../commands/library-unignore.ts'
import { libraryWhere } from '../commands/library-where.ts'
import type { Group } from './group.ts'

export const libraryGroup: Group = {
  description: 'Manage the folders of your music and the tracks in the library.',
  commands: [
    libraryAdd,
    libraryList,
    libraryOverview,
    libraryRemove,
    libraryScan,
    libraryRelocate,
    libraryForget,
    libraryIgnore,
    libraryIgnored,
    libraryUnignore,
    libraryWhere,
    libraryDelete,
  ],
}
