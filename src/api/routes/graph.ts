import { giveWay } from '../../core/support/give-way.ts'
import { graphOperations } from '../operations/graph.ts'
import { routesOf } from '../routes-of.ts'
import { untilGone } from '../until-gone.ts'
import { graphDocument, pairDocument } from '../views/graph-document.ts'
import { parseTrackFilter } from '../views/track-search.ts'

export const graphRoutes = routesOf(graphOperations)(({ sets }) => ({
  graph: async ({ query: { pool, by, exits, least, transitions } }, reply) => {
    const filter = pool === undefined ? undefined : parseTrackFilter(pool)!
    const wish = { filter, by, exits, least, hasTransitions: transitions }
    const graph = await sets.graph(wish, { signal: untilGone(reply) })
    // To write the document takes as long as to put it together: others have their turn in between.
    await giveWay()
    return graphDocument(graph, { exits, least })
  },
  graphPair: async ({ query: { from, to, least } }) => pairDocument(await sets.pair(from, to, least)),
}))
