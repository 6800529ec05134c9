import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
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

type Answered = { readonly token: string; readonly user: NonNullable<Asking>; readonly isEndless: boolean }

/** Who is being answered: what is done with an answer that was begun. */
type OpenAnswers = {
  readonly begin: (response: ServerResponse, to: Answered) => void
  /** Ends those that have no end, and waits for the others. */
  readonly drain: (longestMs: number) => Promise<void>
}

const openAnswers = (server: FastifyInstance, people: OpenCatalogue['people'], everyMs: number): OpenAnswers => {
  const open = new Map<ServerResponse, Answered>()
  /** Ends answers to whoever has lost a token, or has another role or team by now. */
  const endLost = async (): Promise<void> => {
    for (const [response, { token, user }] of [...open]) {
      // While the database is away nobody can be asked.
      const now = await people.of(token).catch(() => user)
      if (now?.teamId !== user.teamId || now.role !== user.role) response.destroy()
    }
  }
  const asking = setInterval(() => void endLost(), everyMs).unref()
  server.addHook('onClose', async () => clearInterval(asking))
  return {
    begin: (response, to) => {
      open.set(response, to)
      response.once('close', () => open.delete(response))
    },
    drain: async (longestMs) => {
      for (const [response, { isEndless }] of [...open]) if (isEndless) response.destroy()
      const ends = [...open.keys()].map((response) => once(response, 'close'))
      await Promise.race([Promise.all(ends), wait(longestMs, undefined, { ref: false })])
    },
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
): Pick<OpenAnswers, 'drain'> => {
  const answers = openAnswers(server, people, askedAgainMs)
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
    const { isEndless = false } = request.routeOptions.config
    answers.begin(reply.raw, { token, user, isEndless })
  })
  // Just before the work, since whoever reads a body does so in the name of the connection.
  server.addHook('preHandler', (request, _reply, done) => {
    const user = senderOf(request)
    if (user === null) done()
    else people.actAs(user, done)
  })
  return answers
}
