import type { z } from 'zod'
import { parseKey } from '../../core/library/key-notation.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import { parseTrackQuery, type trackQuery } from '../operations/tracks.ts'

type AskedTracks = z.infer<typeof trackQuery>

/** Which tracks are asked for, whatever their order. */
export const filterSearchOf = (query: Omit<AskedTracks, 'sort' | 'order' | 'limit' | 'offset'>): TrackSearch => ({
  text: query.q,
  bpmMin: query.bpm_min,
  bpmMax: query.bpm_max,
  // What is no key fits no track.
  camelots: query.key === undefined ? undefined : [parseKey(query.key) ?? ''],
  compatibleWith: query.compatible_with,
  energyMin: query.energy_min,
  energyMax: query.energy_max,
  hasLabels: query.has_labels,
  labelKinds: query.label,
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
  playlistId: query.playlist,
})

export const trackSearchOf = (query: AskedTracks): TrackSearch => ({
  ...filterSearchOf(query),
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

type FilterName = Exclude<keyof AskedTracks, 'limit' | 'offset'>

/** A search as parameters of `GET /api/tracks`, without what is as it would be anyway. */
export const trackFilterText = (search: TrackSearch): string => {
  const values: Readonly<Record<FilterName, string | number | boolean | undefined>> = {
    q: search.text,
    bpm_min: search.bpmMin,
    bpm_max: search.bpmMax,
    key: search.camelots?.[0],
    compatible_with: search.compatibleWith,
    energy_min: search.energyMin,
    energy_max: search.energyMax,
    has_labels: search.hasLabels,
    label: search.labelKinds?.join(','),
    needs_review: search.needsReview,
    status: search.standing === 'present' ? undefined : (search.standing ?? 'all'),
    tag: search.heard?.join(','),
    tag_match: search.heardAny ? 'any' : undefined,
    bpm_range_from: search.bpmRangeFrom,
    genre: search.genre,
    year_min: search.yearMin,
    year_max: search.yearMax,
    tag_bpm_min: search.tagBpmMin,
    tag_bpm_max: search.tagBpmMax,
    tag_key: search.tagCamelot,
    added_since: search.addedSince,
    added_before: search.addedBefore,
    bit_rate_min: search.bitRateMin,
    bit_rate_max: search.bitRateMax,
    format: search.format,
    loudness_min: search.loudnessMin,
    loudness_max: search.loudnessMax,
    path: search.path,
    doubtful_grid: search.doubtfulGrid,
    rating_min: search.ratingMin,
    rating_max: search.ratingMax,
    colour: search.colours?.join(','),
    comment: search.comment,
    my_tags: search.myTags?.join(','),
    my_tags_match: search.myTagsAny ? 'any' : undefined,
    playlist: search.playlistId,
    sort: search.sort,
    order: search.descending ? 'desc' : undefined,
  }
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
}
