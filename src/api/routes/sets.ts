import { snakeCase } from '../../core/support/snake-case.ts'
import { setOperations } from '../operations/sets.ts'
import { routesOf } from '../routes-of.ts'
import { untilGone } from '../until-gone.ts'
import { setDocument, transitionDocument } from '../views/set-document.ts'
import { besideTrackDocument, trackDocument } from '../views/track-document.ts'
import { wishOf } from '../views/wish-document.ts'

export const setRoutes = routesOf(setOperations)(({ sets }) => ({
  transition: async ({ params, query }) => {
    const { from, to, ...judged } = await sets.transition(params.id, query.to)
    return { ...snakeCase(judged), from: besideTrackDocument(from), to: besideTrackDocument(to) }
  },
  transitions: async ({ params, query }) => (await sets.transitions(params.id, query.to)).map(transitionDocument),
  planSet: async ({ body }, reply) => {
    const planned = await sets.plan(wishOf(body), { signal: untilGone(reply) })
    return { ...setDocument(planned), tracks: planned.tracks.map(trackDocument) }
  },
}))
