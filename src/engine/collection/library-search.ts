import type { Store } from '../../platform/store/store.ts'
import type { TrackQuery } from '../../platform/store/track-query.ts'
import { resolveSearch, type TrackSearch } from '../kit/resolve-search.ts'
import { scopesInForce, tracksOfScope } from '../versions/answering-version.ts'

type SpokenFor = NonNullable<TrackQuery['spokenFor']>

const asksForReview = ({ needsReview, within }: TrackQuery): boolean =>
  needsReview !== undefined || (within !== undefined && asksForReview(within))

const withSpokenFor = (query: TrackQuery, spokenFor: SpokenFor): TrackQuery => ({
  ...query,
  spokenFor,
  ...(query.within === undefined ? {} : { within: withSpokenFor(query.within, spokenFor) }),
})

/** As `resolveSearch`; what needs review is told by the version that speaks for each track. @throws PLAYLIST_NOT_FOUND */
export const librarySearch = (store: Store, search: TrackSearch): TrackQuery => {
  const query = resolveSearch(store, search)
  if (!asksForReview(query)) return query
  const spokenFor = scopesInForce(store).flatMap((scope): SpokenFor => {
    const tracks = tracksOfScope(store, scope)
    return tracks === null ? [] : [{ tracks, version: scope.activeVersion }]
  })
  return spokenFor.length === 0 ? query : withSpokenFor(query, spokenFor)
}
