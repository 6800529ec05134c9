import { type BeatGrid, secondsToBeats } from '../../../core/beats/beat-grid.ts'
import { placeText } from '../../../core/labels/bar-text.ts'
import { MIN_LABEL_BEATS } from '../../../core/labels/label-edit.ts'
import type { StoredLabel } from '../../../core/labels/stored-label.ts'
import type { Seconds } from '../../../core/units/units.ts'
import type { Store } from '../../../platform/store/store.ts'
import {
  distanceText,
  type Finding,
  type HeardSpan,
  heardSpan,
  listenAround,
  listenTo,
  relabelText,
} from './finding.ts'
import type { Twin } from './twin-recordings.ts'

/** Of the shorter of two labels; the rest may be an edge that somebody set elsewhere. */
const SHARED_SHARE = 0.75
/** Edges that lie closer together are the same one, heard on two grids. */
const SAME_EDGE_BEATS = 1

type Heard = HeardSpan & { readonly label: StoredLabel }
type Here = { readonly grid: BeatGrid; readonly labels: readonly Heard[] }

/** @param laterSeconds is added to where they are heard */
const labelsOf = (store: Store, trackId: number, laterSeconds: Seconds = 0): Here | null => {
  const track = store.tracks.get(trackId)
  const grid = store.grids.current(trackId)?.grid
  if (track === null || grid === undefined) return null
  const labels = store.labels.list({ trackId }).map((label): Heard => {
    const { startSeconds, endSeconds, ...span } = heardSpan(track, grid, label)
    return { ...span, label, startSeconds: startSeconds + laterSeconds, endSeconds: endSeconds + laterSeconds }
  })
  return { grid, labels }
}

const sharesMost = (one: HeardSpan, other: HeardSpan): boolean => {
  const common = Math.min(one.endSeconds, other.endSeconds) - Math.max(one.startSeconds, other.startSeconds)
  const shorter = Math.min(one.endSeconds - one.startSeconds, other.endSeconds - other.startSeconds)
  return common >= SHARED_SHARE * shorter
}

/** As it is heard in its own track. */
const besideOf = ({ label: _label, ...span }: Heard, { laterSeconds }: Twin): HeardSpan => ({
  ...span,
  startSeconds: span.startSeconds - laterSeconds,
  endSeconds: span.endSeconds - laterSeconds,
})

const kindFinding = ({ label, ...span }: Heard, other: Heard, twin: Twin): Finding => ({
  ...span,
  id: `SAME_RECORDING-${label.id}-${other.label.id}`,
  code: 'SAME_RECORDING',
  labelId: label.id,
  message: `“${twin.title}” is the same recording, and there you call this ${other.kind}.`,
  mend: { kind: 'relabel', to: other.label.kind },
  mendText: relabelText(other.label.kind),
  listen: listenTo(span),
  beside: [besideOf(other, twin)],
})

/** Whether both labels of an edge keep room where it is moved to, and meet no third one. */
const hasRoom = ({ grid, labels }: Here, from: number, to: number): boolean =>
  to >= 0 &&
  to <= grid.beatCount &&
  labels.every(({ label: { startBeat, endBeat } }) => {
    if (startBeat === from) return endBeat - to >= MIN_LABEL_BEATS
    if (endBeat === from) return to - startBeat >= MIN_LABEL_BEATS
    return to <= startBeat ? from <= startBeat : to >= endBeat && from >= endBeat
  })

/** The edges of a section that lie elsewhere in the other track. An edge of two sections is told of the second. */
const edgeFindings = (here: Here, own: Heard, other: Heard, twin: Twin): readonly Finding[] => {
  const { label, ...span } = own
  const endsAnother = here.labels.some((one) => one.label.startBeat === span.endBeat)
  return (['start', 'end'] as const).flatMap((edge): Finding[] => {
    const isStart = edge === 'start'
    const from = isStart ? span.startBeat : span.endBeat
    const to = Math.round(secondsToBeats(here.grid, isStart ? other.startSeconds : other.endSeconds))
    if (Math.abs(to - from) <= SAME_EDGE_BEATS || (!isStart && endsAnother)) return []
    const isMovable = hasRoom(here, from, to)
    return [
      {
        ...span,
        id: `SAME_RECORDING-${label.id}-${other.label.id}-${edge}`,
        code: 'SAME_RECORDING',
        labelId: label.id,
        message: `“${twin.title}” is the same recording, and there this ${span.kind} ${isStart ? 'begins' : 'ends'} ${distanceText(span, from, to)}.`,
        mend: isMovable ? { kind: 'move-edge', from, to } : null,
        mendText: isMovable ? `Move the edge to bar ${placeText(span, to)}` : null,
        listen: listenAround(here.grid, span, [from, to]),
        beside: [besideOf(other, twin)],
      },
    ]
  })
}

/** The same recording in another track of the library, labelled otherwise: with other kinds, or with edges elsewhere. */
export const recordingFindings = (store: Store, trackId: number, twins: readonly Twin[]): Finding[] => {
  const here = labelsOf(store, trackId)
  if (here === null) return []
  return twins.flatMap((twin) => {
    const there = labelsOf(store, twin.trackId, twin.laterSeconds)?.labels ?? []
    return here.labels.flatMap((own): readonly Finding[] => {
      const shared = there.filter((one) => sharesMost(one, own))
      const alike = shared.find(({ kind }) => kind === own.kind)
      const otherwise = shared.find(({ kind }) => kind !== own.kind)
      if (otherwise !== undefined) return [kindFinding(own, otherwise, twin)]
      return alike === undefined ? [] : edgeFindings(here, own, alike, twin)
    })
  })
}
