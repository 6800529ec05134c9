/**
 * Migrates the library in a folder, told of by `go` before: `node migration-child.ts FOLDER [without-transactions]`. The control runs the
 * same steps one by one, as nothing would hold them together.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openDatabase } from '../../src/platform/store/database.ts'
import { MIGRATIONS } from './migration-steps.ts'

const [folder, control] = [process.argv[2]!, process.argv[3]]
const path = join(folder, 'algiers.db')
process.stdout.write('go\n')
if (control === undefined) openDatabase({ path, backups: folder, migrations: MIGRATIONS }).close()
else {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL')
  database.exec(MIGRATIONS[1]!)
  database.exec('PRAGMA user_version = 2')
  database.close()
}
