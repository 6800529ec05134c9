import { overviewOperations } from '../operations/overview.ts'
import { routesOf } from '../routes-of.ts'
import { overviewDocument } from '../views/overview-document.ts'
import { filterSearchOf } from '../views/track-search.ts'

export const overviewRoutes = routesOf(overviewOperations)(({ collection }) => ({
  libraryOverview: async ({ query }) => {
    const search = filterSearchOf(query)
    return overviewDocument(await collection.overview(search), search)
  },
}))
