import type { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Root } from '../../platform/store/root-store.ts'
import { libraryOperations, type root } from '../operations/library.ts'
import { routesOf } from '../routes-of.ts'

const rootDocument = async (app: App, one: Root): Promise<z.output<typeof root>> => {
  const isDemo = (await app.demo.root())?.id === one.id
  return snakeCase({ ...one, following: await app.collection.followingOf(one.id), isDemo })
}

export const libraryRoutes = routesOf(libraryOperations)((app) => ({
  listRoots: async () => Promise.all((await app.collection.listRoots()).map((one) => rootDocument(app, one))),
  addRoot: async ({ body }) => rootDocument(app, await app.collection.addRoot(body.path)),
  rootRemoval: async ({ params }) => {
    const { root: _, ...counts } = await app.collection.planRootRemoval(String(params.id))
    return snakeCase(counts)
  },
  removeRoot: async ({ params }) => {
    const { root: removed, ...counts } = await app.collection.removeRoot(String(params.id))
    const kept = counts.kept === 0 ? '' : `; ${counts.kept} with your labels or edits are kept under Missing`
    return { message: `${removed.path} is not read any more${kept}`, ...snakeCase(counts) }
  },
  listFolders: async ({ query }) => snakeCase(await app.collection.listFolders(query.path)),
  makeDemo: async ({ body }) => {
    const { jobId } = await app.demo.start({ labelled: body?.labelled ?? false })
    return { job_id: jobId, message: 'demo library started' }
  },
  removeDemo: async () => {
    const { removed, fellBack } = await app.demo.remove()
    const versions = removed.map((version) => `v${version}`).join(', ')
    const gone = removed.length === 0 ? '' : `, and with it ${versions}, trained on nothing else`
    const active = fellBack ? '; v0, which ships with Algiers, is active again' : ''
    return { message: `the demo library is gone${gone}${active}` }
  },
  scan: async ({ body }) => {
    const { analyse, new_grids: newGrids } = body ?? { analyse: true, new_grids: false }
    const { jobId } = await app.collection.startScan({ analyse, newGrids })
    return { job_id: jobId, message: 'scan started' }
  },
  analyse: async ({ body }) => {
    const { jobId } = await app.analysis.start({
      trackIds: body?.track_ids ?? null,
      newGrids: body?.new_grids ?? false,
    })
    return { job_id: jobId, message: 'analysis started' }
  },
}))
