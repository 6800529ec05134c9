import type { StoredLabel } from '../../../core/labels/stored-label.ts'
import type { Store } from '../../../platform/store/store.ts'
import { trackQuality } from '../../analysis/track-quality.ts'
import { type Finding, type HeardSpan, heardSpan, listenTo, relabelText } from './finding.ts'

/** Of the shorter of two labels; the rest may be an edge that somebody set elsewhere. */
const SHARED_SHARE = 0.75

type Heard = HeardSpan & { readonly label: StoredLabel }

const labelsOf = (store: Store, trackId: number): readonly Heard[] => {
  const track = store.tracks.get(trackId)
  const grid = store.grids.current(trackId)
  if (track === null || grid === null) return []
  return store.labels.list({ trackId }).map((label) => ({ ...heardSpan(track, grid.grid, label), label }))
}

const sharesMost = (one: HeardSpan, other: HeardSpan): boolean => {
  const common = Math.min(one.endSeconds, other.endSeconds) - Math.max(one.startSeconds, other.startSeconds)
  const shorter = Math.min(one.endSeconds - one.startSeconds, other.endSeconds - other.startSeconds)
  return common >= SHARED_SHARE * shorter
}

/** The same recording in an earlier track of the library, with labels of different kinds at the same places. @param labelled the tracks that have any */
export const recordingFindings = (store: Store, trackId: number, labelled: ReadonlySet<number>): Finding[] => {
  const track = store.tracks.get(trackId)
  const flags = (track && trackQuality(store, track)) ?? []
  const twins = flags
    .flatMap(({ tracks = [] }) => tracks)
    .filter((twin) => twin.trackId < trackId && labelled.has(twin.trackId))
  return twins.flatMap((twin) => {
    const others = labelsOf(store, twin.trackId)
    return labelsOf(store, trackId).flatMap((own): Finding[] => {
      const other = others.find((one) => one.kind !== own.kind && sharesMost(one, own))
      if (other === undefined) return []
      const { label, ...span } = own
      const { label: otherLabel, ...beside } = other
      return [
        {
          ...span,
          id: `SAME_RECORDING-${label.id}-${otherLabel.id}`,
          code: 'SAME_RECORDING',
          labelId: label.id,
          message: `“${twin.title}” is the same recording, and there you call this ${otherLabel.kind}.`,
          mend: { kind: 'relabel', to: otherLabel.kind },
          mendText: relabelText(otherLabel.kind),
          listen: listenTo(own),
          beside: [beside],
        },
      ]
    })
  })
}
