import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Rows that name a track, by table. @param but tracks that are still there */
export const rowsOfTracks = (database: string, but: readonly number[] = []): Readonly<Record<string, number>> => {
  const open = new DatabaseSync(database, { readOnly: true })
  const tables = open.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[]
  const columnOf = (table: string): string | undefined =>
    open
      .prepare(`PRAGMA table_info("${table}")`)
      .all()
      .map(({ name }) => name as string)
      .find((name) => name === (table === 'tracks' ? 'id' : 'track_id'))
  const count = (table: string, column: string): number =>
    open.prepare(`SELECT count(*) AS n FROM "${table}" WHERE "${column}" NOT IN (${but.join(', ')})`).get()!.n as number
  const found = tables.flatMap(({ name }) => {
    const column = columnOf(name)
    return column === undefined ? [] : [[name, count(name, column)] as const]
  })
  open.close()
  return Object.fromEntries(found.filter(([, rows]) => rows > 0))
}

/** Compiled code lies in the cache, too, and is of no track. */
export const filesOfTracks = (cache: string): number => {
  const files = readdirSync(cache, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => /^(?:features|peaks|heard)/.test(file) && statSync(join(cache, file)).isFile()).length
}
