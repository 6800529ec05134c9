import { snakeCase } from '../../core/support/snake-case.ts'
import { trackOperations } from '../operations/tracks.ts'
import { routesOf } from '../routes-of.ts'
import { sectionsView } from '../views/sections-view.ts'

export const trackRoutes = routesOf(trackOperations)((app) => ({
  listTracks: async ({ query }) => {
    const { limit, offset } = query
    const page = await app.collection.searchTracks({
      text: query.q,
      bpmMin: query.bpm_min,
      bpmMax: query.bpm_max,
      camelots: query.key === undefined ? undefined : [query.key],
      compatibleWith: query.compatible_with,
      energyMin: query.energy_min,
      energyMax: query.energy_max,
      hasLabels: query.has_labels,
      needsReview: query.needs_review,
      heard: query.tag?.split(','),
      sort: query.sort,
      descending: query.order === 'desc',
      limit,
      offset,
    })
    return { ...snakeCase(page), limit, offset }
  },
  track: async ({ params: { id } }) => {
    const { labels: labelCount, ...track } = await app.collection.track(id)
    const sections = await app.reading.storedSections(id)
    return {
      ...snakeCase(track),
      label_count: labelCount,
      labels: snakeCase(await app.labels.list({ track: id })),
      labels_revision: await app.labels.revision(id),
      sections: sections && sectionsView(sections),
      suggestions: snakeCase(await app.suggestions.list({ trackId: track.id })),
      heard_tags: snakeCase(await app.analysis.trackTags(id)),
    }
  },
}))
