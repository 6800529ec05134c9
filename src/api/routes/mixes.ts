import { camelCase } from '../../core/support/camel-case.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { openPlainly } from '../../platform/decoding/open-plainly.ts'
import { mixOperations } from '../operations/mixes.ts'
import { requireJobId } from '../require-job-id.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'
import { sendFile } from '../send-file.ts'

const WAV_TYPE = 'audio/wav'

export const mixRoutes = routesOf(mixOperations)(({ sets }) => ({
  keepTransition: async ({ params: { id, to }, body }) => {
    await sets.keepTransition(id, to, camelCase(body))
    return body
  },
  dropTransition: async ({ params: { id, to } }) => {
    await sets.dropTransition(id, to)
    return { message: 'transition taken back' }
  },
  auditionTracks: async ({ params: { id, to } }) => {
    const [from, next] = await sets.auditionTracks(id, to)
    return { from: snakeCase(from), to: snakeCase(next) }
  },
  auditionDeck: async ({ params: { id, to, deck }, query }, reply) => {
    const move = { ...camelCase(query), bassSwapBeat: null }
    return sendBytes(reply, WAV_TYPE, await sets.auditionDeck(id, to, { move, deck: deck === 'from' ? 0 : 1 }))
  },
  renderSet: async ({
    body: { track_ids: trackIds, transitions, trims_db: trimsDb, around_bars: aroundBars, output },
  }) => {
    const moves = transitions?.map((move) => move && camelCase(move))
    const { jobId } = await sets.startRender({ trackIds, moves, trimsDb, aroundBars, output })
    return { job_id: jobId, message: 'rendering started' }
  },
  renderedSet: async ({ params }, reply) => {
    const { path, name } = await sets.renderedSet(requireJobId(params.job_id))
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`).type(WAV_TYPE)
    return sendFile(reply, await openPlainly(path))
  },
}))
