import type { NoteClaim } from '../../core/interop/libraries/imported-note-claims.ts'
import type { TrackNotes } from '../../core/library/track-notes.ts'
import type { Store } from '../../platform/store/store.ts'

/** What imports that are in force say of the notes of these tracks, the newest last. */
export const noteClaims = (
  store: Store,
  trackIds: readonly number[],
): readonly (NoteClaim & { readonly importId: number; readonly trackId: number })[] =>
  store.imports.noteChanges(trackIds).map(({ importId, trackId, before, after }) => ({
    importId,
    trackId,
    before: JSON.parse(before) as TrackNotes,
    after: JSON.parse(after) as TrackNotes,
  }))
