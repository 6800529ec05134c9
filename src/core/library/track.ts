import { titleOfFileName } from './title-of-file-name.ts'
import type { TrackTags } from './track-tags.ts'

/** Where a file of a track lies. */
export type TrackLocation = {
  readonly rootId: number
  /** Absolute. */
  readonly path: string
  readonly fileDigest: string
  readonly sizeBytes: number
  readonly modifiedMs: number
  /** When a scan of the reachable root no longer found the file. */
  readonly missingSince: string | null
  /** Whether the root's drive was absent at the last scan. */
  readonly offline: boolean
}

/** A recording. Its identity is the encoded audio without tags: a file that is renamed, moved or re-tagged stays the same track. */
export type Track = {
  readonly id: number
  readonly audioDigest: string
  readonly tags: TrackTags
  readonly addedAt: string
  readonly locations: readonly TrackLocation[]
  /** Where a file of it lay when it was last seen; null where no version of this program kept that. */
  readonly lastPath: string | null
}

/** The location to read the audio from, or null while the file is missing or its drive offline. */
export const presentLocation = (track: Track): TrackLocation | null =>
  track.locations.find((location) => location.missingSince === null && !location.offline) ?? null

/** Whether no folder of the library, not even one that is offline, holds a file of it. */
export const isMissing = (track: Track): boolean =>
  track.locations.every(({ missingSince, offline }) => missingSince !== null && !offline)

/** Where a file of it lies, or lay when it was last seen. */
export const lastKnownPath = (track: Track): string | null => track.locations[0]?.path ?? track.lastPath

/** Last part of a path, with slashes of either kind. */
const fileName = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

/** The tagged title, else what of the name that its file has or had is one; never empty, and never a digest. */
export const trackTitle = (track: Track): string => {
  const path = lastKnownPath(track)
  return track.tags.title || (path ? titleOfFileName(fileName(path)) : `Untitled track ${track.id}`)
}
