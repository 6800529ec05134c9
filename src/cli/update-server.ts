import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import type { LibraryUpdate } from '../platform/store/database.ts'
import { megabytes, updateWords } from './library-update.ts'
import { pageHeaders, serveSecretly } from './secret-server.ts'
import { type ShownUpdate, updatePage } from './update-page.ts'

/** How often it is looked how far a copy has grown. */
const LOOK_EVERY_MS = 250
/** A window that has not come by then was closed. */
const COMES_WITHIN_MS = 60_000

const EVENTS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } as const

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** A step counts as done when the next one begins; of a copy there is as much as lies on the disk. */
export const shownUpdate = (update: LibraryUpdate): ShownUpdate => {
  const words = updateWords(update)
  switch (update.stage) {
    case 'checking':
      return { words, amount: '', fraction: null }
    case 'copying': {
      const copied = Math.min(sizeOf(update.path), update.bytes)
      return {
        words,
        amount: `${megabytes(copied)} of ${megabytes(update.bytes)} copied`,
        fraction: update.bytes === 0 ? null : copied / update.bytes,
      }
    }
    case 'changing':
      return { words, amount: '', fraction: (update.step - 1) / update.steps }
  }
}

export type UpdateServer = {
  readonly address: string
  readonly show: (update: LibraryUpdate) => void
  /** One window less is to be waited for. */
  readonly noWindow: () => void
  /** Sends all windows there. @returns when it has, and none is on its way any more */
  readonly leadTo: (address: string) => Promise<void>
}

/**
 * Shows in windows what is done to the library, which the server that does it cannot: it does nothing else meanwhile.
 * @param windows how many are about to be opened; by a POST to the address another one is announced
 */
export const serveUpdate = async (first: LibraryUpdate, windows = 1): Promise<UpdateServer> => {
  let update = first
  let shown = shownUpdate(first)
  let goal: string | null = null
  let coming = windows
  /** Pages that were sent, and have not asked for events yet. */
  let loading = 0
  const streams = new Set<ServerResponse>()
  const send = (stream: ServerResponse): void => {
    stream.write(`data: ${JSON.stringify(goal === null ? shown : { leadsTo: goal })}\n\n`)
    if (goal !== null) stream.end()
  }
  const endWhenEmpty = (): void => {
    if (goal !== null && coming <= 0 && loading <= 0) server.end()
  }
  const look = (): void => {
    const now = shownUpdate(update)
    if (JSON.stringify(now) === JSON.stringify(shown)) return
    shown = now
    for (const stream of streams) send(stream)
  }
  const server = await serveSecretly(async ({ request, response, rest }) => {
    if (rest === '/events') {
      loading = Math.max(0, loading - 1)
      response.writeHead(200, EVENTS)
      streams.add(response.on('close', () => streams.delete(response)))
      send(response)
      endWhenEmpty()
    } else if (rest !== '') response.writeHead(404).end()
    else if (request.method === 'HEAD') response.writeHead(goal === null ? 200 : 410).end()
    else if (request.method === 'POST') {
      coming += 1
      response.writeHead(204).end()
    } else if (goal !== null) {
      coming = Math.max(0, coming - 1)
      response.writeHead(303, { ...pageHeaders(), location: goal, connection: 'close' }).end(endWhenEmpty)
    } else {
      ;[coming, loading] = [Math.max(0, coming - 1), loading + 1]
      const nonce = randomUUID()
      response.writeHead(200, pageHeaders(`; script-src 'nonce-${nonce}'; connect-src 'self'`))
      response.end(updatePage(shown, nonce))
    }
  })
  const looking = setInterval(look, LOOK_EVERY_MS)
  void server.ended.then(() => clearInterval(looking))
  return {
    address: server.address,
    show: (next) => {
      update = next
      look()
    },
    noWindow: () => {
      coming = Math.max(0, coming - 1)
    },
    leadTo: async (address) => {
      clearInterval(looking)
      goal = address
      for (const stream of streams) send(stream)
      const given = setTimeout(server.end, COMES_WITHIN_MS)
      endWhenEmpty()
      await server.ended
      clearTimeout(given)
    },
  }
}
