import { labelsAccept } from '../commands/labels-accept.ts'
import { labelsAdd } from '../commands/labels-add.ts'
import { labelsCheck } from '../commands/labels-check.ts'
import { labelsDelete } from '../commands/labels-delete.ts'
import { labelsDismiss } from '../commands/labels-dismiss.ts'
import { labelsExport } from '../commands/labels-export.ts'
import { labelsImport } from '../commands/labels-import.ts'
import { labelsLens } from '../commands/labels-lens.ts'
import { labelsLenses } from '../commands/labels-lenses.ts'
import { labelsList } from '../commands/labels-list.ts'
import { labelsMend } from '../commands/labels-mend.ts'
import { labelsNext } from '../commands/labels-next.ts'
import { labelsProgress } from '../commands/labels-progress.ts'
import { labelsStats } from '../commands/labels-stats.ts'
import { labelsUndo } from '../commands/labels-undo.ts'
import type { Group } from './group.ts'

export const labelsGroup: Group = {
  description: 'Manage the sections you have marked.',
  commands: [
    labelsAdd,
    labelsList,
    labelsDelete,
    labelsStats,
    labelsImport,
    labelsExport,
    labelsCheck,
    labelsMend,
    labelsDismiss,
    labelsAccept,
    labelsUndo,
    labelsNext,
    labelsProgress,
    labelsLens,
    labelsLenses,
  ],
}
