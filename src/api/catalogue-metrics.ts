import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { OpenCatalogue } from '../catalogue.ts'
import { UserError } from '../core/support/user-error.ts'
import { senderOf } from './catalogue-access.ts'

const SECONDS = [0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Measures what is asked, and tells owners of it at `/metrics`, as Prometheus reads it. */
export const measure = (server: FastifyInstance, catalogue: Pick<OpenCatalogue, 'progress'>): void => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const answered = new Histogram({
    name: 'algiers_http_request_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  new Gauge({
    name: 'algiers_catalogue_files',
    help: 'Files of the catalogue by how far their analysis has come.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const { waiting, running, done, dead } = await catalogue.progress()
      for (const [state, count] of Object.entries({ waiting, running, done, dead })) this.set({ state }, count)
    },
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    answered.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  server.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (senderOf(request)?.role !== 'owner') throw new UserError('FORBIDDEN', 'Figures of the server are for owners.')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
