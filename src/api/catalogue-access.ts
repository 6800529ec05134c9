import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OpenCatalogue } from '../catalogue.ts'
import { UserError } from '../core/support/user-error.ts'
import { isOfferedSecurely, tokenCookie, tokensOf } from './guard.ts'

/** What may be asked without a token: whoever keeps servers running asks it. */
const OPEN_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

type Asking = Awaited<ReturnType<OpenCatalogue['people']['of']>>

/** Who sent each request that was let in. */
const senders = new WeakMap<FastifyRequest['raw'], NonNullable<Asking>>()

export const senderOf = (request: FastifyRequest): NonNullable<Asking> | null => senders.get(request.raw) ?? null

/** So often it is asked again whose token it is with which somebody is still being answered: events are answered for ever. */
const ASKED_AGAIN_MS = 10_000

/** Ends answers to whoever has lost a token, or has another role or team by now. */
const endLost = (server: FastifyInstance, people: OpenCatalogue['people'], everyMs: number) => {
  const open = new Map<ServerResponse, { readonly token: string; readonly user: NonNullable<Asking> }>()
  const ask = async (): Promise<void> => {
    for (const [response, { token, user }] of [...open]) {
      // While the database is away nobody can be asked.
      const now = await people.of(token).catch(() => user)
      if (now?.teamId !== user.teamId || now.role !== user.role) response.destroy()
    }
  }
  const asking = setInterval(() => void ask(), everyMs).unref()
  server.addHook('onClose', async () => clearInterval(asking))
  return (response: ServerResponse, token: string, user: NonNullable<Asking>): void => {
    open.set(response, { token, user })
    response.once('close', () => open.delete(response))
  }
}

/** Lets in whoever sends a token that is somebody's, and has the work done in their name. */
export const admitPeople = (
  server: FastifyInstance,
  people: OpenCatalogue['people'],
  {
    port,
    offeredAt,
    askedAgainMs = ASKED_AGAIN_MS,
  }: { readonly port: () => number; readonly offeredAt: string | null; readonly askedAgainMs?: number | undefined },
): void => {
  const isAnswered = endLost(server, people, askedAgainMs)
  server.addHook('onRequest', async (request, reply) => {
    if (OPEN_PATHS.has(request.routeOptions.url ?? '')) return
    const { inAddress, sent } = tokensOf(request.raw, port())
    const token = inAddress ?? sent
    const user = token === null ? null : await people.of(token)
    if (user === null || token === null)
      throw new UserError('UNAUTHENTICATED', 'A catalogue asks for the token of a user.')
    if (inAddress !== null) {
      const cookie = tokenCookie(port(), inAddress, isOfferedSecurely(request.raw, offeredAt))
      return reply.header('set-cookie', cookie).redirect('/', 303)
    }
    senders.set(request.raw, user)
    isAnswered(reply.raw, token, user)
  })
  // Just before the work, since whoever reads a body does so in the name of the connection.
  server.addHook('preHandler', (request, _reply, done) => {
    const user = senderOf(request)
    if (user === null) done()
    else people.actAs(user, done)
  })
}
