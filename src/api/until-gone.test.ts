import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { untilGone } from './until-gone.ts'

test('what is computed for an answer is given up once nobody waits for it, and only then', async () => {
  const server = fastify()
  const signals: AbortSignal[] = []
  const begun = Promise.withResolvers<void>()
  server.get('/slow', (_, reply) => {
    signals.push(untilGone(reply))
    begun.resolve()
    return new Promise((_resolve, reject) =>
      signals.at(-1)!.addEventListener('abort', () => reject(signals.at(-1)!.reason)),
    )
  })
  server.get('/quick', async (_, reply) => {
    signals.push(untilGone(reply))
    return { done: true }
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const asked = request({ host: '127.0.0.1', port, path: '/slow' }).on('error', () => {})
  asked.end()
  await begun.promise
  const gone = new Promise((resolve) => signals[0]!.addEventListener('abort', resolve))
  asked.destroy()
  await gone
  expect(signals[0]!.reason).toMatchObject({ code: 'CANCELLED' })
  expect(await (await fetch(`http://127.0.0.1:${port}/quick`)).json()).toEqual({ done: true })
  await server.close()
  expect(signals[1]!.aborted).toBe(false)
})
