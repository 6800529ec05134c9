import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTestTrack } from '../cli/test-track.fixture.ts'
import { scanFolder, startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-raw-'))
  mkdirSync(join(folder, 'music'))
  writeTestTrack(join(folder, 'music/one.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  server = await startTestServer()
  await scanFolder(server, join(folder, 'music'))
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** All that comes back on a connection of its own, which the server must end. */
const sendRaw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.address)
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('error', reject).on('close', () => resolve(answer))
  })
const statuses = (answer: string): readonly string[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, code]) => code!)
const own = (): string => `Host: ${new URL(server.address).host}\r\nConnection: close\r\n`
const EXPECTING = 'Content-Type: application/json\r\nExpect: 100-continue\r\n'

test('a client that waits to be told to go on is told so only where its body is wanted', async () => {
  const stranger = await sendRaw(
    `POST /api/scan HTTP/1.1\r\nHost: evil.example\r\n${EXPECTING}Content-Length: 2\r\n\r\n`,
  )
  expect(statuses(stranger)).toEqual(['403'])
  const scan = (headers: string, body = ''): Promise<string> =>
    sendRaw(`POST /api/scan HTTP/1.1\r\n${own()}${EXPECTING}${headers}\r\n${body}`)
  expect(statuses(await scan('Content-Length: 20000000\r\n'))).toEqual(['413'])
  expect(statuses(await scan('Content-Encoding: gzip\r\nContent-Length: 2\r\n'))).toEqual(['415'])
  expect(statuses(await scan('Content-Length: 2\r\n', '[]'))).toEqual(['100', '422'])
  expect(statuses(await scan('Transfer-Encoding: chunked\r\n', '2\r\n[]\r\n0\r\n\r\n'))).toEqual(['100', '422'])
})

test('a tunnel is refused in a document, and the head of events comes without them', async () => {
  const tunnel = await sendRaw(`CONNECT evil.example:443 HTTP/1.1\r\n${own()}\r\n`)
  expect(statuses(tunnel)).toEqual(['400'])
  expect(tunnel).toContain('MALFORMED_REQUEST')
  const head = await sendRaw(`HEAD /api/events HTTP/1.1\r\n${own()}\r\n`)
  expect(statuses(head)).toEqual(['200'])
  expect(head).toMatch(/text\/event-stream(?:.|\r\n)*\r\n\r\n$/)
})

test.each(['with the answer on its way', 'after the answer'])(
  'whoever asks for a tunnel and resets the connection %s harms nobody else',
  async (moment) => {
    const { hostname, port } = new URL(server.address)
    for (let time = 0; time < 20; time++) {
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      socket.write(`CONNECT evil.example:443 HTTP/1.1\r\n${own()}\r\n`)
      if (moment === 'after the answer') await once(socket, 'data')
      socket.resetAndDestroy()
    }
    expect((await fetch(`${server.address}/api/ready`)).status).toBe(200)
  },
)

test('a word with a NUL in it finds nothing, and not all that has what stands before it', async () => {
  const found = async (q: string): Promise<number> =>
    (await server.json<{ total: number }>('GET', `/api/tracks?q=${q}`)).body.total
  expect([await found('o'), await found('o%00x'), await found('%00')]).toEqual([1, 0, 0])
})
