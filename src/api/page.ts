import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { UserError } from '../core/support/user-error.ts'
import { isScreen } from './operations/screens.ts'
import { wantsPage } from './problem-page.ts'

type PageFile = {
  readonly bytes: Buffer
  readonly type: string
  readonly tag: string
  readonly isNamedByContent: boolean
}
/** By address. */
export type Page = ReadonlyMap<string, PageFile>

/** Where the bundler puts it: the same place seen from `src/` and from the compiled package. */
const BUILT_PAGE = join(import.meta.dirname, '..', '..', 'dist', 'web')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

/** Everything comes from this server, and nothing is run that did not come as a file of it. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
  "media-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The built page whole in memory: an address is looked up here and never on disk. Empty where it was not built. */
export const readPage = (folder = BUILT_PAGE): Page => {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
  return new Map(
    files.map((name) => {
      const bytes = readFileSync(join(folder, name))
      const address = `/${name.split(sep).join('/')}`
      return [
        address,
        {
          bytes,
          type: TYPES[extname(name)] ?? 'application/octet-stream',
          tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
          isNamedByContent: address.startsWith('/assets/'),
        },
      ]
    }),
  )
}

/** To a browser that goes to an address where nothing is, the page says so. @throws ROUTE_NOT_FOUND, PAGE_NOT_BUILT */
export const sendPage = (page: Page, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const path = request.url.split('?')[0]!
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead && isScreen(path) && page.size === 0)
    throw new UserError('PAGE_NOT_BUILT', 'This installation has no built page.')
  const isLost = !isScreen(path) && !page.has(path) && wantsPage(request)
  const file = isRead ? page.get(isScreen(path) || isLost ? '/index.html' : path) : undefined
  if (file === undefined) throw new UserError('ROUTE_NOT_FOUND', `${request.method} ${path}`)
  reply
    .header('content-security-policy', PAGE_POLICY)
    .header('etag', file.tag)
    .header('cache-control', file.isNamedByContent ? 'private, max-age=31536000, immutable' : 'no-cache')
  if (isLost) return reply.code(404).type(file.type).send(file.bytes)
  if (request.headers['if-none-match'] === file.tag) return reply.code(304).send()
  return reply.type(file.type).send(file.bytes)
}
