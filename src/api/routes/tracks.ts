import { snakeCase } from '../../core/support/snake-case.ts'
import { trackOperations } from '../operations/tracks.ts'
import { routesOf } from '../routes-of.ts'
import { labelDocument, suggestionDocument } from '../views/label-document.ts'
import { sectionsDocument } from '../views/sections-document.ts'
import { trackDocument } from '../views/track-document.ts'
import { trackSearchOf } from '../views/track-search.ts'

export const trackRoutes = routesOf(trackOperations)((app) => ({
  listTracks: async ({ query }) => {
    const { tracks, total } = await app.collection.searchTracks(trackSearchOf(query))
    const { limit, offset } = query
    return { tracks: tracks.map(trackDocument), total, limit, offset }
  },
  track: async ({ params: { id } }) => {
    const { labels: labelCount, ...track } = trackDocument(await app.collection.track(id))
    const sections = await app.reading.storedSections(id)
    return {
      ...track,
      label_count: labelCount,
      labels: (await app.labelling.list({ track: id })).map(labelDocument),
      labels_revision: await app.labelling.revision(id),
      sections: sections && sectionsDocument(sections),
      suggestions: (await app.labelling.suggestions.list({ trackId: track.id })).map(suggestionDocument),
      heard_tags: snakeCase(await app.analysis.trackTags(id)),
    }
  },
}))
