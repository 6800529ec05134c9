import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HTML_TYPE } from '../api/problem-page.ts'

/** A page that nobody has touched for so long is no longer looked at. */
const LEFT_ALONE_MS = 15 * 60_000

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"

/** Of a page that needs no other file. @param policy what it may do besides */
export const pageHeaders = (policy = ''): Readonly<Record<string, string>> => ({
  'content-type': HTML_TYPE,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': POLICY + policy,
})

/** How the pages look that are shown while there is no library. */
export const PAGE_STYLE = `:root{color-scheme:dark light;font:16px/1.5 system-ui,sans-serif}
body{max-width:42rem;margin:10vh auto;padding:0 1.5rem}h1{font-size:1.4rem}h2{font-size:1.05rem;margin-top:2rem}
button{font:inherit;padding:.4rem .9rem}ul{list-style:none;padding:0}li{margin:.6rem 0}progress{width:100%}
.quiet{opacity:.75;overflow-wrap:anywhere}p{overflow-wrap:anywhere}`

export type SecretServer = {
  readonly address: string
  readonly end: () => void
  readonly ended: Promise<void>
}

type Asked = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** What the address has behind the secret. */
  readonly rest: string
}

/**
 * Serves pages to this machine while there is no library that the real one could serve. The address holds a secret, so that no page of
 * others can reach it; it ends by itself once nobody looks any more.
 */
export const serveSecretly = async (answer: (asked: Asked) => Promise<void>): Promise<SecretServer> => {
  const path = `/${randomUUID()}`
  const server = createServer()
  const ended = once(server, 'close').then(() => undefined)
  const end = (): void => {
    server.close()
    server.closeIdleConnections()
  }
  const leftAlone = setTimeout(end, LEFT_ALONE_MS)
  server.on('request', (request, response) => {
    leftAlone.refresh()
    if (!request.url!.startsWith(path)) return void response.writeHead(404).end()
    answer({ request, response, rest: request.url!.slice(path.length) }).catch(() => response.writeHead(500).end())
  })
  server.on('close', () => clearTimeout(leftAlone))
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, end, ended }
}
