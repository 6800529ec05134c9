import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer, until } from './server.fixture.ts'
import { createServer } from './server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  expect(server.bugs).toEqual([])
  await server.close()
})

/** A request whose body never comes: it stays inside. */
const linger = async (head: string): Promise<Socket> => {
  const { port, host } = new URL(server.address)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write(`${head} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n`)
  await once(socket, 'connect')
  return socket
}

const refusal = (path: string) => async (): Promise<Response | null> => {
  const answer = await server.request('GET', path)
  if (answer.status === 503) return answer
  await answer.body?.cancel()
  return null
}
const welcome = async (): Promise<true | null> =>
  (await server.request('GET', '/api/ready')).status === 200 ? true : null

test('more requests at once than any page makes are sent away, until those inside have gone', async () => {
  const crowd = await Promise.all(Array.from({ length: 64 }, () => linger('POST /api/scan')))
  const refused = await until(refusal('/api/ready'))
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(await refused.json()).toMatchObject({ code: 'OVERLOADED', status: 503, most: 64 })
  for (const socket of crowd) socket.destroy()
  expect(await until(welcome)).toBe(true)
})

test('listeners count apart: a crowd of them keeps nobody else out', async () => {
  const crowd = await Promise.all(Array.from({ length: 200 }, () => linger('GET /api/events')))
  expect(await (await until(refusal('/api/events'))).json()).toMatchObject({ code: 'OVERLOADED', most: 200 })
  expect(await welcome()).toBe(true)
  for (const socket of crowd) socket.destroy()
})

test('a server that ends lets nobody in any more, and says so', async () => {
  let port = 0
  const ending = await createServer(server.app, { host: '127.0.0.1', token: null, port: () => port, report: () => {} })
  let told: unknown
  ending.addHook('preClose', async () => {
    told = await ask()
  })
  await ending.listen({ host: '127.0.0.1', port: 0 })
  port = (ending.server.address() as AddressInfo).port
  const ask = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/api/ready`)).json()
  expect(await ask()).toEqual({ ready: true })
  await ending.close()
  expect(told).toMatchObject({ code: 'SHUTTING_DOWN', status: 503 })
})
