import type { Seconds } from '../units/units.ts'
import { countLabels, type LabelCounts } from './label-counts.ts'
import { checkReadiness, MIN_SAMPLES_PER_CLASS, type ReadinessRule } from './readiness.ts'
import { SECTION_KINDS, type SectionKind } from './section-kind.ts'

/** Everything that the statistics need from a label. */
export type CountedLabel = {
  readonly trackId: number | string
  readonly kind: SectionKind
  /** Null while the track has no grid. */
  readonly durationSeconds: Seconds | null
}

type ClassStats = {
  readonly labels: number
  readonly tracks: number
  /** Minutes of the labels whose length in seconds is known. */
  readonly minutes: number
}

export type LabelStats = {
  readonly totalLabels: number
  readonly labelCounts: LabelCounts
  readonly tracksCovered: number
  /** Labels per labelled track, to two decimals; 0 without labels. */
  readonly avgPerTrack: number
  readonly readyForTraining: boolean
  readonly minSamplesRequired: number
  readonly perClass: Readonly<Record<SectionKind, ClassStats>>
  /** What stands in the way of a training, in words; empty when ready. */
  readonly missing: readonly string[]
}

const roundTo = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals

const classStats = (labels: readonly CountedLabel[]): ClassStats => ({
  labels: labels.length,
  tracks: new Set(labels.map(({ trackId }) => trackId)).size,
  minutes: roundTo(labels.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0) / 60, 2),
})

/** Counts the labels; classes that `rule` excludes are counted too, but do not hold up the training. */
export const labelStats = (labels: readonly CountedLabel[], rule: ReadinessRule = {}): LabelStats => {
  const labelCounts = countLabels(labels)
  const tracksCovered = new Set(labels.map(({ trackId }) => trackId)).size
  const readiness = checkReadiness(labelCounts, rule)
  return {
    totalLabels: labels.length,
    labelCounts,
    tracksCovered,
    avgPerTrack: tracksCovered === 0 ? 0 : roundTo(labels.length / tracksCovered, 2),
    readyForTraining: readiness.ready,
    minSamplesRequired: rule.minSamples ?? MIN_SAMPLES_PER_CLASS,
    perClass: Object.fromEntries(
      SECTION_KINDS.map((kind) => [kind, classStats(labels.filter((label) => label.kind === kind))]),
    ) as Record<SectionKind, ClassStats>,
    missing: readiness.reasons,
  }
}
