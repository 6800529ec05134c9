import { catalogueAdd } from '../commands/catalogue-add.ts'
import { catalogueDead } from '../commands/catalogue-dead.ts'
import { catalogueExportLibrary } from '../commands/catalogue-export-library.ts'
import { catalogueGrant } from '../commands/catalogue-grant.ts'
import { catalogueImportLibrary } from '../commands/catalogue-import-library.ts'
import { catalogueInit } from '../commands/catalogue-init.ts'
import { catalogueMigrate } from '../commands/catalogue-migrate.ts'
import { catalogueRevoke } from '../commands/catalogue-revoke.ts'
import { catalogueStatus } from '../commands/catalogue-status.ts'
import { catalogueUsers } from '../commands/catalogue-users.ts'
import { catalogueVerify } from '../commands/catalogue-verify.ts'
import type { Group } from './group.ts'

export const catalogueGroup: Group = {
  description: 'Share the music of many on a PostgreSQL database, analysed by any number of workers.',
  commands: [
    catalogueInit,
    catalogueMigrate,
    catalogueAdd,
    catalogueStatus,
    catalogueVerify,
    catalogueDead,
    catalogueGrant,
    catalogueRevoke,
    catalogueUsers,
    catalogueImportLibrary,
    catalogueExportLibrary,
  ],
}
