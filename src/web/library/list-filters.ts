import { z } from 'zod'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { NOTE_COLOURS } from '../../core/library/track-notes.ts'
import type { TrackSort } from '../../core/library/track-sorts.ts'
import { TRACK_STANDINGS } from '../../core/library/track-standing.ts'
import type { TrackSearch } from '../queries/use-tracks.ts'

const typed = z.string().max(500)
const yesNo = z.enum(['all', 'yes', 'no'])
const chosenTags = z.array(z.string().min(1).max(100)).max(50)

/** What can be asked of the list. */
export const filterSchema = z.object({
  text: typed,
  /** The middle of the range of tempi, and how far it reaches, in percent. */
  bpm: typed,
  bpmPercent: z.number().min(0).max(100),
  bpmMin: typed,
  bpmMax: typed,
  /** This key alone. */
  key: typed,
  compatibleWith: typed,
  energyMin: typed,
  energyMax: typed,
  labelled: yesNo,
  /** A person has labelled sections of all these kinds in it. */
  kinds: z.array(z.enum(SECTION_KINDS)),
  needsReview: z.boolean(),
  /** How the tracks stand: those that are missing are listed only where they are asked for. */
  status: z.enum(TRACK_STANDINGS),
  /** Tags that are heard in it, and whether one of them is enough. */
  heard: chosenTags,
  heardAny: z.boolean(),
  genre: typed,
  yearMin: typed,
  yearMax: typed,
  tagBpmMin: typed,
  tagBpmMax: typed,
  tagKey: typed,
  addedSince: typed,
  addedBefore: typed,
  format: typed,
  bitRateMin: typed,
  bitRateMax: typed,
  loudnessMin: typed,
  loudnessMax: typed,
  path: typed,
  doubtfulGrid: yesNo,
  ratingMin: typed,
  ratingMax: typed,
  colours: z.array(z.enum(NOTE_COLOURS)),
  comment: typed,
  myTags: chosenTags,
  myTagsAny: z.boolean(),
  /** The number of the playlist that is open. */
  playlist: z.string().regex(/^\d{0,9}$/),
})
export type Filters = z.output<typeof filterSchema>
/** The filters that are typed. */
export type TypedFilter = { [Name in keyof Filters]: string extends Filters[Name] ? Name : never }[keyof Filters]

export const NO_FILTERS: Filters = {
  text: '',
  bpm: '',
  bpmPercent: 6,
  bpmMin: '',
  bpmMax: '',
  key: '',
  compatibleWith: '',
  energyMin: '',
  energyMax: '',
  labelled: 'all',
  kinds: [],
  needsReview: false,
  status: 'present',
  heard: [],
  heardAny: false,
  genre: '',
  yearMin: '',
  yearMax: '',
  tagBpmMin: '',
  tagBpmMax: '',
  tagKey: '',
  addedSince: '',
  addedBefore: '',
  format: '',
  bitRateMin: '',
  bitRateMax: '',
  loudnessMin: '',
  loudnessMax: '',
  path: '',
  doubtfulGrid: 'all',
  ratingMin: '',
  ratingMax: '',
  colours: [],
  comment: '',
  myTags: [],
  myTagsAny: false,
  playlist: '',
}

export type Listing = {
  readonly sort: TrackSort
  readonly order: 'asc' | 'desc'
  readonly filters: Filters
}

export const USUAL_ORDER = { sort: 'title', order: 'asc' } as const

/** The order of a list that nobody sorts: a playlist has one of its own. */
export const usualOrderOf = ({ playlist }: Pick<Filters, 'playlist'>): Pick<Listing, 'sort' | 'order'> =>
  playlist === '' ? USUAL_ORDER : { sort: 'playlist', order: 'asc' }

/** Whether the order of a list says nothing that its filters do not say. */
export const isInUsualOrder = ({ sort, order, filters }: Listing): boolean =>
  sort === usualOrderOf(filters).sort && order === usualOrderOf(filters).order

const numberIn = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text.replace(',', '.')))

/** Longer ones are refused. */
const LONGEST_KEY = 20
const LONGEST_FORMAT = 40

/** The limits of what is a number, beyond which nothing is asked for. */
const LIMITS: Readonly<Partial<Record<TypedFilter, readonly [number, number]>>> = {
  bpm: [0, 500],
  bpmMin: [0, 1000],
  bpmMax: [0, 1000],
  energyMin: [0, 10],
  energyMax: [0, 10],
  yearMin: [0, 9999],
  yearMax: [0, 9999],
  tagBpmMin: [0, 1000],
  tagBpmMax: [0, 1000],
  bitRateMin: [0, 100_000],
  bitRateMax: [0, 100_000],
  loudnessMin: [-200, 100],
  loudnessMax: [-200, 100],
  ratingMin: [0, 5],
  ratingMax: [0, 5],
}

/** What is typed into a filter can be asked for, or nothing is typed. */
export const isUsable = (name: TypedFilter, text: string): boolean => {
  const [low, high] = LIMITS[name] ?? [0, 0]
  const value = numberIn(text)
  return value === undefined || (value >= low && value <= high)
}

const wordsIn = (text: string): string | undefined => text.trim() || undefined
const answerIn = (choice: Filters['labelled']): boolean | undefined => (choice === 'all' ? undefined : choice === 'yes')
const listIn = (values: readonly string[]): string | undefined => (values.length === 0 ? undefined : values.join(','))
const matchIn = (values: readonly string[], isAny: boolean): 'any' | undefined =>
  values.length > 1 && isAny ? 'any' : undefined
const dayIn = (text: string): string | undefined => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined)

/**
 * The query for the server: a filter that is empty, or is no number where one is needed, is left out.
 * @param bpmRangeFrom where the range begins in which tempi are shown, 0 for none
 */
export const searchOf = ({ sort, order, filters: wanted }: Listing, bpmRangeFrom = 0): TrackSearch => {
  const figure = (name: TypedFilter): number | undefined =>
    isUsable(name, wanted[name]) ? numberIn(wanted[name]) : undefined
  const bpm = figure('bpm')
  const reach = wanted.bpmPercent / 100
  const asked = {
    q: wordsIn(wanted.text),
    bpm_min: bpm ? bpm * (1 - reach) : figure('bpmMin'),
    bpm_max: bpm ? bpm * (1 + reach) : figure('bpmMax'),
    bpm_range_from: bpmRangeFrom || undefined,
    compatible_with: /^(?:[1-9]|1[0-2])[AB]$/i.test(wanted.compatibleWith.trim())
      ? wanted.compatibleWith.trim().toUpperCase()
      : undefined,
    energy_min: figure('energyMin'),
    energy_max: figure('energyMax'),
    key: wordsIn(wanted.key.slice(0, LONGEST_KEY)),
    has_labels: answerIn(wanted.labelled),
    label: listIn(wanted.kinds),
    needs_review: wanted.needsReview || undefined,
    // What is missing of a playlist is shown as missing.
    status: wanted.status === 'present' ? (wanted.playlist ? 'all' : undefined) : wanted.status,
    tag: listIn(wanted.heard),
    tag_match: matchIn(wanted.heard, wanted.heardAny),
    genre: wordsIn(wanted.genre),
    year_min: figure('yearMin'),
    year_max: figure('yearMax'),
    tag_bpm_min: figure('tagBpmMin'),
    tag_bpm_max: figure('tagBpmMax'),
    tag_key: wordsIn(wanted.tagKey.slice(0, LONGEST_KEY)),
    added_since: dayIn(wanted.addedSince),
    added_before: dayIn(wanted.addedBefore),
    format: wordsIn(wanted.format.slice(0, LONGEST_FORMAT)),
    bit_rate_min: figure('bitRateMin'),
    bit_rate_max: figure('bitRateMax'),
    loudness_min: figure('loudnessMin'),
    loudness_max: figure('loudnessMax'),
    path: wordsIn(wanted.path),
    doubtful_grid: answerIn(wanted.doubtfulGrid),
    rating_min: figure('ratingMin'),
    rating_max: figure('ratingMax'),
    colour: listIn(wanted.colours),
    comment: wordsIn(wanted.comment),
    my_tags: listIn(wanted.myTags),
    my_tags_match: matchIn(wanted.myTags, wanted.myTagsAny),
    playlist: wanted.playlist === '' ? undefined : Number(wanted.playlist),
  }
  const given = Object.entries(asked).filter(([, value]) => value !== undefined)
  return {
    // Only a playlist has an order of its own.
    sort: sort === 'playlist' && wanted.playlist === '' ? USUAL_ORDER.sort : sort,
    order,
    ...Object.fromEntries(given.map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value])),
  }
}

/** A search as parameters of an address. */
export const parametersOf = (search: TrackSearch): string =>
  new URLSearchParams(Object.entries(search).map(([name, value]) => [name, String(value)])).toString()

/** A list as the server keeps it for a smart playlist; an order that the filters bring with them is left out. */
export const filterOfListing = (listing: Listing, bpmRangeFrom = 0): string => {
  const { sort = listing.sort, order = listing.order, ...search } = searchOf(listing, bpmRangeFrom)
  return parametersOf(isInUsualOrder({ ...listing, sort, order }) ? search : { ...search, sort, order })
}

export const FILTER_NAMES = Object.keys(NO_FILTERS) as readonly (keyof Filters)[]

const isEmpty = (name: keyof Filters, value: unknown): boolean =>
  JSON.stringify(value) === JSON.stringify(NO_FILTERS[name])

/** The filters that are set. */
export const setFilters = (wanted: Filters): readonly (keyof Filters)[] =>
  FILTER_NAMES.filter((name) => !isEmpty(name, wanted[name]))
