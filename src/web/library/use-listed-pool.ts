import { useMemo } from 'react'
import { useDisplay } from '../kit/words/display.ts'
import { useTrackCount } from '../queries/use-tracks.ts'
import { useLibrary } from './library-state.ts'
import { parametersOf, searchOf } from './list-filters.ts'

/** The list of the library as it is filtered now, as the parameters of an address. */
export const useListedPool = (): { readonly pool: string; readonly tracks: number | undefined } => {
  const { sort, order, filters } = useLibrary()
  const from = useDisplay((state) => state.bpmRangeFrom)
  const search = useMemo(() => searchOf({ sort, order, filters }, from), [sort, order, filters, from])
  const { data } = useTrackCount(search)
  return { pool: parametersOf(search), tracks: data?.total }
}
