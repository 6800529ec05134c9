import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { NOTE_COLOURS } from '../../core/library/track-notes.ts'
import { TRACK_SORTS } from '../../core/library/track-sorts.ts'
import { TRACK_STANDINGS } from '../../core/library/track-standing.ts'
import { addressOfListing, listingOfAddress, listingOfQuery } from './list-address.ts'
import { filterOfListing, isUsable, type Listing, NO_FILTERS, parametersOf, searchOf } from './list-filters.ts'

const ask = (filters: object): object =>
  searchOf({ sort: 'bpm', order: 'desc', filters: { ...NO_FILTERS, ...filters } })

test('without filters only the order is asked for', () => {
  expect(ask({})).toEqual({ sort: 'bpm', order: 'desc' })
})

test('a tempo is a range around it, in percent', () => {
  expect(ask({ bpm: '125', bpmPercent: 4 })).toEqual({ sort: 'bpm', order: 'desc', bpm_min: 120, bpm_max: 130 })
  expect(ask({ bpm: '127,5', bpmPercent: 0 })).toMatchObject({ bpm_min: 127.5, bpm_max: 127.5 })
})

test('what is half typed or no such value is not asked for', () => {
  expect(ask({ bpm: 'fast', compatibleWith: '13A', energyMin: 'x', text: '  ' })).toEqual({
    sort: 'bpm',
    order: 'desc',
  })
})

test('what no track can have is not asked for, so that no address is refused', () => {
  expect(ask({ energyMin: '99', ratingMax: '7', yearMin: '-1', bpm: '9000' })).toEqual({ sort: 'bpm', order: 'desc' })
  expect([isUsable('energyMin', '11'), isUsable('energyMin', '10'), isUsable('energyMin', '')]).toEqual([
    false,
    true,
    true,
  ])
})

test('keys, energy, labels and review are asked for as the address writes them', () => {
  expect(ask({ compatibleWith: '8a', energyMin: '3', energyMax: '7', labelled: 'no', needsReview: true })).toEqual({
    sort: 'bpm',
    order: 'desc',
    compatible_with: '8A',
    energy_min: 3,
    energy_max: 7,
    has_labels: 'false',
    needs_review: 'true',
  })
})

test('every column narrows what is asked for', () => {
  expect(
    ask({
      genre: ' house ',
      yearMin: '2019',
      tagBpmMax: '130,5',
      tagKey: 'Am',
      addedSince: '2026-01-31',
      addedBefore: 'soon',
      bitRateMin: '256',
      loudnessMax: '-9',
      path: 'crate',
      doubtfulGrid: 'yes',
      ratingMin: '3',
      colours: ['red', 'blue'],
      comment: 'opener',
    }),
  ).toEqual({
    sort: 'bpm',
    order: 'desc',
    genre: 'house',
    year_min: 2019,
    tag_bpm_max: 130.5,
    tag_key: 'Am',
    added_since: '2026-01-31',
    bit_rate_min: 256,
    loudness_max: -9,
    path: 'crate',
    doubtful_grid: 'true',
    rating_min: 3,
    colour: 'red,blue',
    comment: 'opener',
  })
})

test('of several tags all are wanted, or any', () => {
  expect(ask({ heard: ['piano', 'voice'] })).toMatchObject({ tag: 'piano,voice' })
  expect(ask({ heard: ['piano', 'voice'], heardAny: true })).toMatchObject({ tag: 'piano,voice', tag_match: 'any' })
  expect(ask({ myTags: ['peak'], myTagsAny: true })).toEqual({ sort: 'bpm', order: 'desc', my_tags: 'peak' })
})

test('where tempi are shown in a range, they are asked for in it', () => {
  const listing = { sort: 'bpm', order: 'asc', filters: { ...NO_FILTERS, bpm: '87', bpmPercent: 0 } } as const
  expect(searchOf(listing, 70)).toMatchObject({ bpm_min: 87, bpm_max: 87, bpm_range_from: 70 })
})

const words = fc.string({ maxLength: 20 })
const names = fc.array(fc.stringMatching(/^[a-z &é]{1,8}$/), { maxLength: 3 })
const listings: fc.Arbitrary<Listing> = fc.record({
  sort: fc.constantFrom(...TRACK_SORTS),
  order: fc.constantFrom('asc', 'desc'),
  filters: fc.record({
    ...Object.fromEntries(Object.keys(NO_FILTERS).map((name) => [name, words])),
    bpmPercent: fc.constantFrom(0, 2, 6, 16),
    labelled: fc.constantFrom('all', 'yes', 'no'),
    doubtfulGrid: fc.constantFrom('all', 'yes', 'no'),
    needsReview: fc.boolean(),
    status: fc.constantFrom(...TRACK_STANDINGS),
    heard: names,
    heardAny: fc.boolean(),
    colours: fc.subarray([...NOTE_COLOURS]),
    myTags: names,
    myTagsAny: fc.boolean(),
    kinds: fc.subarray([...SECTION_KINDS]),
    playlist: fc.constantFrom('', '3', '120'),
  }) as fc.Arbitrary<Listing['filters']>,
})

test('an address gives back the list it stands for', () => {
  fc.assert(
    fc.property(listings, (listing) => {
      const address = addressOfListing(listing)
      const usual = { sort: 'title', order: 'asc', filters: NO_FILTERS }
      expect(listingOfAddress(address) ?? usual).toEqual(listing)
    }),
  )
})

test('an address can be read, and what is not known or not allowed in it is passed over', () => {
  expect(addressOfListing({ sort: 'title', order: 'asc', filters: NO_FILTERS })).toBe('')
  expect(
    addressOfListing({ sort: 'rating', order: 'desc', filters: { ...NO_FILTERS, text: 'night', heard: ['piano'] } }),
  ).toBe('?q=night&heard=piano&sort=rating&order=desc')
  expect(listingOfAddress('?utm_source=x&sort=taste&labels=perhaps&colour=mauve')).toBeNull()
  expect(listingOfAddress('?q=a&sort=taste&order=desc&labels=perhaps&unknown=1')).toEqual({
    sort: 'title',
    order: 'asc',
    filters: { ...NO_FILTERS, text: 'a' },
  })
})

test('what the server is asked for can be asked again of the list, as a smart playlist and a bar of a chart do', () => {
  fc.assert(
    fc.property(listings, (listing) => {
      const asked = searchOf(listing)
      expect(searchOf(listingOfQuery(parametersOf(asked)))).toEqual(asked)
      expect(searchOf(listingOfQuery(filterOfListing(listing)))).toEqual(asked)
    }),
  )
  expect(listingOfQuery('bpm_min=120&bpm_max=121.99&label=drop&tag=Piano&status=all&limit=3').filters).toEqual({
    ...NO_FILTERS,
    bpmMin: '120',
    bpmMax: '121.99',
    kinds: ['drop'],
    heard: ['Piano'],
  })
})

test('a playlist is listed with its missing tracks, and only a playlist has an order of its own', () => {
  const order = { sort: 'playlist', order: 'asc' } as const
  expect(searchOf({ ...order, filters: { ...NO_FILTERS, playlist: '7' } })).toEqual({
    ...order,
    playlist: 7,
    status: 'all',
  })
  expect(searchOf({ ...order, filters: NO_FILTERS })).toEqual({ sort: 'title', order: 'asc' })
})

test('a playlist that is opened by its address comes in its own order, and a kept filter says any other one', () => {
  const filters = { ...NO_FILTERS, playlist: '7' }
  const own = { sort: 'playlist', order: 'asc', filters } as const
  const byTitle = { sort: 'title', order: 'asc', filters } as const
  expect(listingOfAddress('?playlist=7')).toEqual(own)
  expect(listingOfAddress('?playlist=7&sort=taste')).toEqual(own)
  expect(addressOfListing(own)).toBe('?playlist=7')
  expect(listingOfAddress(addressOfListing(byTitle))).toEqual(byTitle)
  expect(filterOfListing(own)).toBe('status=all&playlist=7')
  expect(filterOfListing(byTitle)).toBe('status=all&playlist=7&sort=title&order=asc')
  expect(filterOfListing({ ...byTitle, filters: { ...NO_FILTERS, genre: 'house' } })).toBe('genre=house')
})
