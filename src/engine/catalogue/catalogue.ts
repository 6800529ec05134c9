import { UserError } from '../../core/support/user-error.ts'
import { type CatalogueRow, readCatalogue } from '../../platform/catalogue/catalogue-row.ts'
import { type Connection, type ConnectOptions, connect, requireConnection } from '../../platform/catalogue/connect.ts'
import { type ObjectStore, openObjects } from '../../platform/catalogue/object-store.ts'
import { requireSchema } from '../../platform/catalogue/schema.ts'

/** A catalogue that is open: its database and its derived bytes. */
export type Catalogue = Connection & {
  readonly objects: ObjectStore
  readonly row: CatalogueRow
}

/** @throws CATALOGUE_URL_INVALID, CATALOGUE_UNREACHABLE, CATALOGUE_MISSING, CATALOGUE_OUTDATED, CATALOGUE_TOO_NEW */
export const reachCatalogue = async (url: string, options?: ConnectOptions): Promise<Catalogue> => {
  const connection = connect(url, options)
  try {
    await requireConnection(connection)
    await requireSchema(connection)
    const row = await readCatalogue(connection.sql)
    if (row === null) throw new UserError('CATALOGUE_MISSING', `${connection.address} holds no catalogue.`)
    return { ...connection, row, objects: openObjects(connection.sql, row.objects) }
  } catch (error) {
    await connection.close()
    throw error
  }
}
