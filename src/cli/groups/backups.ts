import { backupsList } from '../commands/backups-list.ts'
import { backupsMake } from '../commands/backups-make.ts'
import { backupsRestore } from '../commands/backups-restore.ts'
import type { Group } from './group.ts'

export const backupsGroup: Group = {
  description: 'Make, list and restore copies of the library.',
  commands: [backupsList, backupsMake, backupsRestore],
}
