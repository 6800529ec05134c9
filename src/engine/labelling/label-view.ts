import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { type Metre, metreOf } from '../../core/labels/bar-text.ts'
import type { LabelSource } from '../../core/labels/label.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { StoredLabel } from '../../core/labels/stored-label.ts'
import { lastKnownPath, type Track, trackTitle } from '../../core/library/track.ts'
import type { Seconds } from '../../core/units/units.ts'

/** A label as every interface shows it; the times come from the grid in force. */
export type LabelView = Span &
  Metre & {
    readonly id: number
    readonly trackId: number
    readonly audioDigest: string
    readonly trackPath: string | null
    readonly trackTitle: string
    readonly kind: SectionKind
    /** The person's own kind that stands for it; left out for none. */
    readonly ownKindId?: number
    readonly startSeconds: Seconds
    readonly endSeconds: Seconds
    readonly source: LabelSource
    readonly createdAt: string
  }

export const labelView = (label: StoredLabel, track: Track, grid: BeatGrid): LabelView => ({
  id: label.id,
  trackId: track.id,
  audioDigest: track.audioDigest,
  trackPath: lastKnownPath(track),
  trackTitle: trackTitle(track),
  kind: label.kind,
  ...(label.ownKindId === undefined ? {} : { ownKindId: label.ownKindId }),
  startBeat: label.startBeat,
  endBeat: label.endBeat,
  startSeconds: beatsToSeconds(grid, label.startBeat),
  endSeconds: beatsToSeconds(grid, label.endBeat),
  source: label.source,
  createdAt: label.createdAt,
  ...metreOf(grid),
})
