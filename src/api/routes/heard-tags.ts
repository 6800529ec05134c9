import { snakeCase } from '../../core/support/snake-case.ts'
import { heardTagOperations } from '../operations/heard-tags.ts'
import { routesOf } from '../routes-of.ts'

export const heardTagRoutes = routesOf(heardTagOperations)(({ analysis }) => ({
  libraryTags: async () => snakeCase(await analysis.libraryTags()),
  trackTags: async ({ params }) => snakeCase(await analysis.placedTags(params.id)),
}))
