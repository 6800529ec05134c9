import type { z } from 'zod'
import { parseKey } from '../../core/library/key-notation.ts'
import type { TrackSearch } from '../../engine/collection/track-overview.ts'
import { parseTrackQuery, type trackQuery } from '../operations/tracks.ts'

export const trackSearchOf = (query: z.infer<typeof trackQuery>): TrackSearch => ({
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
  limit: query.limit,
  offset: query.offset,
})

/** @param text parameters of `GET /api/tracks` @returns null for anything else; all tracks that fit, not a page of them */
export const parseTrackFilter = (text: string): TrackSearch | null => {
  const query = parseTrackQuery(text)
  return query && { ...trackSearchOf(query), limit: undefined, offset: undefined }
}
