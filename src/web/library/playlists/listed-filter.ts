import { useDisplay } from '../../kit/words/display.ts'
import { useLibrary } from '../library-state.ts'
import { filterOfListing } from '../list-filters.ts'

/** The list as it is filtered and sorted now, as the server keeps it for a smart playlist. */
export const filterAsListed = (): string => filterOfListing(useLibrary.getState(), useDisplay.getState().bpmRangeFrom)
