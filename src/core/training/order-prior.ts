/**
 * @file Which kind follows which, learnt from labels.
 * Method: first-order transition counts with start and end, smoothed by Dirichlet pseudo-counts that state what holds for most music: a track
 * starts with its intro, ends with its outro, neither comes back, and a build leads into a drop or chorus.
 * Conventions: as `OrderPrior`: row 0 is the start, the last column the end, rows sum to 1. Two neighbours of one kind stay possible
 * but rare: they are one section unless a person decided otherwise.
 */
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import type { OrderPrior } from '../models/section-model.ts'
import type { Beats } from '../units/units.ts'

export type LabelledTrack = {
  readonly beatCount: number
  /** Rising, not overlapping. There may be gaps: only neighbours that touch say anything about order. */
  readonly labels: readonly (Span & { readonly kind: SectionKind })[]
  /** How much its labels count. @default 1 */
  readonly weight?: number
}

/** Pseudo-counts of plausible, rare and hardly ever seen transitions; those of a row weigh about as much as one labelled track. */
const PLAUSIBLE = 1
const RARE = 0.1
const HARDLY = 0.01
/** Labels that end this close to the next one's start, or to an end of the track, touch it: half a bar. */
const TOUCHING_BEATS: Beats = 2

type Place = SectionKind | 'start' | 'end'

const startCount = (to: Place): number =>
  to === 'intro' ? PLAUSIBLE : to === 'outro' || to === 'build' || to === 'end' ? HARDLY : RARE

const endCount = (from: Place): number =>
  from === 'outro' ? PLAUSIBLE : from === 'intro' || from === 'build' ? HARDLY : RARE

const pseudoCount = (from: Place, to: Place): number => {
  if (from === 'start') return startCount(to)
  if (to === 'end') return endCount(from)
  if (from === to || to === 'intro' || from === 'outro') return HARDLY
  if (from === 'build') return to === 'drop' || to === 'chorus' ? PLAUSIBLE : RARE
  return from === 'intro' && to === 'outro' ? HARDLY : PLAUSIBLE
}

const sumOf = (row: readonly number[]): number => row.reduce((a, b) => a + b, 0)

/** @param others tracks of another style, which bend what is expected before these are seen */
export const trainOrderPrior = (
  tracks: readonly LabelledTrack[],
  kinds: readonly SectionKind[],
  others: readonly LabelledTrack[] = [],
): OrderPrior => {
  const rows: readonly Place[] = ['start', ...kinds]
  const columns: readonly Place[] = [...kinds, 'end']
  const elsewhere = others.length > 0 ? trainOrderPrior(others, kinds) : null
  const counts = rows.map((from, row) => {
    const expected = columns.map((to) => pseudoCount(from, to))
    return elsewhere ? elsewhere[row]!.map((share) => share * sumOf(expected)) : expected
  })
  const see = (from: Place, to: Place, weight: number): void => {
    const row = counts[rows.indexOf(from)]
    const column = columns.indexOf(to)
    if (row && column >= 0) row[column]! += weight
  }
  for (const { beatCount, labels, weight = 1 } of tracks)
    labels.forEach((label, n) => {
      const next = labels[n + 1]
      if (label.startBeat <= TOUCHING_BEATS) see('start', label.kind, weight)
      if (label.endBeat >= beatCount - TOUCHING_BEATS) see(label.kind, 'end', weight)
      else if (next && next.startBeat - label.endBeat <= TOUCHING_BEATS) see(label.kind, next.kind, weight)
    })
  return counts.map((row) => {
    const total = sumOf(row)
    return row.map((count) => count / total)
  })
}
