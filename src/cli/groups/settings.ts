import { settingsGet } from '../commands/settings-get.ts'
import { settingsSet } from '../commands/settings-set.ts'
import type { Group } from './group.ts'

export const settingsGroup: Group = {
  description: 'Show and change settings.',
  commands: [settingsGet, settingsSet],
}
