import { snakeCase } from '../../core/support/snake-case.ts'
import { exchangeOperations } from '../operations/exchange.ts'
import { routesOf } from '../routes-of.ts'

export const exchangeRoutes = routesOf(exchangeOperations)(({ exchange: { libraries } }) => ({
  lookThrough: async ({ body }) => {
    const { jobId } = await libraries.lookThrough(body)
    return { job_id: jobId, message: 'looking through it' }
  },
  bringIn: async ({ body }) => {
    const { jobId } = await libraries.bringIn(body)
    return { job_id: jobId, message: 'bringing it in' }
  },
  listImports: async () => (await libraries.imports()).map((one) => snakeCase(one)),
  importDetails: async ({ params }) => snakeCase(await libraries.details(params.id)),
  importTracks: async ({ params }) => (await libraries.openTracks(params.id)).map((one) => snakeCase(one)),
  acceptImport: async ({ params, body }) =>
    snakeCase(await libraries.accept(params.id, { kind: body?.kind, trackId: body?.track_id })),
  takeBackAcceptance: async ({ params }) => snakeCase(await libraries.takeBack(params.id)),
  undoImport: async ({ params }) => snakeCase(await libraries.undo(params.id)),
}))
