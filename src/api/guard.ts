import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP, isIPv6 } from 'node:net'
import { UserError } from '../core/support/user-error.ts'
import { isScreen } from './operations/screens.ts'

/** Which server this is, for who knows only where one was: it says so to anybody, strangers included. */
export const INSTANCE_HEADER = 'algiers-instance'

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'] as const

export type GuardOptions = {
  /** What the server is bound to. */
  readonly host: string
  readonly port: number
  /** Null on loopback, where none is asked for. */
  readonly token: string | null
  /** Where a proxy offers this server, such as `https://music.example`; null where none does. @default null */
  readonly offeredAt?: string | null
}

export type GuardedRequest = {
  readonly method?: string | undefined
  /** Path and query. */
  readonly url?: string | undefined
  readonly headers: IncomingHttpHeaders
  /** Names and values as they came, in turn: a header that came twice is here twice. */
  readonly rawHeaders: readonly string[]
}

export const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1'].includes(host)

/** As it stands in an address. */
export const urlHost = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

export const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** Bound to every address of the machine, a server is asked for by any of them, but by no name: names can be bent to lead here. */
const isAddress = (asked: string, port: number): boolean => {
  const [, six, four] = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)):\d+$/.exec(asked) ?? []
  return asked.endsWith(`:${port}`) && isIP(six ?? four ?? '') !== 0
}

const count = ({ rawHeaders }: GuardedRequest, name: string): number =>
  rawHeaders.filter((header, at) => at % 2 === 0 && header.toLowerCase() === name).length

/** The host of an address that is given whole, as to a proxy; otherwise the one that was asked. */
const hostInAddress = ({ url = '/' }: GuardedRequest, asked: string): string =>
  url.startsWith('/') || url === '*' ? asked : (/^https?:\/\/([^/?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? '')

const isToken = (given: string | null | undefined, token: string): boolean => {
  const [sent, wanted] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return sent.length === wanted.length && timingSafeEqual(sent, wanted)
}

const bearerOf = ({ headers: { authorization } }: GuardedRequest): string | undefined =>
  authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : undefined

/** Cookies do not tell ports apart: servers on other ports of the same machine have theirs under other names. */
const cookieName = (port: number): string => `algiers-${port}`

const cookieOf = ({ headers: { cookie } }: GuardedRequest, port: number): string | undefined =>
  cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${cookieName(port)}=`))
    ?.slice(cookieName(port).length + 1)

const COOKIE_SECONDS = 365 * 24 * 3600

const screenPath = (offer: string | null): string =>
  offer === null ? '/' : `/training?offer=${encodeURIComponent(offer)}`

/**
 * The address that was printed carries the token once, since `<audio>` and EventSource can send no header.
 * @param offer a model that was laid ready, whose import the page then offers
 */
export const pageAddress = (address: string, token: string | null, offer: string | null = null): string => {
  if (token === null) return offer === null ? address : address + screenPath(offer)
  return `${address}/?token=${token}${offer === null ? '' : `&offer=${encodeURIComponent(offer)}`}`
}

/** Where a request goes on whose address carried the token. */
export const pathAfterToken = (url: string): string =>
  screenPath(new URLSearchParams(url.slice('/?'.length)).get('offer'))

const tokenInAddress = ({ method, url }: GuardedRequest): string | null =>
  method === 'GET' && url?.startsWith('/?') ? new URLSearchParams(url.slice('/?'.length)).get('token') : null

export const tokenCookie = (port: number, token: string, isSecure = false): string =>
  `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}${isSecure ? '; Secure' : ''}`

/** Whether a request came through the proxy that offers this server over TLS: whoever started it has said so, no header is believed. */
export const isOfferedSecurely = ({ headers }: GuardedRequest, offeredAt: string | null): boolean => {
  const offered = offeredAt === null ? null : new URL(offeredAt)
  return offered?.protocol === 'https:' && headers.host?.toLowerCase() === offered.host
}

/** The tokens that a request carries: in its address, from where it moves into a cookie, or as bearer or cookie. */
export const tokensOf = (
  request: GuardedRequest,
  port: number,
): { readonly inAddress: string | null; readonly sent: string | null } => ({
  inAddress: tokenInAddress(request),
  sent: bearerOf(request) ?? cookieOf(request, port) ?? null,
})

/** @returns the cookie to set, where the address carried the token @throws UNAUTHENTICATED */
const requireToken = (request: GuardedRequest, port: number, token: string): string | null => {
  if (isToken(tokenInAddress(request), token)) return tokenCookie(port, token)
  if (isToken(bearerOf(request), token) || isToken(cookieOf(request, port), token)) return null
  throw new UserError('UNAUTHENTICATED', 'This server is open to the network, so it asks for its token.')
}

/** Whoever clicks a link elsewhere that leads here opens the page, which does nothing by itself and is in no frame. */
const isLinkToPage = ({ method, url, headers }: GuardedRequest): boolean =>
  method === 'GET' &&
  url !== undefined &&
  isScreen(url.split('?')[0]!) &&
  headers.origin === undefined &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document'

/**
 * Refuses requests of strangers before anything is routed: loopback is no boundary, for every page in a browser can reach it.
 * Host must name this server (against DNS rebinding), Origin, where there is one, must be the host that is asked, and Fetch Metadata must not
 * speak of another site, unless a link is followed to the page; beyond loopback a token is asked for, as bearer, as cookie, or once in the address.
 * @returns a cookie to set, with which the browser is to come back; null: go on
 * @throws HOST_NOT_ALLOWED, ORIGIN_NOT_ALLOWED, UNAUTHENTICATED, MALFORMED_REQUEST
 */
export const guard = (
  request: GuardedRequest,
  { host, port, token, offeredAt = null }: GuardOptions,
): string | null => {
  const names = isLoopback(host) ? LOOPBACK_NAMES : [...LOOPBACK_NAMES, urlHost(host)]
  const offered = offeredAt === null ? null : new URL(offeredAt)
  const isOwn = (asked: string): boolean =>
    asked === offered?.host ||
    names.some((name) => asked === `${name}:${port}`) ||
    (isWildcard(host) && isAddress(asked, port))
  const { host: asked, origin } = request.headers
  if (asked === undefined) throw new UserError('MALFORMED_REQUEST', 'The request names no host.')
  const name = asked.toLowerCase()
  if (count(request, 'host') !== 1 || !isOwn(name) || hostInAddress(request, name) !== name)
    throw new UserError('HOST_NOT_ALLOWED', 'The request is meant for another host.')
  const ownOrigin = name === offered?.host ? offered.origin : `http://${name}`
  if (count(request, 'origin') > 1 || (origin !== undefined && origin !== ownOrigin))
    throw new UserError('ORIGIN_NOT_ALLOWED', 'The request comes from a page of another origin.')
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isLinkToPage(request))
    throw new UserError('ORIGIN_NOT_ALLOWED', 'The request comes from a page of another site.')
  return token === null ? null : requireToken(request, port, token)
}
