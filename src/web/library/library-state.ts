import { z } from 'zod'
import { create } from 'zustand'
import { TRACK_STANDINGS } from '../../core/library/track-standing.ts'
import type { TrackSearch } from '../queries/use-tracks.ts'

const SORTS = ['title', 'artist', 'bpm', 'key', 'energy', 'duration', 'added', 'labels'] as const
export type Sort = (typeof SORTS)[number]
export const COLUMNS = ['artist', 'bpm', 'key', 'energy', 'duration', 'sections', 'labels', 'status'] as const
export type Column = (typeof COLUMNS)[number]

const view = z.object({
  sort: z.enum(SORTS),
  order: z.enum(['asc', 'desc']),
  hidden: z.array(z.enum(COLUMNS)),
})

const filters = z.object({
  text: z.string(),
  /** The middle of the range of tempi, and how far it reaches, in percent. */
  bpm: z.string(),
  bpmPercent: z.number(),
  compatibleWith: z.string(),
  energyMin: z.string(),
  energyMax: z.string(),
  labelled: z.enum(['all', 'yes', 'no']),
  needsReview: z.boolean(),
  /** How the tracks stand: those that are missing are listed only where they are asked for. */
  status: z.enum(TRACK_STANDINGS),
  /** A tag that is heard in it. */
  heard: z.string(),
})
export type Filters = z.output<typeof filters>

export const NO_FILTERS: Filters = {
  text: '',
  bpm: '',
  bpmPercent: 6,
  compatibleWith: '',
  energyMin: '',
  energyMax: '',
  labelled: 'all',
  needsReview: false,
  status: 'present',
  heard: '',
}

/** A place in the list: the marked row, and how far the table is scrolled, in pixels. */
type Place = { readonly row: number; readonly scrolled: number }
const TOP: Place = { row: 0, scrolled: 0 }

type LibraryState = z.output<typeof view> & {
  readonly filters: Filters
  readonly selected: ReadonlySet<number>
  /** Where the table was when it was left, for the way back. */
  readonly place: Place
}

const STORED_AS = 'algiers.library'
const USUAL = { sort: 'title', order: 'asc', hidden: [] } as const

const readView = (): z.output<typeof view> => {
  try {
    return view.parse(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null'))
  } catch {
    // Nothing is kept, or another version wrote it.
    return { ...USUAL, hidden: [] }
  }
}

export const useLibrary = create<LibraryState>(() => ({
  ...readView(),
  filters: NO_FILTERS,
  selected: new Set(),
  place: TOP,
}))

export const changeView = (change: Partial<z.output<typeof view>>): void => {
  useLibrary.setState(change)
  const { sort, order, hidden } = useLibrary.getState()
  localStorage.setItem(STORED_AS, JSON.stringify({ sort, order, hidden }))
}

/** A click on the column that sorts already reverses the order. */
export const sortBy = (sort: Sort): void => {
  const state = useLibrary.getState()
  changeView({ sort, order: state.sort === sort && state.order === 'asc' ? 'desc' : 'asc' })
}

export const changeFilters = (change: Partial<Filters>): void =>
  useLibrary.setState((state) => ({ filters: { ...state.filters, ...change }, place: TOP }))

const numberIn = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text.replace(',', '.')))

export const isNumberOrEmpty = (text: string): boolean => !Number.isNaN(numberIn(text) ?? 0)

/** The query for the server: a filter that is empty, or is no number where one is needed, is left out. */
export const searchOf = ({
  sort,
  order,
  filters: wanted,
}: Pick<LibraryState, 'sort' | 'order' | 'filters'>): TrackSearch => {
  const bpm = numberIn(wanted.bpm)
  const reach = wanted.bpmPercent / 100
  const asked = {
    q: wanted.text.trim() || undefined,
    bpm_min: bpm ? bpm * (1 - reach) : undefined,
    bpm_max: bpm ? bpm * (1 + reach) : undefined,
    compatible_with: /^(?:[1-9]|1[0-2])[AB]$/i.test(wanted.compatibleWith.trim())
      ? wanted.compatibleWith.trim().toUpperCase()
      : undefined,
    energy_min: numberIn(wanted.energyMin),
    energy_max: numberIn(wanted.energyMax),
    has_labels: wanted.labelled === 'all' ? undefined : wanted.labelled === 'yes',
    needs_review: wanted.needsReview || undefined,
    status: wanted.status === 'present' ? undefined : wanted.status,
    tag: wanted.heard || undefined,
  }
  const given = Object.entries(asked).filter(([, value]) => value !== undefined && !Number.isNaN(value))
  return {
    sort,
    order,
    ...Object.fromEntries(given.map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value])),
  }
}
