import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { done } from '../contract/labels.ts'
import { backupParams, backups, madeBackup, restoring } from '../contract/system.ts'
import type { ApiServer } from '../server.ts'

export const backupRoutes = (server: ApiServer, app: App): void => {
  server.get('/api/backups', { schema: { tags: ['system'], response: { 200: backups } } }, async () =>
    snakeCase(await app.upkeep.backups.list()),
  )
  server.post(
    '/api/backups',
    { schema: { tags: ['system'], response: { 201: madeBackup } } },
    async (_request, reply) => {
      reply.code(201)
      return { name: await app.upkeep.backups.make() }
    },
  )
  server.post(
    '/api/backups/:name/restore',
    { schema: { tags: ['system'], params: backupParams, response: { 202: restoring } } },
    async ({ params: { name } }, reply) => {
      await app.upkeep.backups.restore(name)
      // Whoever asked is answered first.
      reply.raw.once('finish', () => void app.renew())
      reply.code(202)
      return { message: 'the library is opened anew with the copy; what was there is kept as a copy', name }
    },
  )
  server.delete(
    '/api/backups/:name',
    { schema: { tags: ['system'], params: backupParams, response: { 200: done } } },
    async ({ params: { name } }) => {
      await app.upkeep.backups.delete(name)
      return { message: `${name} deleted` }
    },
  )
}
