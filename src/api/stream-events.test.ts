import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { eventActions } from '../engine/kit/event-actions.ts'
import { createEventLog } from '../engine/kit/event-log.ts'
import { streamEvents } from './stream-events.ts'

test('a client that reads nothing is dropped, and one that reads gets everything', async () => {
  const log = createEventLog()
  const { append } = log
  const events = eventActions(log)
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    void streamEvents(response, events, null)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const open = async (): Promise<ReturnType<typeof connect>> => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(socket, 'readable')
    return socket
  }
  const [reader, stuck] = [await open(), await open()]
  let received = 0
  reader.on('data', (text: string) => {
    received += text.match(/^event: labels$/gm)?.length ?? 0
  })
  const connections = (): Promise<number> =>
    new Promise((resolve) => server.getConnections((_error, count) => resolve(count)))
  let sent = 0
  while ((await connections()) === 2) {
    for (let n = 0; n < 20; n++, sent++)
      append({ type: 'labels', trackIds: Array.from({ length: 200 }, (_, id) => id) })
    await new Promise((resolve) => setImmediate(resolve))
  }
  while (received < sent) await once(reader, 'data')
  expect(received).toBe(sent)
  expect(await connections()).toBe(1)
  reader.destroy()
  stuck.destroy()
  server.close()
})
