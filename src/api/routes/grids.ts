import { camelCase } from '../../core/support/camel-case.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { gridOperations } from '../operations/grids.ts'
import { routesOf } from '../routes-of.ts'

export const gridRoutes = routesOf(gridOperations)(({ analysis }) => ({
  editGrid: async ({ params, body: { version, ...edit } }) =>
    snakeCase(await analysis.editGrid(String(params.id), camelCase(edit), { version })),
}))
