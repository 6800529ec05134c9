import { basename, extname } from 'node:path'
import { beatsToSeconds, beatTimes } from '../../core/beats/beat-grid.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import { traitsOfFormat, type WrittenFormatName } from '../../core/interop/label-format-traits.ts'
import type { LabelledTrack } from '../../core/interop/labelled-track.ts'
import type { Label } from '../../core/labels/label.ts'
import { lastKnownPath, type Track, trackTitle } from '../../core/library/track.ts'
import { sectionEnergy } from '../../core/sections/section-energy.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { requireTrack } from '../kit/track-reference.ts'

/** A label, or a section that a version reads, which nobody made at any time. */
export type DatedLabel = Label & { readonly createdAt: string | null }

/** A track with the labels to export. */
export type Exported = { readonly track: Track; readonly labels: readonly DatedLabel[] }

/**
 * One track, or all that have labels, so many at a time: whoever goes through them lets others have their turn between.
 * @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export
 */
export function* labelledTracks(
  store: Store,
  reference: string | undefined,
  atOnce = Number.POSITIVE_INFINITY,
): Generator<readonly Exported[], void> {
  const only = reference === undefined ? null : requireTrack(store, reference).id
  const ids = only === null ? store.labels.trackIds() : [only]
  let count = 0
  for (let at = 0; at < ids.length; at += atOnce) {
    const labels = store.labels.ofTracks(ids.slice(at, at + atOnce))
    // A track may be gone by the time it is its turn.
    const piece = [...labels].flatMap(([trackId, own]) => {
      const track = store.tracks.get(trackId)
      return track === null ? [] : [{ track, labels: own }]
    })
    count += piece.length
    if (piece.length > 0) yield piece
  }
  if (count === 0) throw new UserError('LABEL_NOT_FOUND', 'There are no labels to export.')
}

/** After the file of its audio. */
export const fileNameOf = (track: Track, format: WrittenFormatName): string => {
  const path = lastKnownPath(track)
  return `${path ? basename(path, extname(path)) : `track-${track.id}`}${traitsOfFormat(format).extension}`
}

/** Tracks whose files have the same name are told apart by their ids. */
export const distinctNames = (exported: readonly Exported[], format: WrittenFormatName): readonly string[] => {
  const { extension } = traitsOfFormat(format)
  const names = exported.map(({ track }) => fileNameOf(track, format))
  const counts = Map.groupBy(names, (name) => name.toLowerCase())
  const taken = new Set(counts.keys())
  return names.map((name, at) => {
    let free = name
    if (counts.get(name.toLowerCase())!.length > 1)
      do free = `${basename(free, extension)} (${exported[at]!.track.id})${extension}`
      while (taken.has(free.toLowerCase()))
    taken.add(free.toLowerCase())
    return free
  })
}

/** All that a file can say of a track. @param ownKinds whether labels are called by the person's own kinds */
export const labelledTrack = (
  store: Store,
  { track, labels }: Exported,
  { ownKinds = true }: { readonly ownKinds?: boolean | undefined } = {},
): LabelledTrack => {
  const nameOf = ({ ownKindId }: Label): string | null =>
    ownKinds && ownKindId !== undefined ? (store.lenses.kind(ownKindId)?.name ?? null) : null
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
    labels: labels.map((label) => {
      const { startBeat, endBeat, kind, source, createdAt } = label
      const ownName = nameOf(label)
      const energy = sectionEnergy(analysis?.facts.energyCurve ?? [], grid, label)
      return {
        startSeconds: beatsToSeconds(grid, startBeat),
        endSeconds: beatsToSeconds(grid, endBeat),
        startBeat,
        endBeat,
        name: ownName ?? kind,
        ...(ownName === null ? {} : { ownName }),
        ...(energy === null ? {} : { energy }),
        kind,
        source,
        createdAt,
        isDoubtful: false,
      }
    }),
  }
}
