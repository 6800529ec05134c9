import { modelsActivate } from '../commands/models-activate.ts'
import { modelsBlend } from '../commands/models-blend.ts'
import { modelsCompare } from '../commands/models-compare.ts'
import { modelsDelete } from '../commands/models-delete.ts'
import { modelsDescribe } from '../commands/models-describe.ts'
import { modelsExport } from '../commands/models-export.ts'
import { modelsImport } from '../commands/models-import.ts'
import { modelsList } from '../commands/models-list.ts'
import { modelsScope } from '../commands/models-scope.ts'
import { modelsScopes } from '../commands/models-scopes.ts'
import { modelsShow } from '../commands/models-show.ts'
import type { Group } from './group.ts'

export const modelsGroup: Group = {
  description: 'Manage the versions of your section model.',
  commands: [
    modelsList,
    modelsShow,
    modelsCompare,
    modelsBlend,
    modelsActivate,
    modelsDescribe,
    modelsExport,
    modelsImport,
    modelsDelete,
    modelsScope,
    modelsScopes,
  ],
}
