import { z } from 'zod'
import { TRACK_SORTS } from '../../core/library/track-sorts.ts'
import {
  FILTER_NAMES,
  type Filters,
  filterSchema,
  isInUsualOrder,
  type Listing,
  NO_FILTERS,
  setFilters,
  usualOrderOf,
} from './list-filters.ts'

/** What each filter is called in the address of the list. */
const PARAMETERS: Readonly<Record<keyof Filters, string>> = {
  text: 'q',
  bpm: 'bpm',
  bpmPercent: 'bpm_within',
  bpmMin: 'bpm_min',
  bpmMax: 'bpm_max',
  key: 'key',
  compatibleWith: 'mixes_with',
  energyMin: 'energy_min',
  energyMax: 'energy_max',
  labelled: 'labels',
  kinds: 'kind',
  needsReview: 'review',
  status: 'status',
  heard: 'heard',
  heardAny: 'heard_any',
  genre: 'genre',
  yearMin: 'year_min',
  yearMax: 'year_max',
  tagBpmMin: 'tag_bpm_min',
  tagBpmMax: 'tag_bpm_max',
  tagKey: 'tag_key',
  addedSince: 'added_since',
  addedBefore: 'added_before',
  format: 'format',
  bitRateMin: 'bit_rate_min',
  bitRateMax: 'bit_rate_max',
  loudnessMin: 'loudness_min',
  loudnessMax: 'loudness_max',
  path: 'path',
  doubtfulGrid: 'doubtful_grid',
  ratingMin: 'rating_min',
  ratingMax: 'rating_max',
  colours: 'colour',
  comment: 'comment',
  myTags: 'my_tags',
  myTagsAny: 'my_tags_any',
  playlist: 'playlist',
}
const write = (value: Filters[keyof Filters]): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(',') : String(value)
}

const read = (name: keyof Filters, text: string): unknown => {
  const empty = NO_FILTERS[name]
  if (typeof empty === 'boolean') return text === 'yes'
  if (typeof empty === 'number') return Number(text)
  return Array.isArray(empty) ? text.split(',').filter(Boolean) : text
}

/** The part of the address from `?` on that stands for a list; empty for all tracks in the usual order. */
export const addressOfListing = (listing: Listing): string => {
  const { sort, order, filters: wanted } = listing
  const search = new URLSearchParams(setFilters(wanted).map((name) => [PARAMETERS[name], write(wanted[name])]))
  if (!isInUsualOrder(listing)) {
    search.set('sort', sort)
    search.set('order', order)
  }
  return search.size === 0 ? '' : `?${search}`
}

/** What an address asks for; what is not known or not allowed in it is passed over. @returns null where nothing is left */
export const listingOfAddress = (address: string): Listing | null => {
  const search = new URLSearchParams(address)
  const wanted = FILTER_NAMES.flatMap((name) => {
    const text = search.get(PARAMETERS[name])
    const value = filterSchema.shape[name].safeParse(text === null ? undefined : read(name, text))
    return value.success ? [[name, value.data] as const] : []
  })
  const sort = z.enum(TRACK_SORTS).safeParse(search.get('sort'))
  if (wanted.length === 0 && !sort.success) return null
  const filters: Filters = { ...NO_FILTERS, ...Object.fromEntries(wanted) }
  if (!sort.success) return { ...usualOrderOf(filters), filters }
  return { sort: sort.data, order: search.get('order') === 'desc' ? 'desc' : 'asc', filters }
}

/** What the server calls otherwise than the address of the list does. */
const RENAMED: Readonly<Record<string, string>> = {
  compatible_with: PARAMETERS.compatibleWith,
  has_labels: PARAMETERS.labelled,
  label: PARAMETERS.kinds,
  needs_review: PARAMETERS.needsReview,
  tag: PARAMETERS.heard,
  tag_match: PARAMETERS.heardAny,
  my_tags_match: PARAMETERS.myTagsAny,
}
const ANSWERS: Readonly<Record<string, string>> = { true: 'yes', false: 'no', any: 'yes', all: 'no' }
const YES_OR_NO = new Set(['has_labels', 'needs_review', 'tag_match', 'my_tags_match', 'doubtful_grid'])

/** The list that a filter of the server stands for, as far as it can be set here. */
export const listingOfQuery = (query: string): Listing => {
  const asked = [...new URLSearchParams(query)].map(([name, value]) => [
    RENAMED[name] ?? name,
    YES_OR_NO.has(name) ? (ANSWERS[value] ?? value) : value,
  ])
  return listingOfAddress(`?${new URLSearchParams(asked)}`) ?? { ...usualOrderOf(NO_FILTERS), filters: NO_FILTERS }
}
