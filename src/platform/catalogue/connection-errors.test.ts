import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { initCatalogue, openKeeper } from '../../catalogue.ts'
import { type Connection, connect } from './connect.ts'
import { isPassing, told } from './connection-errors.ts'
import { NO_POSTGRES, sharedPostgres } from './postgres.fixture.ts'

const postgres = sharedPostgres()
let url: string
let admin: Connection

beforeAll(async () => {
  if (postgres === null) return
  url = postgres.database()
  await initCatalogue(url, null)
  admin = connect(postgres.address('postgres'))
})
afterAll(() => admin?.close())

const ownName = (): string => `own_${randomUUID().replaceAll('-', '')}`

const askedAt = async (address: string): Promise<unknown> => {
  const connection = connect(address)
  try {
    return await connection.sql('SELECT 1 AS one')
  } finally {
    await connection.close()
  }
}

describe('a real database', () => {
  beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))

  test('what it refuses is told as that, and not waited for', async () => {
    // Of each try its own, since what the last one made is still there.
    const role = ownName()
    await admin.sql(`CREATE ROLE ${role} LOGIN`)
    const weak = (address: string): string => address.replace('algiers@', `${role}@`)
    for (const [asked, detail] of [
      [() => askedAt(postgres!.address('nowhere')), 'database "nowhere" does not exist'],
      [() => askedAt(url.replace('algiers@', 'stranger@')), 'role "stranger" does not exist'],
      [() => openKeeper(weak(url)), 'permission denied'],
      [() => initCatalogue(weak(postgres!.database()), null), 'permission denied'],
      [() => askedAt(`${url}?sslmode=verify-full`), 'does not support SSL'],
      [() => askedAt(`${url}?sslmode=verify-full&sslrootcert=/nowhere/ca.pem`), '/nowhere/ca.pem'],
    ] as const) {
      const error = await asked().catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'CATALOGUE_REFUSED', message: expect.stringContaining(detail) })
      expect(isPassing(error)).toBe(false)
    }
  })

  test('one that keeps text as bytes holds no catalogue', async () => {
    const name = ownName()
    await admin.sql(`CREATE DATABASE ${name} ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'`)
    await expect(initCatalogue(postgres!.address(name), null)).rejects.toMatchObject({
      code: 'CATALOGUE_REFUSED',
      message: expect.stringContaining('UTF8'),
    })
  })

  test('one that takes nothing in since another takes over is waited for; what only reads goes on', async () => {
    const name = new URL(url).pathname.slice(1)
    await admin.sql(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
    const mia = { name: ownName(), role: 'reader', team: 'radio' } as const
    const keeper = await openKeeper(url)
    try {
      const error = await keeper.grant(mia).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'CATALOGUE_UNREACHABLE' })
      expect(isPassing(error)).toBe(true)
      expect(await keeper.status()).toMatchObject({ waiting: 0 })
    } finally {
      await keeper.close()
      await admin.sql(`ALTER DATABASE ${name} RESET default_transaction_read_only`)
    }
    const again = await openKeeper(url)
    try {
      expect(await again.grant(mia)).toContain('.')
    } finally {
      await again.close()
    }
  })
})

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate; if the root CA is installed locally, try another way'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Hostname/IP does not match'],
  ['CERT_HAS_EXPIRED', 'certificate has expired'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
])('a certificate that is not believed (%s) is refused, with what the address can say', (code, message) => {
  const error = told(Object.assign(new Error(message), { code }), 'postgres://db/music')
  expect(error).toMatchObject({ code: 'CATALOGUE_REFUSED', message: expect.stringContaining(message.split(';')[0]!) })
  expect((error as Error).message).not.toContain('another way')
})

test('a bug stays one', () => {
  const bug = new TypeError('x is not a function')
  expect(told(bug, 'postgres://db/music')).toBe(bug)
})
