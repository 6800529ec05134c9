import { exchangeAccept } from '../commands/exchange-accept.ts'
import { exchangeExport } from '../commands/exchange-export.ts'
import { exchangeImport } from '../commands/exchange-import.ts'
import { exchangeList } from '../commands/exchange-list.ts'
import { exchangeRestoreTags } from '../commands/exchange-restore-tags.ts'
import { exchangeUndo } from '../commands/exchange-undo.ts'
import type { Group } from './group.ts'

export const exchangeGroup: Group = {
  description: 'Bring in the libraries of other DJ programs, and give them your sections.',
  commands: [exchangeImport, exchangeList, exchangeAccept, exchangeUndo, exchangeExport, exchangeRestoreTags],
}
