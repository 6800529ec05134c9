/** Answers that have no end: who they are for may change, and where they come from may go away. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initCatalogue, type OpenCatalogue, openCatalogue, openKeeper } from '../catalogue.ts'
import type { CatalogueKeeper } from '../engine/catalogue/catalogue-actions.ts'
import { createPeople } from '../engine/catalogue/people.ts'
import { type Connection, connect } from '../platform/catalogue/connect.ts'
import { type Line, lineTo } from '../platform/catalogue/cut-line.fixture.ts'
import { NO_POSTGRES, sharedPostgres } from '../platform/catalogue/postgres.fixture.ts'
import { type CatalogueServer, startCatalogueServer } from './start-catalogue-server.ts'

const postgres = sharedPostgres()
let keeper: CatalogueKeeper
let connection: Connection
let line: Line
const opened: OpenCatalogue[] = []
const servers: CatalogueServer[] = []

const serve = async (url: string, changed: Partial<OpenCatalogue['people']>): Promise<string> => {
  const catalogue = await openCatalogue(url)
  opened.push(catalogue)
  const people = { ...catalogue.people, ...changed }
  const options = { host: '127.0.0.1', port: 0, askedAgainMs: 20, report: () => {}, log: () => {} }
  const server = await startCatalogueServer({ ...catalogue, people }, options)
  servers.push(server)
  return server.address
}
const follow = (address: string, token: string): Promise<Response> =>
  fetch(`${address}/api/events`, { headers: { authorization: `Bearer ${token}` } })
/** Reads until the other end ends it. */
const readOut = (answer: Response): Promise<unknown> => answer.text().catch(() => null)
const grant = (team: string): Promise<string> => keeper.grant({ name: 'mia', role: 'labeller', team })

beforeAll(async () => {
  if (postgres === null) return
  const url = postgres.database()
  await initCatalogue(url, null)
  keeper = await openKeeper(url)
  connection = connect(url)
  line = await lineTo(url)
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  for (const server of servers) await server.close()
  for (const { app } of opened) await app.close()
  await keeper?.close()
  await connection?.close()
  line?.close()
})

test.each([
  ['loses the token', () => keeper.revoke('mia')],
  ['gets another role', () => connection.sql(`UPDATE algiers.users SET role = 'reader' WHERE name = 'mia'`)],
])('whoever follows what a team does and %s follows no longer', async (_what, change) => {
  // An hour passes between any two questions who somebody is, so that none is answered from memory.
  let hours = 0
  const { of } = createPeople(connection.sql, () => 3_600_000 * hours++)
  const address = await serve(postgres!.address(new URL(line.url).pathname.slice(1)), { of })
  const answer = await follow(address, await grant('radio'))
  expect(answer.status).toBe(200)
  await change()
  await readOut(answer)
})

test('a server that is told to end answers first who is still sending, and ends what has no end', async () => {
  const token = await grant('radio')
  const sender = await keeper.grant({ name: 'noa', role: 'labeller', team: 'radio' })
  const { of } = createPeople(connection.sql)
  const seen = Promise.withResolvers<void>()
  const address = await serve(postgres!.address(new URL(line.url).pathname.slice(1)), {
    // Who follows is asked about again and again, and may be so before the other one has begun to send.
    of: async (sent) => {
      const user = await of(sent)
      if (sent === sender) seen.resolve()
      return user
    },
  })
  const followed = await follow(address, token)
  const body = JSON.stringify({ name: 'Late', folders: [], track_ids: [] })
  const headers = {
    authorization: `Bearer ${sender}`,
    'content-type': 'application/json',
    'content-length': body.length,
  }
  const sending = request(`${address}/api/playlists`, { method: 'POST', headers })
  sending.write(body.slice(0, 10))
  await seen.promise
  await turn()
  const closed = servers.pop()!.close()
  await readOut(followed)
  await expect(fetch(`${address}/healthz`)).rejects.toThrow()
  sending.end(body.slice(10))
  const [answer] = (await once(sending, 'response')) as [IncomingMessage]
  answer.resume()
  expect(answer.statusCode).toBe(201)
  await closed
  expect(await connection.sql('SELECT name FROM algiers.playlists')).toEqual([{ name: 'Late' }])
})

test('whoever begins to follow while the database is away is not left waiting for ever, and the server lives on', async () => {
  const token = await grant('radio')
  const user = (await createPeople(connection.sql).of(token))!
  const address = await serve(line.url, { of: async () => user })
  line.close()
  await readOut(await follow(address, token))
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
})
