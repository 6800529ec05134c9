import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { UserError } from '../../core/support/user-error.ts'
import type { Sql } from './connect.ts'

/** What a person may do: look; label as well; and everything. */
export type Role = 'reader' | 'labeller' | 'owner'

export type CatalogueUser = {
  readonly id: number
  readonly name: string
  readonly role: Role
  /** Labels belong to a team: a person alone is a team of one. */
  readonly teamId: number
}

const TOKEN_BYTES = 32
const SALT_BYTES = 16
const HASH_BYTES = 32
/** 16 MiB for a few hundredths of a second: tokens are random, so that no list of words finds them anyway. */
const COST = { N: 2 ** 14, r: 8, p: 1 } as const
const hash = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** The id finds the row, so that one hash is compared and not all of them. */
const parseToken = (token: string): { readonly id: number; readonly secret: string } | null => {
  const match = /^([1-9]\d{0,8})\.([\w-]{43})$/.exec(token)
  return match && { id: Number(match[1]), secret: match[2]! }
}

/**
 * Makes a user, or gives one another role, team and token; the old token then opens nothing.
 * @returns the token, which nobody can tell again
 */
export const putUser = async (
  sql: Sql,
  { name, role, team }: { readonly name: string; readonly role: Role; readonly team: string },
): Promise<string> => {
  await sql('INSERT INTO algiers.teams (name) VALUES ($1) ON CONFLICT DO NOTHING', [team])
  const secret = randomBytes(TOKEN_BYTES).toString('base64url')
  const salt = randomBytes(SALT_BYTES)
  const [row] = await sql<{ id: number }>(
    `INSERT INTO algiers.users (name, team_id, role, token_salt, token_hash)
     SELECT $1, id, $2, $3, $4 FROM algiers.teams WHERE name = $5
     ON CONFLICT (name) DO UPDATE SET team_id = excluded.team_id, role = excluded.role, token_salt = excluded.token_salt,
       token_hash = excluded.token_hash RETURNING id`,
    [name, role, salt, await hash(secret, salt, HASH_BYTES, COST), team],
  )
  return `${row!.id}.${secret}`
}

/** @throws USER_NOT_FOUND */
export const removeUser = async (sql: Sql, name: string): Promise<void> => {
  const rows = await sql('DELETE FROM algiers.users WHERE name = $1 RETURNING 1', [name])
  if (rows.length === 0) throw new UserError('USER_NOT_FOUND', `There is no user ${name}.`)
}

export const listUsers = (
  sql: Sql,
): Promise<readonly { readonly name: string; readonly role: Role; readonly team: string }[]> =>
  sql(
    'SELECT users.name, role, teams.name AS team FROM algiers.users JOIN algiers.teams ON teams.id = team_id ORDER BY users.name',
  )

/** @throws TEAM_NOT_FOUND */
export const requireTeam = async (sql: Sql, name: string): Promise<number> => {
  const [row] = await sql<{ id: number }>('SELECT id FROM algiers.teams WHERE name = $1', [name])
  if (row === undefined) throw new UserError('TEAM_NOT_FOUND', `There is no team ${name}.`)
  return row.id
}

/** Whose token this is; null where it is nobody's. */
export const findUser = async (sql: Sql, token: string): Promise<CatalogueUser | null> => {
  const given = parseToken(token)
  if (given === null) return null
  const [row] = await sql<CatalogueUser & { readonly salt: Buffer; readonly hash: Buffer }>(
    `SELECT id, name, role, team_id AS "teamId", token_salt AS salt, token_hash AS hash FROM algiers.users WHERE id = $1`,
    [given.id],
  )
  // Hashed in any case: how long it takes must not tell which ids there are.
  const hashed = await hash(given.secret, row?.salt ?? Buffer.alloc(SALT_BYTES), HASH_BYTES, COST)
  if (row === undefined || !timingSafeEqual(hashed, row.hash)) return null
  const { salt: _, hash: __, ...user } = row
  return user
}
