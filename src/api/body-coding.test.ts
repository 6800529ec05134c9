import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** The status of an answer, and its code. */
const sent = async (headers: string, body = '2\r\n{}\r\n0\r\n\r\n'): Promise<readonly string[]> => {
  const { port, host } = new URL(server.address)
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  const chunked = /encoding: .*chunked/i.test(headers) ? '' : 'Transfer-Encoding: chunked\r\n'
  const type = /content-type/i.test(headers) ? '' : 'Content-Type: application/json\r\n'
  socket.write(
    `POST /api/jobs/cancel HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${type}${chunked}${headers}\r\n${body}`,
  )
  const answer = await text(socket)
  return [answer.slice(9, 12), /"code":"(\w+)"/.exec(answer)?.[1] ?? 'none']
}

test.each([
  'Content-Encoding: gzip\r\n',
  'Content-Encoding: identity, BR\r\n',
  'Content-Encoding: identity\r\nContent-Encoding: gzip\r\n',
  'Transfer-Encoding: gzip, chunked\r\n',
  'Content-Type: application/json; charset=utf-16\r\n',
  'Content-Type: application/json; charset="ISO-8859-1"\r\n',
])('a body that is packed or not in UTF-8 is refused: %j', async (headers) => {
  expect(await sent(headers)).toEqual(['415', 'UNSUPPORTED_MEDIA_TYPE'])
})

test.each([
  '',
  'Content-Encoding: Identity\r\n',
  'Content-Encoding:\r\n',
  'Transfer-Encoding: Chunked\r\n',
  'Content-Type: application/json; charset=UTF-8\r\n',
  'Content-Type: application/json;charset="us-ascii"\r\n',
])('a plain body is taken, however that is written: %j', async (headers) => {
  expect(await sent(headers)).toEqual(['200', 'none'])
})
