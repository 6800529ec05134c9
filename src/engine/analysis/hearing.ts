import type { Track } from '../../core/library/track.ts'
import { HEARD_CONTENT_VERSION } from '../../core/quality/heard-content.ts'
import { UserError } from '../../core/support/user-error.ts'
import { AUDIBLE_SHARE } from '../../core/tags/audible-share.ts'
import type { EarsCard } from '../../core/tags/ears-card.ts'
import { heardSpans } from '../../core/tags/heard-tags.ts'
import type { HeardWindows } from '../../core/tags/heard-windows.ts'
import { decodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'
import type { Seconds } from '../../core/units/units.ts'
import { hearingKey, type TagCount, type ToldTrackTag } from '../../platform/store/hearing-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { HeardAudio } from '../../platform/workers/hear-audio.ts'
import type { ReadyEars } from '../kit/ears.ts'
import type { Workspace } from '../kit/workspace.ts'

/** A tag and where in the track it is heard. */
export type PlacedTag = ToldTrackTag & {
  readonly spans: readonly { readonly startSeconds: Seconds; readonly endSeconds: Seconds }[]
}

/** Whether this network has heard a track; true where there is none. */
export const isHeard = (store: Store, { id, audioDigest }: Track, ears: ReadyEars | null): boolean =>
  ears === null || store.hearing.has(id, { audioDigest, packDigest: ears.digest }, HEARD_CONTENT_VERSION)

export const recordHearing = (
  store: Store,
  { id, audioDigest }: Track,
  { ears, heard: { windows, flags, ...whole } }: { readonly ears: ReadyEars; readonly heard: HeardAudio },
): void => {
  const key = { audioDigest, packDigest: ears.digest }
  store.heardWindows.write(hearingKey(key), windows)
  store.hearing.putPrecision(ears.digest, ears.precision)
  store.hearing.put(id, key, { ...whole, flags: { version: HEARD_CONTENT_VERSION, flags } })
}

/** Tags that are heard in a track, the longest first; null where no network has heard it. */
export const trackTags = (store: Store, { id, audioDigest }: Track): readonly ToldTrackTag[] | null =>
  store.hearing.tags(id, audioDigest)

/** Tags worth a search: those that find some track, the commonest first. */
export const libraryTags = (store: Store): readonly TagCount[] => store.hearing.counts(AUDIBLE_SHARE)

/**
 * Windows that some network heard in a track, as they are kept; null while none has, or where they were cleared away.
 */
export const heardBytes = (store: Store, { id, audioDigest }: Track): Uint8Array | null => {
  const packDigest = store.hearing.heardBy(id, audioDigest)
  return packDigest === null ? null : store.heardWindows.read(hearingKey({ audioDigest, packDigest }))
}

/** Windows with the card of the network that heard them. */
export type Hearing = { readonly heard: HeardWindows; readonly card: Pick<EarsCard, 'tags'> }

/** Windows that the network in use heard in a track; null while it has not, or where they were cleared away. */
export const hearingOf = async (
  { store, ears }: Pick<Workspace, 'store' | 'ears'>,
  { audioDigest }: Track,
): Promise<Hearing | null> => {
  const network = await ears.ready()
  const bytes = network && store.heardWindows.read(hearingKey({ audioDigest, packDigest: network.digest }))
  return network && bytes ? { heard: decodeHeardWindows(bytes), card: network.card } : null
}

/**
 * @throws ANALYSIS_REQUIRED while the network in use has not heard the track, or where its windows were cleared away
 */
export const placedTags = async (workspace: Workspace, track: Track): Promise<readonly PlacedTag[]> => {
  const { id, audioDigest } = track
  const hearing = await hearingOf(workspace, track)
  const tags = workspace.store.hearing.tags(id, audioDigest)
  if (hearing === null || tags === null)
    throw new UserError('ANALYSIS_REQUIRED', `Where tags are heard in track ${id} is known once it is analysed.`)
  return tags.map((tag) => ({
    ...tag,
    spans: heardSpans(hearing.heard, hearing.card, tag.tag).map(([startSeconds, endSeconds]) => ({
      startSeconds,
      endSeconds,
    })),
  }))
}
