import { type Track, trackTitle } from '../../core/library/track.ts'
import type { Store } from '../../platform/store/store.ts'

export type TitledTrack = Pick<Track, 'id' | 'audioDigest' | 'tags'> & { readonly title: string }

/** Several tracks with their titles, by rising id, many times as quick as one after the other; ids that are not there are left out. */
export const titledTracks = (store: Store, ids: readonly number[]): readonly TitledTrack[] =>
  store.tracks.tagsOf(ids).map((track) => ({
    ...track,
    // Where tags tell no title, a file has to.
    title: track.tags.title || trackTitle(store.tracks.get(track.id)!),
  }))
