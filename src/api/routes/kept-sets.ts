import { camelCase } from '../../core/support/camel-case.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { keptSetOperations } from '../operations/kept-sets.ts'
import { openWish } from '../operations/set-wish.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'
import { untilGone } from '../until-gone.ts'
import { setDocumentOf } from '../views/kept-set-document.ts'
import { trackDocument } from '../views/track-document.ts'
import { wishOf } from '../views/wish-document.ts'

export const keptSetRoutes = routesOf(keptSetOperations)(({ sets: { kept } }) => {
  const shown = async (id: number, version?: number) => setDocumentOf(await kept.look(id, version))
  return {
    listSets: async () => snakeCase(await kept.list()),
    addSet: async ({ body: { name, wish, track_ids: trackIds } }) =>
      shown(await kept.add({ name, wish: wishOf(wish ?? openWish()), isAsLong: wish === undefined, trackIds })),
    showSet: ({ params, query }) => shown(params.id, query.version),
    changeSet: async ({ params, body: { name, wish, places, version } }) => {
      await kept.change(params.id, {
        name,
        wish: wish && wishOf(wish),
        places: places && camelCase(places),
        seen: version,
      })
      return shown(params.id)
    },
    planKeptSet: async ({ params, body }, reply) => {
      const { set, score, ...planned } = await kept.plan(params.id, { ...body, signal: untilGone(reply) })
      return { set: await setDocumentOf(set), planned_score: score, ...snakeCase(planned) }
    },
    undoSet: async ({ params }) => ({ ...(await kept.undo(params.id)), set: await shown(params.id) }),
    redoSet: async ({ params }) => ({ ...(await kept.redo(params.id)), set: await shown(params.id) }),
    copySet: async ({ params, body }) => shown(await kept.copy(params.id, body.name)),
    deleteSet: async ({ params, query }) => {
      await kept.remove(params.id, query.unread)
      return { message: 'set deleted' }
    },
    setVersions: async ({ params }) => snakeCase(await kept.versions(params.id)),
    setAlternatives: async ({ params, query }, reply) => {
      const wish = { ...query, place: params.place - 1, signal: untilGone(reply) }
      const found = await kept.alternatives(params.id, wish)
      return found.map(({ track, ...fit }) => ({ track: trackDocument(track), ...fit }))
    },
    exportSet: async ({ params, query }, reply) => {
      const { fileName, mediaType, bytes } = await kept.export(params.id, query.format)
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
      return sendBytes(reply, mediaType, bytes)
    },
  }
})
