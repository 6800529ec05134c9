import { EventEmitter, once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { countLabels } from '../core/labels/label-counts.ts'
import { giveWay } from '../core/support/give-way.ts'
import { eventActions } from '../engine/kit/event-actions.ts'
import { type AppEvent, createEventLog } from '../engine/kit/event-log.ts'
import type { Job } from '../engine/kit/job.ts'
import { EVENT_TYPES } from './operations/event-types.ts'
import { eventDocuments } from './operations/events.ts'
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
    await giveWay()
  }
  while (received < sent) await once(reader, 'data')
  expect(received).toBe(sent)
  expect(await connections()).toBe(1)
  reader.destroy()
  stuck.destroy()
  server.close()
})

const NO_LABELS = countLabels([])
const measure = { epoch: 1, totalEpochs: 10, loss: 0.5, validationLoss: null }
const progress = {
  stage: null,
  done: 0,
  total: 0,
  item: null,
  fraction: 1,
  etaSeconds: null,
  training: { ...measure, labelCounts: NO_LABELS },
}
const scan: Job<'scan'> = {
  id: 3,
  jobId: 'job_3',
  kind: 'scan',
  status: 'completed',
  priority: 'normal',
  payload: { analyse: true, newGrids: false },
  progress,
  result: {
    analysed: 1,
    upToDate: 0,
    unreachable: 0,
    failures: [{ file: '/a.mp3', trackId: 4, error: { code: 'INTERNAL', title: 'a', detail: 'b', hint: 'c' } }],
    roots: [
      {
        root: '/music',
        offline: false,
        filesFound: 2,
        tracksAdded: 1,
        filesRead: 2,
        filesUnchanged: 0,
        filesMissing: 0,
      },
    ],
  },
  error: null,
  attempt: 1,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: null,
  completedAt: null,
}
const EVENTS: { readonly [Type in AppEvent['type']]: Extract<AppEvent, { readonly type: Type }> } = {
  job: { type: 'job', job: scan },
  scan: { type: 'scan', root: '/music', offline: false, tracksAdded: 1, filesMissing: 0 },
  analysis: { type: 'analysis', trackId: 1, failure: null },
  sections: { type: 'sections', trackId: 1, version: 2 },
  grid: { type: 'grid', trackId: 1, version: 2 },
  tags: { type: 'tags', trackId: 1 },
  labels: { type: 'labels', trackIds: [1, 2] },
  notes: { type: 'notes', trackIds: [1, 2] },
  suggestions: { type: 'suggestions', trackId: 1 },
  lenses: { type: 'lenses' },
  models: { type: 'models', change: 'published', version: 2 },
  scopes: { type: 'scopes' },
  playlists: { type: 'playlists' },
  imports: { type: 'imports' },
  sets: { type: 'sets', setId: 1 },
  transitions: { type: 'transitions', fromId: 1, toId: 2 },
  graph: { type: 'graph', stage: 'connecting', done: 20, total: 1000 },
  roots: { type: 'roots' },
  front: { type: 'front', ask: 'a1' },
  quit: { type: 'quit', erasing: false },
}

const recordingResponse = (): { readonly response: ServerResponse; readonly sent: string[] } => {
  const sent: string[] = []
  const write = (text: string): number => sent.push(text)
  return {
    response: Object.assign(new EventEmitter(), { writableLength: 0, write }) as unknown as ServerResponse,
    sent,
  }
}

test('a client that missed some events gets them; one that missed more than it may leave unread starts anew', async () => {
  const log = createEventLog({ firstId: 1 })
  const missing = async (): Promise<string> => {
    const { response, sent } = recordingResponse()
    await streamEvents(response, eventActions(log), 1)
    response.emit('close')
    return sent.join('')
  }
  log.append({ type: 'roots' })
  log.append({ type: 'labels', trackIds: [7] })
  expect(await missing()).toContain('"track_ids":[7]')
  for (let n = 0; n < 20; n++) log.append({ type: 'labels', trackIds: Array.from({ length: 20_000 }, (_, id) => id) })
  const told = await missing()
  expect(told).toContain('event: reset')
  expect(told).not.toContain('track_ids')
})

test('each event is sent as its schema describes it, and nothing of it is left out of the schema', async () => {
  const log = createEventLog({ firstId: 1 })
  const { response, sent } = recordingResponse()
  await streamEvents(response, eventActions(log), null)
  for (const event of Object.values(EVENTS)) log.append(event)
  response.emit('close')
  const told = sent.flatMap((text) => {
    const [, type, data] = /^event: (\w+)\ndata: (.*)$/m.exec(text) ?? []
    return type === undefined ? [] : [{ type, data: JSON.parse(data!) as Record<string, unknown> }]
  })
  expect(told.map(({ type }) => type)).toEqual(['hello', ...EVENT_TYPES])
  for (const type of EVENT_TYPES) {
    const { data } = told.find((one) => one.type === type)!
    const parsed: Record<string, unknown> = eventDocuments[type].parse(data)
    expect(parsed).toEqual(data)
  }
})
