import { z } from 'zod'
import { create } from 'zustand'
import { TRACK_SORTS, type TrackSort } from '../../core/library/track-sorts.ts'
import { type Filters, type Listing, NO_FILTERS, USUAL_ORDER } from './list-filters.ts'
import { COLUMNS, type Column, USUAL_COLUMNS } from './table-columns.ts'

const column = z.enum(COLUMNS)
const viewSchema = z.object({
  sort: z.enum(TRACK_SORTS),
  order: z.enum(['asc', 'desc']),
  /** Those that are shown, in their order. */
  columns: z.array(column).readonly(),
  widths: z.partialRecord(column, z.number()).readonly(),
  density: z.enum(['roomy', 'compact']),
})
export type View = z.output<typeof viewSchema>

/** Earlier versions kept which columns are hidden. */
const earlier = viewSchema.pick({ sort: true, order: true }).extend({ hidden: z.array(z.string()) })

/** A place in the list: the marked row, and how far the table is scrolled, in pixels. */
type Place = { readonly row: number; readonly scrolled: number }
const TOP: Place = { row: 0, scrolled: 0 }

type LibraryState = View & {
  readonly filters: Filters
  readonly selected: ReadonlySet<number>
  /** What is shown of the tracks: themselves, or how they spread. */
  readonly pane: 'list' | 'overview'
  /** Where the table was when it was left, for the way back. */
  readonly place: Place
}

const STORED_AS = 'algiers.library'
const USUAL: View = { ...USUAL_ORDER, columns: USUAL_COLUMNS, widths: {}, density: 'roomy' }

/** @param stored what an earlier visit kept, if anything @returns the usual view where it cannot be understood */
export const viewOf = (stored: unknown): View => {
  const known = viewSchema.safeParse(stored)
  if (known.success)
    return {
      ...known.data,
      columns: [
        ...new Set<Column>(
          known.data.columns.includes('title') ? known.data.columns : ['title', ...known.data.columns],
        ),
      ],
    }
  const before = earlier.safeParse(stored)
  if (!before.success) return USUAL
  const { hidden, ...order } = before.data
  return { ...USUAL, ...order, columns: USUAL_COLUMNS.filter((name) => !hidden.includes(name)) }
}

const readView = (): View => {
  try {
    return viewOf(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null'))
  } catch {
    // What is kept is no JSON: another version wrote it.
    return USUAL
  }
}

export const useLibrary = create<LibraryState>(() => ({
  ...readView(),
  filters: NO_FILTERS,
  selected: new Set(),
  pane: 'list',
  place: TOP,
}))

const keepView = (): void => {
  const { sort, order, columns, widths, density } = useLibrary.getState()
  localStorage.setItem(STORED_AS, JSON.stringify({ sort, order, columns, widths, density }))
}

export const changeView = (change: Partial<View>): void => {
  useLibrary.setState(change)
  keepView()
}

/** All columns as they were at first. */
export const restoreColumns = (): void => changeView({ columns: USUAL.columns, widths: {} })

/** A click on the column that sorts already reverses the order. */
export const sortBy = (sort: TrackSort): void => {
  const state = useLibrary.getState()
  changeView({ sort, order: state.sort === sort && state.order === 'asc' ? 'desc' : 'asc' })
}

export const changeFilters = (change: Partial<Filters>): void =>
  useLibrary.setState((state) => ({ filters: { ...state.filters, ...change }, place: TOP }))

/** Lists what an address asks for. */
export const showListing = ({ sort, order, filters }: Listing): void => {
  useLibrary.setState({ sort, order, filters, place: TOP })
  keepView()
}
