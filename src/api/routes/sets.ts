import { snakeCase } from '../../core/support/snake-case.ts'
import { setOperations } from '../operations/sets.ts'
import { routesOf } from '../routes-of.ts'

export const setRoutes = routesOf(setOperations)(({ sets }) => ({
  transition: async ({ params, query }) => snakeCase(await sets.transition(params.id, query.to)),
}))
