import { type BeatGrid, beatsToSeconds } from '../../../core/beats/beat-grid.ts'
import type { GridEdit } from '../../../core/beats/grid-edit.ts'
import { type Metre, metreOf, placeText } from '../../../core/labels/bar-text.ts'
import type { FindingCode } from '../../../core/labels/finding-codes.ts'
import type { SectionKind } from '../../../core/labels/section-kind.ts'
import type { Span } from '../../../core/labels/span.ts'
import { type Track, trackTitle } from '../../../core/library/track.ts'
import { countText } from '../../../core/units/count-text.ts'
import type { Seconds } from '../../../core/units/units.ts'

/** What one press would do about a finding. */
export type Mend =
  | { readonly kind: 'relabel'; readonly to: SectionKind }
  | { readonly kind: 'move-edge'; readonly from: number; readonly to: number }
  | { readonly kind: 'grid'; readonly edit: GridEdit }

/** A stretch to be heard, and what it is called. */
export type HeardSpan = Span &
  Metre & {
    readonly trackId: number
    readonly trackTitle: string
    readonly kind: SectionKind | null
    readonly startSeconds: Seconds
    readonly endSeconds: Seconds
  }

/** Something that may be wrong with a label, or with the grid under it. */
export type Finding = HeardSpan & {
  /** Names the same finding as long as its label, or its grid, is as it is. */
  readonly id: string
  readonly code: FindingCode
  /** Null for what is about the grid. */
  readonly labelId: number | null
  readonly message: string
  /** What to listen to: the stretch itself, or what is around the places of an edge. */
  readonly listen: { readonly startSeconds: Seconds; readonly endSeconds: Seconds }
  readonly mend: Mend | null
  /** What mending is called; null where it takes more than one press. */
  readonly mendText: string | null
  /** Other labels to be heard beside it: those of its kind first. */
  readonly beside: readonly HeardSpan[]
}

export const heardSpan = (
  track: Track,
  grid: BeatGrid,
  { startBeat, endBeat, kind }: Span & { readonly kind: SectionKind | null },
): HeardSpan => ({
  trackId: track.id,
  trackTitle: trackTitle(track),
  kind,
  startBeat,
  endBeat,
  startSeconds: beatsToSeconds(grid, startBeat),
  endSeconds: beatsToSeconds(grid, endBeat),
  ...metreOf(grid),
})

/** A finding is heard as the whole stretch that it is about, unless it says otherwise. */
export const listenTo = ({ startSeconds, endSeconds }: HeardSpan): Finding['listen'] => ({ startSeconds, endSeconds })

/** Heard on either side of the places of an edge. */
const BARS_AROUND = 2

/** Around the places that an edge has, or may have. */
export const listenAround = (
  grid: BeatGrid,
  { beatsPerBar }: Metre,
  places: readonly [number, number],
): Finding['listen'] => ({
  startSeconds: Math.max(0, beatsToSeconds(grid, Math.min(...places) - BARS_AROUND * beatsPerBar)),
  endSeconds: beatsToSeconds(grid, Math.max(...places) + BARS_AROUND * beatsPerBar),
})

/** Where an edge is moved to, as one says it: "4 bars later, at bar 37.1". */
export const distanceText = (metre: Metre, from: number, to: number): string => {
  const beats = Math.abs(to - from)
  const { beatsPerBar } = metre
  const away = beats % beatsPerBar === 0 ? countText(beats / beatsPerBar, 'bar') : countText(beats, 'beat')
  return `${away} ${to < from ? 'earlier' : 'later'}, at bar ${placeText(metre, to)}`
}

export const relabelText = (kind: SectionKind): string => `Call it ${kind}`
