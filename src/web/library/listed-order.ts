import { useDisplay } from '../kit/words/display.ts'
import { orderOf, type PlayingOrder } from '../player/playing-order.ts'
import { useLibrary } from './library-state.ts'
import { NO_FILTERS, searchOf } from './list-filters.ts'

/** The library as it is listed now, for a track that is not started from a list of its own; with all tracks where the filters leave it out. */
export const listedOrder: PlayingOrder = (trackId, direction) => {
  const { sort, order, filters } = useLibrary.getState()
  const from = useDisplay.getState().bpmRangeFrom
  const whole = searchOf({ sort, order, filters: NO_FILTERS }, from)
  return orderOf(searchOf({ sort, order, filters }, from), whole)(trackId, direction)
}
