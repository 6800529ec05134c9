import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

/**
 * Answers what a client expects (RFC 9110 §10.1.1). Who waits to be told to go on before sending a body is told so only once nothing but the
 * body is left to be looked at: a refusal comes before megabytes are sent for nothing. What nobody knows is passed over, where Node would
 * refuse it without a document.
 */
export const answerExpectations = (server: FastifyInstance): void => {
  const waiting = new WeakSet<IncomingMessage>()
  const http = server.server
  http.on('checkContinue', (request: IncomingMessage, response) => {
    waiting.add(request)
    http.emit('request', request, response)
  })
  http.on('checkExpectation', (request, response) => http.emit('request', request, response))
  server.addHook('preParsing', async ({ raw, headers, routeOptions }, reply) => {
    const isTooLong = Number(headers['content-length']) > (routeOptions.bodyLimit ?? Number.POSITIVE_INFINITY)
    if (waiting.has(raw) && !isTooLong) reply.raw.writeContinue()
  })
}
