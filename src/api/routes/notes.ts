import { camelCase } from '../../core/support/camel-case.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { noteOperations } from '../operations/notes.ts'
import { routesOf } from '../routes-of.ts'

export const noteRoutes = routesOf(noteOperations)(({ collection }) => ({
  changeNotes: async ({ body: { track_ids, seen, ...change } }) => {
    const changed = await collection.changeNotes(track_ids.map(String), camelCase(change), seen && camelCase(seen))
    return { changed: snakeCase(changed) }
  },
  restoreNotes: async ({ body }) => ({
    changed: snakeCase(await collection.restoreNotes(body.notes.map((one) => camelCase(one)))),
  }),
  myTags: async () => [...(await collection.myTags())],
}))
