import { snakeCase } from '../../core/support/snake-case.ts'
import { setOperations } from '../operations/sets.ts'
import { routesOf } from '../routes-of.ts'
import { besideTrackDocument } from '../views/track-document.ts'

export const setRoutes = routesOf(setOperations)(({ sets }) => ({
  transition: async ({ params, query }) => {
    const { from, to, ...judged } = await sets.transition(params.id, query.to)
    return { ...snakeCase(judged), from: besideTrackDocument(from), to: besideTrackDocument(to) }
  },
}))
