import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pageAddress } from '../api/guard.ts'
import { HTML_TYPE } from '../api/problem-page.ts'
import type { ErrorReport } from '../core/support/user-error.ts'
import { failurePage, type OfferedCopy } from './failure-page.ts'
import type { StartOutcome } from './start-detached.ts'

/** A page that nobody has touched for so long is no longer looked at. */
const LEFT_ALONE_MS = 15 * 60_000
const MOST_FORM_BYTES = 1024

/** What can be done about a start that failed. */
export type Remedies = {
  readonly dataDir: string
  readonly begin: () => Promise<StartOutcome>
  /** Copies that could take the place of the library; none where that is not what is wrong. */
  readonly copies: (error: ErrorReport) => Promise<readonly OfferedCopy[]>
  /** @returns why that was not possible; null where it was */
  readonly restore: (name: string) => Promise<ErrorReport | null>
}

const HEADERS = {
  'content-type': HTML_TYPE,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
} as const

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk as string
    if (text.length > MOST_FORM_BYTES) break
  }
  return new URLSearchParams(text)
}

export type FailureServer = {
  readonly address: string
  /** Resolved once Algiers has started after all, or nobody looks at the page any more. */
  readonly ended: Promise<void>
}

/**
 * Shows why Algiers could not start, on a page of its own since the real one needs a library. The address holds a secret, so that no
 * other page can reach it.
 */
export const serveFailure = async (first: ErrorReport, remedies: Remedies): Promise<FailureServer> => {
  const path = `/${randomUUID()}`
  let error = first
  const server = createServer()
  const ended = once(server, 'close').then(() => undefined)
  const end = (): void => void server.close()
  const leftAlone = setTimeout(end, LEFT_ALONE_MS)
  const show = async (response: ServerResponse): Promise<void> => {
    const copies = await remedies.copies(error)
    response.writeHead(200, HEADERS).end(failurePage({ error, copies, path, dataDir: remedies.dataDir }))
  }
  const act = async (form: URLSearchParams, response: ServerResponse): Promise<void> => {
    const name = form.get('restore')
    const refusal = name === null ? null : await remedies.restore(name)
    const outcome = refusal === null ? await remedies.begin() : { error: refusal }
    if ('error' in outcome) {
      error = outcome.error
      return show(response)
    }
    response.writeHead(303, { ...HEADERS, location: pageAddress(outcome.address, outcome.token), connection: 'close' })
    response.end(end)
  }
  server.on('request', (request, response) => {
    leftAlone.refresh()
    const answer = async (): Promise<void> => {
      if (request.url !== path) return void response.writeHead(404).end()
      if (request.method === 'POST') return act(await readForm(request), response)
      return show(response)
    }
    answer().catch(() => response.writeHead(500).end())
  })
  server.on('close', () => clearTimeout(leftAlone))
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, ended }
}
