import { type OfferedReading, offeredReadings, type TagReading } from '../../core/library/tag-readings.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'

type DoubtfulTags = {
  /** Null while nobody has decided. */
  readonly reading: TagReading | null
  /** Other ways to read what the file says; none where it is beyond doubt. */
  readonly offered: readonly OfferedReading[]
}

/** Tags whose encoding the file does not say. */
export type TagReadingActions = {
  /** @throws TRACK_NOT_FOUND */
  readonly of: (track: string) => Promise<DoubtfulTags>
  /** Keeps how a person wants the tags read; the file stays as it is. @param reading null takes it back @throws TRACK_NOT_FOUND */
  readonly choose: (track: string, reading: TagReading | null) => Promise<void>
}

export const tagReadingActions = ({ store, emit }: Workspace): TagReadingActions => ({
  of: async (reference) => {
    const { tags, reading } = store.tracks.writtenTags(requireTrack(store, reference).id)!
    return { reading, offered: offeredReadings(tags) }
  },
  choose: async (reference, reading) => {
    const { id: trackId } = requireTrack(store, reference)
    store.tracks.readTagsAs(trackId, reading)
    emit({ type: 'tags', trackId })
  },
})
