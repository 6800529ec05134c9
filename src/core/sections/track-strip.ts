/** @file The strip that stands for a track in a list: labels, and a model's sections where there are none, as shares of its length. */
import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import { freeParts } from '../labels/free-parts.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import type { Seconds } from '../units/units.ts'

type KindOfSpan = Span & { readonly kind: SectionKind; readonly ownKindId?: number | undefined }

/** A part of the strip that stands for a track in a list: from and to as shares of its length. */
export type StripPart = {
  readonly kind: SectionKind
  /** The person's own kind that stands for it; left out for none. */
  readonly ownKindId?: number
  readonly start: number
  readonly end: number
  /** Decided by a person, not by a model. */
  readonly isLabel: boolean
}

const share = (seconds: Seconds, durationSeconds: Seconds): number =>
  Math.max(0, Math.min(1, Math.round((seconds / durationSeconds) * 1e4) / 1e4))

/** Labels, and where there are none what the model found; in the order of the track. @returns null where neither is known */
export const trackStrip = (
  { labels, sections }: { readonly labels: readonly KindOfSpan[]; readonly sections: readonly KindOfSpan[] | null },
  { grid, durationSeconds }: { readonly grid: BeatGrid; readonly durationSeconds: Seconds },
): readonly StripPart[] | null => {
  if (sections === null && labels.length === 0) return null
  const predicted = (sections ?? []).flatMap(({ kind, ownKindId, ...span }) =>
    freeParts(span, labels).map((part) => ({ kind, ownKindId, ...part })),
  )
  return [
    ...labels.map((span) => ({ ...span, isLabel: true })),
    ...predicted.map((span) => ({ ...span, isLabel: false })),
  ]
    .toSorted((a, b) => a.startBeat - b.startBeat)
    .map(({ kind, ownKindId, startBeat, endBeat, isLabel }) => ({
      kind,
      ...(ownKindId === undefined ? {} : { ownKindId }),
      start: share(beatsToSeconds(grid, startBeat), durationSeconds),
      end: share(beatsToSeconds(grid, endBeat), durationSeconds),
      isLabel,
    }))
}
