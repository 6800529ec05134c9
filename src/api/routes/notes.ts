import { camelCase } from '../../core/support/camel-case.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { mapInTurns } from '../long-lists.ts'
import { noteOperations } from '../operations/notes.ts'
import { routesOf } from '../routes-of.ts'

export const noteRoutes = routesOf(noteOperations)(({ collection }) => ({
  changeNotes: async ({ body: { track_ids, seen, ...change } }) => {
    const changed = await collection.changeNotes(track_ids.map(String), camelCase(change), seen && camelCase(seen))
    return { changed: await mapInTurns(changed, snakeCase) }
  },
  restoreNotes: async ({ body }) => {
    const changed = await collection.restoreNotes(await mapInTurns(body.notes, camelCase))
    return { changed: await mapInTurns(changed, snakeCase) }
  },
  myTags: async () => [...(await collection.myTags())],
}))
