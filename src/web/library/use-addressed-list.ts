import { useEffect, useRef } from 'react'
import { useLocation, useNavigate, useNavigationType } from 'react-router'
import { showListing, useLibrary } from './library-state.ts'
import { addressOfListing, listingOfAddress } from './list-address.ts'
import { FILTER_NAMES, type Filters, NO_FILTERS, usualOrderOf } from './list-filters.ts'

/** The address that a page was loaded with says nothing of filters: then the order of the last visit holds. */
let hasArrived = false
/** Marks the addresses that the list asked for itself. */
const OWN = 'of the list'

/** The filter that alone differs, and is typed: going back does not go letter by letter. */
const typedAlone = (before: Filters, after: Filters): keyof Filters | null => {
  const changed = FILTER_NAMES.filter((name) => before[name] !== after[name])
  const [one] = changed
  return changed.length === 1 && one !== undefined && typeof after[one] === 'string' ? one : null
}

/** Keeps search, filters and order in the address: it can be shared and loaded again, and Back and Forward lead through them. */
export const useAddressedList = (): void => {
  const { search, key, state: mark } = useLocation()
  const type = useNavigationType()
  const navigate = useNavigate()
  const isReading = useRef(false)
  const lastTyped = useRef<keyof Filters | null>(null)
  const arrival = useRef({ search, type, mark })
  arrival.current = { search, type, mark }

  useEffect(() => {
    const { search: asked, type: how, mark: by } = arrival.current
    const isFirst = !hasArrived
    hasArrived = true
    // By the time that an address is there which the list itself asked for, more may have been typed.
    if (how !== 'POP' && by === OWN) return
    const state = useLibrary.getState()
    if (asked === addressOfListing(state)) return
    const listing = listingOfAddress(asked)
    lastTyped.current = null
    if (listing === null && (how !== 'POP' || isFirst)) {
      void navigate({ search: addressOfListing(state) }, { replace: true, state: OWN })
      return
    }
    isReading.current = true
    showListing(listing ?? { ...usualOrderOf(NO_FILTERS), filters: NO_FILTERS })
    isReading.current = false
  }, [key])

  useEffect(
    () =>
      useLibrary.subscribe((state, before) => {
        if (isReading.current) return
        if (state.filters === before.filters && state.sort === before.sort && state.order === before.order) return
        const typed = typedAlone(before.filters, state.filters)
        const isContinued = typed !== null && typed === lastTyped.current
        lastTyped.current = typed
        void navigate({ search: addressOfListing(state) }, { replace: isContinued, state: OWN })
      }),
    [navigate],
  )
}
