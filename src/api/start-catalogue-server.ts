import type { AddressInfo } from 'node:net'
import type { OpenCatalogue } from '../catalogue.ts'
import { admitPeople, senderOf } from './catalogue-access.ts'
import { measure } from './catalogue-metrics.ts'
import { urlHost } from './guard.ts'
import { createServer } from './server.ts'

/** What a server tells of each answer: nothing of it lets anybody in. */
export type AnswerLog = {
  readonly method: string
  /** As declared, without what was asked for. */
  readonly route: string
  readonly status: number
  readonly ms: number
  readonly user: string | null
}

export type CatalogueServer = { readonly address: string; readonly close: () => Promise<void> }

/** So long what was begun may take at the end; the process is ended after that. */
const DRAINED_WITHIN_MS = 20_000

/** Serves a catalogue. It keeps no state, so that any number of servers may stand beside each other. */
export const startCatalogueServer = async (
  { app, people, requireReady, progress }: OpenCatalogue,
  {
    host,
    port,
    offeredAt = null,
    askedAgainMs,
    report,
    log,
  }: {
    readonly host: string
    readonly port: number
    /** As of the guard. */
    readonly offeredAt?: string | null
    /** As of `admitPeople`. */
    readonly askedAgainMs?: number
    readonly report: (bug: unknown) => void
    readonly log: (answer: AnswerLog) => void
  },
): Promise<CatalogueServer> => {
  let bound = port
  let answers: ReturnType<typeof admitPeople> | null = null
  const server = await createServer(app, {
    host,
    token: null,
    offeredAt,
    report,
    port: () => bound,
    extend: (extended) => {
      answers = admitPeople(extended, people, { port: () => bound, offeredAt, askedAgainMs })
      measure(extended, { progress })
      extended.get('/healthz', { schema: { hide: true } }, async () => ({ alive: true }))
      extended.get('/readyz', { schema: { hide: true } }, async () => {
        await requireReady()
        return { ready: true }
      })
      extended.addHook('onResponse', async (request, reply) =>
        log({
          method: request.method,
          route: request.routeOptions.url ?? 'none',
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          user: senderOf(request)?.name ?? null,
        }),
      )
    },
  })
  await server.listen({ host, port })
  bound = (server.server.address() as AddressInfo).port
  const close = async (): Promise<void> => {
    // Nobody new is let in, and whoever sends something or waits for an answer is answered first.
    server.server.close()
    await answers?.drain(DRAINED_WITHIN_MS)
    await server.close()
  }
  return { address: `http://${urlHost(host)}:${bound}`, close }
}
