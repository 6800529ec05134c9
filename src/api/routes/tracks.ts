import { parseKey } from '../../core/library/key-notation.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { trackOperations } from '../operations/tracks.ts'
import { routesOf } from '../routes-of.ts'
import { labelDocument, suggestionDocument } from '../views/label-document.ts'
import { sectionsDocument } from '../views/sections-document.ts'
import { trackDocument } from '../views/track-document.ts'

export const trackRoutes = routesOf(trackOperations)((app) => ({
  listTracks: async ({ query }) => {
    const { limit, offset } = query
    const { tracks, total } = await app.collection.searchTracks({
      text: query.q,
      bpmMin: query.bpm_min,
      bpmMax: query.bpm_max,
      // What is no key fits no track.
      camelots: query.key === undefined ? undefined : [parseKey(query.key) ?? ''],
      compatibleWith: query.compatible_with,
      energyMin: query.energy_min,
      energyMax: query.energy_max,
      hasLabels: query.has_labels,
      needsReview: query.needs_review,
      standing: query.status === 'all' ? undefined : query.status,
      heard: query.tag?.split(','),
      heardAny: query.tag_match === 'any',
      bpmRangeFrom: query.bpm_range_from,
      genre: query.genre,
      yearMin: query.year_min,
      yearMax: query.year_max,
      tagBpmMin: query.tag_bpm_min,
      tagBpmMax: query.tag_bpm_max,
      tagCamelot: query.tag_key === undefined ? undefined : (parseKey(query.tag_key) ?? ''),
      addedSince: query.added_since,
      addedBefore: query.added_before,
      bitRateMin: query.bit_rate_min,
      bitRateMax: query.bit_rate_max,
      format: query.format,
      loudnessMin: query.loudness_min,
      loudnessMax: query.loudness_max,
      path: query.path,
      doubtfulGrid: query.doubtful_grid,
      ratingMin: query.rating_min,
      ratingMax: query.rating_max,
      colours: query.colour,
      comment: query.comment,
      myTags: query.my_tags?.split(','),
      myTagsAny: query.my_tags_match === 'any',
      sort: query.sort,
      descending: query.order === 'desc',
      limit,
      offset,
    })
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
