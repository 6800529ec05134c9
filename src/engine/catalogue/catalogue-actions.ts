import { UserError } from '../../core/support/user-error.ts'
import { isBucket } from '../../platform/catalogue/bucket.ts'
import {
  changeSpec,
  makeCatalogue,
  type Progress,
  readCatalogue,
  readProgress,
  type Verification,
  verify,
} from '../../platform/catalogue/catalogue-row.ts'
import { type Connection, connect, requireConnection } from '../../platform/catalogue/connect.ts'
import { type GivenUp, listDead } from '../../platform/catalogue/dead-letters.ts'
import { reviveDead } from '../../platform/catalogue/file-rows.ts'
import { prepareObjects } from '../../platform/catalogue/object-store.ts'
import { countQueued, openQueue } from '../../platform/catalogue/queue.ts'
import { migrateSchema, whileAlone } from '../../platform/catalogue/schema.ts'
import { countGivenUpGrids, tryGridsAnew } from '../../platform/catalogue/unmeasured-grids.ts'
import { listUsers, putUser, type Role, removeUser } from '../../platform/catalogue/user-rows.ts'
import { countUnheardSections, hearSectionsAnew } from '../../platform/catalogue/wanted-sounds.ts'
import { type AddedFiles, addFiles } from './add-files.ts'
import { currentAnalysisSpec } from './analysis-spec.ts'
import { type Catalogue, reachCatalogue } from './catalogue.ts'
import { type BroughtIn, type BroughtOut, exportLibrary, importLibrary, type LibraryMove } from './move-library.ts'

export type { GivenUp, Role }

const FIRST_OWNER = 'owner'

/** What keeps a catalogue: who runs it does this, beside those who use it. */
export type CatalogueKeeper = {
  /** @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER, STORAGE_UNREACHABLE */
  readonly add: (
    prefix: string,
    options?: { readonly priority?: number; readonly signal?: AbortSignal; readonly onFound?: (found: number) => void },
  ) => Promise<AddedFiles>
  /** With the beat grids of teams on which no worker could measure their track, and tracks whose sections no worker could hear. */
  readonly status: () => Promise<Progress & { readonly gridsGivenUp: number; readonly sectionsGivenUp: number }>
  readonly verify: () => Promise<Verification>
  readonly dead: (most: number) => Promise<readonly GivenUp[]>
  /** Lets what was given up be tried again, beat grids and sections too. @returns how many files */
  readonly revive: () => Promise<number>
  /** @returns the token of the user, which nobody can tell again */
  readonly grant: (user: { readonly name: string; readonly role: Role; readonly team: string }) => Promise<string>
  /** @throws USER_NOT_FOUND */
  readonly revoke: (name: string) => Promise<void>
  readonly users: () => ReturnType<typeof listUsers>
  /** @throws TEAM_NOT_FOUND, DATABASE_MISSING, ALREADY_RUNNING, STORAGE_UNREACHABLE */
  readonly importLibrary: (move: LibraryMove) => Promise<BroughtIn>
  /** @throws TEAM_NOT_FOUND, EXPORT_EXISTS, STORAGE_UNREACHABLE */
  readonly exportLibrary: (move: LibraryMove) => Promise<BroughtOut>
  readonly close: () => Promise<void>
}

const catalogueKeeper = (catalogue: Catalogue): CatalogueKeeper => {
  const { sql, row } = catalogue
  return {
    add: (prefix, options) => addFiles(catalogue, prefix, options),
    status: async () => ({
      ...(await readProgress(sql, (await countQueued(sql)).running)),
      gridsGivenUp: await countGivenUpGrids(sql, row.spec),
      sectionsGivenUp: await countUnheardSections(sql),
    }),
    verify: () => verify(sql, row.spec),
    dead: (most) => listDead(sql, { spec: row.spec, most }),
    revive: async () => {
      await tryGridsAnew(sql)
      await hearSectionsAnew(sql)
      return reviveDead(sql)
    },
    grant: (user) => putUser(sql, user),
    revoke: (name) => removeUser(sql, name),
    users: () => listUsers(sql),
    importLibrary: (move) => importLibrary(catalogue, move),
    exportLibrary: (move) => exportLibrary(catalogue, move),
    close: catalogue.close,
  }
}

/** Names and comments are compared by their characters. */
const requireUnicode = async ({ sql, address }: Pick<Connection, 'sql' | 'address'>): Promise<void> => {
  const [row] = await sql<{ encoding: string }>('SELECT current_setting($1) AS encoding', ['server_encoding'])
  if (row!.encoding !== 'UTF8')
    throw new UserError('CATALOGUE_REFUSED', `${address} keeps text as ${row!.encoding}: a catalogue needs UTF8.`)
}

const makeQueue = (catalogue: Pick<Catalogue, 'sql' | 'session'>): Promise<void> =>
  whileAlone(catalogue, async () => {
    const failures: Error[] = []
    const queue = await openQueue(catalogue, { supervises: false, report: (error) => void failures.push(error) })
    await queue.close()
    if (failures[0]) throw failures[0]
  })

/**
 * Makes a catalogue in an empty database, and its first owner.
 * @param objects where derived bytes lie: a mounted folder or a bucket; null for the database itself
 * @throws CATALOGUE_URL_INVALID, CATALOGUE_UNREACHABLE, CATALOGUE_REFUSED, CATALOGUE_EXISTS
 */
export const initCatalogue = async (
  url: string,
  objects: string | null,
): Promise<{
  readonly address: string
  readonly version: number
  readonly owner: { readonly name: string; readonly token: string }
}> => {
  const connection = connect(url)
  try {
    await requireConnection(connection)
    await requireUnicode(connection)
    const exists = (): UserError => new UserError('CATALOGUE_EXISTS', `${connection.address} holds a catalogue.`)
    const { to } = await migrateSchema(connection)
    if ((await readCatalogue(connection.sql)) !== null) throw exists()
    await prepareObjects(objects)
    await makeQueue(connection)
    // The last step: where an earlier one fails, there is no catalogue that nobody has the token of, and it can be made again.
    const token = await connection.transaction(async (sql) => {
      if (!(await makeCatalogue(sql, { spec: currentAnalysisSpec(), objects }))) throw exists()
      return putUser(sql, { name: FIRST_OWNER, role: 'owner', team: FIRST_OWNER })
    })
    return { address: connection.address, version: to, owner: { name: FIRST_OWNER, token } }
  } finally {
    await connection.close()
  }
}

/**
 * Brings a catalogue up to date with this version of Algiers: its tables, and how its tracks are analysed.
 * @throws CATALOGUE_MISSING, CATALOGUE_TOO_NEW
 */
export const migrateCatalogue = async (
  url: string,
): Promise<{ readonly from: number; readonly to: number; readonly waiting: number }> => {
  const connection = connect(url)
  try {
    await requireConnection(connection)
    const [there] = await connection.sql<{ there: boolean }>(
      `SELECT to_regclass('algiers.catalogue') IS NOT NULL AS there`,
    )
    if (!there!.there || (await readCatalogue(connection.sql)) === null)
      throw new UserError('CATALOGUE_MISSING', `${connection.address} holds no catalogue.`)
    const versions = await migrateSchema(connection)
    await makeQueue(connection)
    const spec = currentAnalysisSpec()
    const { spec: before, objects } = (await readCatalogue(connection.sql))!
    // Whoever keeps the database need not get into the bucket.
    if (objects !== null && !isBucket(objects)) await prepareObjects(objects)
    return { ...versions, waiting: before === spec ? 0 : await connection.transaction((sql) => changeSpec(sql, spec)) }
  } finally {
    await connection.close()
  }
}

export const openKeeper = async (url: string): Promise<CatalogueKeeper> => catalogueKeeper(await reachCatalogue(url))
