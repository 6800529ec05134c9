import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initCatalogue } from '../../catalogue.ts'
import { type Connection, connect, untilBack } from './connect.ts'
import { isPassing } from './connection-errors.ts'
import { type Line, lineTo } from './cut-line.fixture.ts'
import { eventRange, putEvent } from './event-rows.ts'
import { NO_POSTGRES, sharedPostgres } from './postgres.fixture.ts'

const postgres = sharedPostgres()
let url: string
let line: Line
let beside: Connection

beforeAll(async () => {
  if (postgres === null) return
  url = postgres.database()
  await initCatalogue(url, null)
  line = await lineTo(url)
  beside = connect(url)
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  line?.close()
  await beside?.close()
})

const told = (connection: Pick<Connection, 'transaction'>): Promise<void> =>
  connection.transaction((sql) => putEvent(sql, null, { type: 'roots' }))

test('whoever is cut off amid a transaction does not hold up all others, and what it began is taken back', async () => {
  const { last } = await eventRange(beside.sql)
  const cutOff = connect(line.url, { idleWithinMs: 300, answeredWithinMs: 300 })
  const asked = cutOff.transaction(async (sql) => {
    await putEvent(sql, null, { type: 'roots' })
    line.cut()
  })
  await expect(asked).rejects.toMatchObject({ code: 'CATALOGUE_UNREACHABLE' })
  await told(beside)
  expect((await beside.sql('SELECT 1 FROM algiers.events WHERE id > $1', [last])).length).toBe(1)
  await told(cutOff)
  await cutOff.close()
})

test('a statement that is never answered is told, may be repeated, and goes another way then', async () => {
  const cutOff = connect(line.url, { answeredWithinMs: 300 })
  await cutOff.sql('SELECT 1')
  line.cut()
  const error = await cutOff.sql('SELECT 1').catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'CATALOGUE_UNREACHABLE' })
  expect(isPassing(error)).toBe(true)
  expect(await untilBack(() => cutOff.sql('SELECT 1 AS one'))).toEqual([{ one: 1 }])
  await cutOff.close()
})

test('a database that has no connection left is waited for', async () => {
  await beside.sql(`CREATE ROLE limited LOGIN CONNECTION LIMIT 1`)
  const limited = url.replace('algiers@', 'limited@')
  const [first, second] = [connect(limited), connect(limited)]
  const held = await first.session()
  await expect(second.sql('SELECT 1')).rejects.toMatchObject({ code: 'CATALOGUE_UNREACHABLE' })
  const asked = untilBack(() => second.sql('SELECT 1 AS one'), { onWait: () => held.release(true) })
  expect(await asked).toEqual([{ one: 1 }])
  await first.close()
  await second.close()
})
