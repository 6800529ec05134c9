import { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { media, versionParams } from '../contract/fields.ts'
import { done } from '../contract/labels.ts'
import {
  activated,
  comparison,
  comparisonQuery,
  libraryComparison,
  libraryComparisonQuery,
  model,
  modelDetails,
  modelQuery,
} from '../contract/models.ts'
import { sectionsView } from '../sections-view.ts'
import type { ApiServer } from '../server.ts'
import { stripDocument } from '../strip-document.ts'

const BUNDLE_TYPE = 'application/octet-stream'
/** A little above what a bundle may have, so that the bundle's own limit speaks. */
const MOST_BUNDLE_BYTES = 40 << 20

export const modelRoutes = (server: ApiServer, app: App): void => {
  server.addContentTypeParser(
    BUNDLE_TYPE,
    { parseAs: 'buffer', bodyLimit: MOST_BUNDLE_BYTES },
    (_request, body, done) => done(null, body),
  )
  server.get(
    '/api/training/models',
    { schema: { tags: ['models'], querystring: modelQuery, response: { 200: z.array(model) } } },
    async () => snakeCase(await app.versions.list()),
  )
  server.get(
    '/api/training/models/:version',
    { schema: { tags: ['models'], params: versionParams, response: { 200: modelDetails } } },
    async ({ params }) => snakeCase(await app.versions.show(params.version)),
  )
  server.post(
    '/api/training/models/:version/activate',
    { schema: { tags: ['models'], params: versionParams, response: { 200: activated } } },
    async ({ params: { version } }) => ({
      previous_version: await app.versions.activate(version),
      version,
      message: `version ${version} is active`,
    }),
  )
  server.delete(
    '/api/training/models/:version',
    { schema: { tags: ['models'], params: versionParams, response: { 200: done } } },
    async ({ params: { version } }) => {
      await app.versions.delete(version)
      return { message: `version ${version} deleted` }
    },
  )
  server.get(
    '/api/training/models/:version/export',
    { schema: { tags: ['models'], params: versionParams, response: { 200: media('A model bundle.', BUNDLE_TYPE) } } },
    async ({ params }, reply) => {
      const { fileName, bytes } = await app.versions.exportBundle(params.version)
      return reply
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .type(BUNDLE_TYPE)
        .serializer((body: unknown) => body as string)
        .send(Buffer.from(bytes))
    },
  )
  server.post(
    '/api/training/models/import',
    {
      bodyLimit: MOST_BUNDLE_BYTES,
      // Here it is the request's content that does not fit; elsewhere the state of this library.
      config: { statuses: { INCOMPATIBLE_MODEL: 422 } },
      schema: {
        tags: ['models'],
        consumes: [BUNDLE_TYPE],
        body: z.instanceof(Buffer),
        response: { 201: modelDetails },
      },
    },
    async ({ body }, reply) => {
      reply.code(201)
      return snakeCase(await app.versions.importBundle(body))
    },
  )
  server.get(
    '/api/compare',
    { schema: { tags: ['models'], querystring: comparisonQuery, response: { 200: comparison } } },
    async ({ query: { one, other, track_id } }) => {
      const read = async (version: number): Promise<unknown> =>
        sectionsView(await app.reading.readSections(String(track_id), { version }))
      const sections = track_id === undefined ? null : [await read(one), await read(other)]
      return snakeCase({ ...(await app.versions.compare(one, other)), sections }) as z.infer<typeof comparison>
    },
  )
  server.get(
    '/api/compare/library',
    { schema: { tags: ['models'], querystring: libraryComparisonQuery, response: { 200: libraryComparison } } },
    async ({ query: { one, other, ...page } }) => {
      const { tracks, ...compared } = await app.reading.compareLibrary(one, other, page)
      const changed = tracks.map(({ strips: [before, after], ...track }) => ({
        ...track,
        strips: [stripDocument(before), stripDocument(after)] as const,
      }))
      return snakeCase({ ...compared, tracks: changed })
    },
  )
}
