import type { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { done } from '../contract/labels.ts'
import { backupParams, backups, madeBackup, restoring } from '../contract/system.ts'
import type { ApiServer } from '../server.ts'

export const backupRoutes = (server: ApiServer, app: App): void => {
  server.get(
    '/api/backups',
    { schema: { tags: ['system'], response: { 200: backups } } },
    () => snakeCase(app.backups.list()) as z.infer<typeof backups>,
  )
  server.post(
    '/api/backups',
    { schema: { tags: ['system'], response: { 201: madeBackup } } },
    async (_request, reply) => {
      reply.code(201)
      return { name: await app.backups.make() }
    },
  )
  server.post(
    '/api/backups/:name/restore',
    { schema: { tags: ['system'], params: backupParams, response: { 202: restoring } } },
    ({ params: { name } }, reply) => {
      app.backups.restore(name)
      // Whoever asked is answered first.
      reply.raw.once('finish', () => app.renew())
      reply.code(202)
      return { message: 'the library is opened anew with the copy; what was there is kept as a copy', name }
    },
  )
  server.delete(
    '/api/backups/:name',
    { schema: { tags: ['system'], params: backupParams, response: { 200: done } } },
    ({ params: { name } }) => {
      app.backups.delete(name)
      return { message: `${name} deleted` }
    },
  )
}
