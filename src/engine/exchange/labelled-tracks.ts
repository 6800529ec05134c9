import { basename, extname } from 'node:path'
import { beatsToSeconds, beatTimes } from '../../core/beats/beat-grid.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import { traitsOfFormat, type WrittenFormatName } from '../../core/interop/label-format-traits.ts'
import type { LabelledTrack } from '../../core/interop/labelled-track.ts'
import type { StoredLabel } from '../../core/labels/stored-label.ts'
import { lastKnownPath, type Track, trackTitle } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { requireTrack } from '../kit/track-reference.ts'

/** A track with the labels to export. */
export type Exported = { readonly track: Track; readonly labels: readonly StoredLabel[] }

/** One track, or all that have labels. @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export */
export const labelledTracks = (store: Store, reference: string | undefined): readonly Exported[] => {
  const only = reference === undefined ? {} : { trackId: requireTrack(store, reference).id }
  const byTrack = Map.groupBy(store.labels.list(only), ({ trackId }) => trackId)
  if (byTrack.size === 0) throw new UserError('LABEL_NOT_FOUND', 'There are no labels to export.')
  return [...byTrack].map(([trackId, labels]) => ({ track: store.tracks.get(trackId)!, labels }))
}

/** After the file of its audio. */
export const fileNameOf = (track: Track, format: WrittenFormatName): string => {
  const path = lastKnownPath(track)
  return `${path ? basename(path, extname(path)) : `track-${track.id}`}${traitsOfFormat(format).extension}`
}

/** All that a file can say of a track. */
export const labelledTrack = (store: Store, { track, labels }: Exported): LabelledTrack => {
  const { grid } = requireGrid(store, track)
  const analysis = store.analyses.get(track.id)
  const times = beatTimes(grid)
  return {
    path: lastKnownPath(track),
    contentHash: track.audioDigest,
    title: trackTitle(track),
    artist: track.tags.artist,
    durationSeconds: analysis?.durationSeconds ?? null,
    tempoBpm: mainTempo(grid),
    beatsPerBar: grid.beatsPerBar,
    beatTimes: [...times],
    downbeatTimes: [...times].filter((_, beat) => beat % grid.beatsPerBar === grid.firstDownbeat),
    key: analysis?.facts.key ?? null,
    labels: labels.map(({ startBeat, endBeat, kind, source, createdAt }) => ({
      startSeconds: beatsToSeconds(grid, startBeat),
      endSeconds: beatsToSeconds(grid, endBeat),
      startBeat,
      endBeat,
      name: kind,
      kind,
      source,
      createdAt,
      isDoubtful: false,
    })),
  }
}
