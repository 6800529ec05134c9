import { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Root } from '../../platform/store/root-store.ts'
import { idParams } from '../contract/fields.ts'
import { demoRequest, started } from '../contract/jobs.ts'
import { done } from '../contract/labels.ts'
import { folderListing, folderQuery, newRoot, root } from '../contract/tracks.ts'
import type { ApiServer } from '../server.ts'

type RootView = z.infer<typeof root>

const viewOf = async (app: App, root: Root): Promise<RootView> => {
  const isDemo = (await app.demo.root())?.id === root.id
  return snakeCase({ ...root, isDemo })
}

export const libraryRoutes = (server: ApiServer, app: App): void => {
  server.get('/api/roots', { schema: { tags: ['library'], response: { 200: z.array(root) } } }, async () =>
    Promise.all((await app.collection.listRoots()).map((one) => viewOf(app, one))),
  )
  server.post(
    '/api/roots',
    { schema: { tags: ['library'], body: newRoot, response: { 201: root } } },
    async ({ body }, reply) => {
      const added = await app.collection.addRoot(body.path)
      reply.code(201)
      return viewOf(app, added)
    },
  )
  server.delete(
    '/api/roots/:id',
    { schema: { tags: ['library'], params: idParams, response: { 200: done } } },
    async ({ params }) => {
      const { path } = await app.collection.removeRoot(String(params.id))
      return { message: `${path} is not read any more; its files and labels stay` }
    },
  )
  server.get(
    '/api/folders',
    { schema: { tags: ['library'], querystring: folderQuery, response: { 200: folderListing } } },
    async ({ query }) => snakeCase(await app.collection.listFolders(query.path)),
  )
  server.post(
    '/api/demo',
    { schema: { tags: ['library'], body: demoRequest.nullish(), response: { 202: started } } },
    async ({ body }, reply) => {
      reply.code(202)
      const { jobId } = await app.demo.start({ labelled: body?.labelled ?? false })
      return { job_id: jobId, message: 'demo library started' }
    },
  )
  server.delete('/api/demo', { schema: { tags: ['library'], response: { 200: done } } }, async () => {
    await app.demo.remove()
    return { message: 'the demo library is gone' }
  })
}
