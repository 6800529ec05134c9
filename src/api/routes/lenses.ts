import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { lensOperations } from '../operations/lenses.ts'
import { routesOf } from '../routes-of.ts'

export const lensRoutes = routesOf(lensOperations)(({ labelling: { lenses } }) => ({
  listLenses: async () => snakeCase(await lenses.list()),
  listOwnKinds: async () => snakeCase(await lenses.kinds()),
  addLens: async ({ body }) => snakeCase(await lenses.add(body.name)),
  renameLens: async ({ params, body }) => snakeCase(await lenses.rename(params.id, body.name)),
  removeLens: async ({ params }) => {
    const step = await lenses.remove(params.id)
    return { ...snakeCase(step), message: 'lens removed; labels keep its kinds' }
  },
  addOwnKind: async ({ params, body: { maps_to: mapsTo, ...kind } }) =>
    snakeCase(await lenses.addKind(params.id, { ...kind, mapsTo })),
  changeOwnKind: async ({ params, body: { maps_to: mapsTo, ...kind } }) =>
    snakeCase(await lenses.changeKind(params.id, { ...kind, mapsTo })),
  removeOwnKind: async ({ params }) => {
    const { labels, ...step } = await lenses.removeKind(params.id)
    return {
      ...snakeCase(step),
      message: `kind removed; ${countText(labels, 'label')} ${labels === 1 ? 'keeps' : 'keep'} it`,
    }
  },
}))
