import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP, isIPv6 } from 'node:net'
import { UserError } from '../support/user-error.ts'

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'] as const

export type GuardOptions = {
  /** What the server is bound to. */
  readonly host: string
  readonly port: number
  /** Null on loopback, where none is asked for. */
  readonly token: string | null
}

export type GuardedRequest = {
  readonly headers: IncomingHttpHeaders
  /** Names and values as they came, in turn: a header that came twice is here twice. */
  readonly rawHeaders: readonly string[]
}

export const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1'].includes(host)

/** As it stands in an address. */
export const urlHost = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** Bound to every address of the machine, a server is asked for by any of them, but by no name: names can be bent to lead here. */
const isAddress = (asked: string, port: number): boolean => {
  const [, six, four] = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)):\d+$/.exec(asked) ?? []
  return asked.endsWith(`:${port}`) && isIP(six ?? four ?? '') !== 0
}

const count = ({ rawHeaders }: GuardedRequest, name: string): number =>
  rawHeaders.filter((header, at) => at % 2 === 0 && header.toLowerCase() === name).length

const isToken = (given: string | undefined, token: string): boolean => {
  const sent = Buffer.from(given?.startsWith('Bearer ') ? given.slice('Bearer '.length) : '')
  const wanted = Buffer.from(token)
  return sent.length === wanted.length && timingSafeEqual(sent, wanted)
}

/**
 * Refuses requests of strangers before anything is routed: loopback is no boundary, for every page in a browser can reach it.
 * Host must name this server (against DNS rebinding), Origin, where there is one, must be its own, and Fetch Metadata must not
 * speak of another site; beyond loopback a token is asked for.
 * @throws HOST_NOT_ALLOWED, ORIGIN_NOT_ALLOWED, UNAUTHENTICATED, MALFORMED_REQUEST
 */
export const guard = (request: GuardedRequest, { host, port, token }: GuardOptions): void => {
  const names = isLoopback(host) ? LOOPBACK_NAMES : [...LOOPBACK_NAMES, urlHost(host)]
  const isOwn = (asked: string): boolean =>
    names.some((name) => asked === `${name}:${port}`) || (isWildcard(host) && isAddress(asked, port))
  const { host: asked, origin, authorization } = request.headers
  if (asked === undefined) throw new UserError('MALFORMED_REQUEST', 'The request names no host.')
  if (count(request, 'host') !== 1 || !isOwn(asked.toLowerCase()))
    throw new UserError('HOST_NOT_ALLOWED', 'The request is meant for another host.')
  if (
    count(request, 'origin') > 1 ||
    (origin !== undefined && !(origin.startsWith('http://') && isOwn(origin.slice('http://'.length))))
  )
    throw new UserError('ORIGIN_NOT_ALLOWED', 'The request comes from a page of another origin.')
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new UserError('ORIGIN_NOT_ALLOWED', 'The request comes from a page of another site.')
  if (token !== null && !isToken(authorization, token))
    throw new UserError('UNAUTHENTICATED', 'This server is open to the network: it asks for its token.')
}
