import { snakeCase } from '../../core/support/snake-case.ts'
import { trackFileOperations } from '../operations/track-files.ts'
import { routesOf } from '../routes-of.ts'

export const trackFileRoutes = routesOf(trackFileOperations)(({ collection }) => ({
  removeTracks: async ({ body }) =>
    snakeCase(await collection.removeTracks(body.track_ids, { withWork: body.with_work })),
  ignoreTracks: async ({ body }) => snakeCase(await collection.ignoreTracks(body.track_ids)),
  relocateTracks: async ({ body }) => snakeCase(await collection.relocateTracks(body.path, body.track_ids)),
  listIgnoredFiles: async () => snakeCase(await collection.ignoredFiles()),
  readmitFile: async ({ params }) => snakeCase(await collection.readmitFile(params.id)),
}))
