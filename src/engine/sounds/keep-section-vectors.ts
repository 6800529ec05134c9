import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import type { AppEvent, EventLog } from '../kit/event-log.ts'
import { answeringVersion } from '../versions/answering-version.ts'
import { fillSectionVectors } from './section-vectors.ts'

/** The track whose sections may sound different since an event; null where there is none. */
const changedTrack = (store: Store, event: AppEvent): number | null => {
  if (event.type === 'analysis') return event.failure === null ? event.trackId : null
  return event.type === 'sections' && event.version === answeringVersion(store, event.trackId).version
    ? event.trackId
    : null
}

/** Makes the vectors of a track's sections once it was analysed or read, while their features are in the cache. */
export const keepSectionVectors = (store: Store, events: Pick<EventLog, 'subscribe'>): void => {
  events.subscribe(({ event }) => {
    const trackId = changedTrack(store, event)
    try {
      if (trackId !== null) fillSectionVectors(store, trackId)
    } catch (error) {
      // A full disk takes no vectors, which the next comparison then makes.
      if (!(error instanceof UserError)) throw error
    }
  })
}
