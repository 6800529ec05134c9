import { snakeCase } from '../../core/support/snake-case.ts'
import { BYTES_TYPE } from '../operations/fields.ts'
import { modelOperations } from '../operations/models.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'

export const modelRoutes = routesOf(modelOperations)(({ versions }) => ({
  listModels: async ({ query: { type = 'dj_section', include } }) =>
    snakeCase(
      (await versions.list({ withShipped: include === 'shipped' })).filter(({ modelType }) => modelType === type),
    ),
  model: async ({ params }) => snakeCase(await versions.show(params.version)),
  judgeModels: async () => snakeCase(await versions.judge()),
  previewActivation: async ({ params }) => snakeCase(await versions.preview(params.version)),
  describeModel: async ({ params, body }) => snakeCase(await versions.describe(params.version, body)),
  activateModel: async ({ params: { version } }) => ({
    previous_version: await versions.activate(version),
    version,
    message: `version ${version} is active`,
  }),
  blendModel: async ({ params, body }) => snakeCase(await versions.blend(params.version, body?.with)),
  deleteModel: async ({ params: { version } }) => {
    await versions.delete(version)
    return { message: `version ${version} deleted` }
  },
  exportModel: async ({ params }, reply) => {
    const { fileName, bytes } = await versions.exportBundle(params.version)
    reply.header('content-disposition', `attachment; filename="${fileName}"`)
    return sendBytes(reply, BYTES_TYPE, bytes)
  },
  offerModel: async ({ query, body }) => snakeCase(await versions.offers.offer(query.name, body, query.unread)),
  modelOffer: async ({ params }) => snakeCase(await versions.offers.show(params.offer)),
  acceptOffer: async ({ params }) => snakeCase(await versions.offers.accept(params.offer)),
  importModel: async ({ body }) => snakeCase(await versions.importBundle(body)),
}))
