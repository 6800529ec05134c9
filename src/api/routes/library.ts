import { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../support/snake-case.ts'
import { idParams } from '../contract/fields.ts'
import { done } from '../contract/labels.ts'
import { newRoot, root } from '../contract/tracks.ts'
import type { ApiServer } from '../server.ts'

type RootView = z.infer<typeof root>

export const libraryRoutes = (server: ApiServer, app: App): void => {
  server.get('/api/roots', { schema: { tags: ['library'], response: { 200: z.array(root) } } }, () =>
    app.library.list().map((one) => snakeCase(one) as RootView),
  )
  server.post(
    '/api/roots',
    { schema: { tags: ['library'], body: newRoot, response: { 201: root } } },
    async ({ body }, reply) => {
      const added = await app.library.add(body.path)
      reply.code(201)
      return snakeCase(added) as RootView
    },
  )
  server.delete(
    '/api/roots/:id',
    { schema: { tags: ['library'], params: idParams, response: { 200: done } } },
    ({ params }) => {
      const { path } = app.library.remove(String(params.id))
      return { message: `${path} is not read any more; its files and labels stay` }
    },
  )
}
