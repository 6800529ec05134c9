import { useDisplay } from '../../kit/words/display.ts'
import { useLibrary } from '../library-state.ts'
import { searchOf } from '../list-filters.ts'

/** The list as it is filtered and sorted now, as the server keeps it for a smart playlist. */
export const filterAsListed = (): string => {
  const { sort, order, filters } = useLibrary.getState()
  const { sort: by, order: way, ...search } = searchOf({ sort, order, filters }, useDisplay.getState().bpmRangeFrom)
  // The usual order says nothing; that of a playlist comes with the playlist.
  const isUsual = way === 'asc' && (by === 'title' || by === 'playlist')
  const asked = { ...search, ...(isUsual ? {} : { sort: by, order: way }) }
  return new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)])).toString()
}
