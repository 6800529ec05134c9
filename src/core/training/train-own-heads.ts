/**
 * @file Learns the person's own kinds, each within the one of the seven that it stands for.
 * Method: for each of the seven with own kinds that have enough labels, trees on the span rows of its labels tell them apart. Out-of-fold by
 * track and artist on the folds of the span head; kept only where that does better than always saying the most frequent of them.
 * Conventions: an own kind with too few labels counts as the kind that it stands for.
 */

import { mostLikely, scoreClassification } from '../evaluation/classification-scores.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { logitsToProbabilities } from '../models/boosted-trees.ts'
import type { OwnClass, OwnHead } from '../models/section-model.ts'
import { crossFit } from './cross-fit.ts'
import type { EvaluatedFit } from './evaluated-fit.ts'
import { fitTemperature } from './fit-temperature.ts'
import type { LabelSample, RowBlock } from './label-rows.ts'
import { spanHeadOptions } from './span-head-options.ts'

export type OwnKindReport = {
  readonly kind: SectionKind
  /** The kind itself is null. */
  readonly classes: readonly { readonly own: OwnClass | null; readonly labels: number; readonly f1: number | null }[]
  /** Out-of-fold; null where it could not be measured. */
  readonly accuracy: number | null
  /** Of always saying the most frequent of them. */
  readonly majority: number
  readonly isLearnt: boolean
  /** Own kinds with too few labels. */
  readonly tooFew: readonly OwnClass[]
}

export type OwnHeads = { readonly heads: readonly OwnHead[]; readonly reports: readonly OwnKindReport[] }

type OwnHeadsRequest = Pick<EvaluatedFit, 'samples' | 'kinds' | 'folds' | 'spanBlock'> & {
  readonly ownKinds: ReadonlyMap<number, string>
  readonly minSamples: number
  readonly rounds: number
  readonly seed: number
  readonly signal: AbortSignal | undefined
}

/** The rows of some samples, one each. */
const rowsOf = ({ rows, columnCount, songs }: RowBlock, places: readonly number[]): RowBlock => ({
  rows: Float32Array.from(
    { length: places.length * columnCount },
    (_, cell) => rows[places[Math.floor(cell / columnCount)]! * columnCount + (cell % columnCount)]!,
  ),
  rowCount: places.length,
  columnCount,
  owners: Int32Array.from(places.keys()),
  shares: new Float32Array(places.length).fill(1),
  songs: Float32Array.from(places, (place) => songs[place]!),
})

const trainOne = async (
  kind: SectionKind,
  places: readonly number[],
  { samples, folds, spanBlock, ownKinds, minSamples, rounds, seed, signal }: OwnHeadsRequest,
): Promise<{ readonly head: OwnHead | null; readonly report: OwnKindReport } | null> => {
  const ownOf = ({ label }: LabelSample): number | null =>
    label.ownKindId !== undefined && ownKinds.has(label.ownKindId) ? label.ownKindId : null
  const said = places.map((place) => ownOf(samples[place]!))
  const counts = Map.groupBy(said, (id) => id)
  const named = (id: number): OwnClass => ({ id, name: ownKinds.get(id)! })
  const ids = [...counts.keys()].filter((id) => id !== null).toSorted((a, b) => a - b)
  if (ids.length === 0) return null
  const isEnough = (id: number): boolean => counts.get(id)!.length >= minSamples
  const learnt = said.map((id) => (id !== null && isEnough(id) ? id : null))
  const enough = ids.filter(isEnough)
  const values = learnt.includes(null) ? [null, ...enough] : enough
  const classes = values.map((id) => (id === null ? null : named(id)))
  const targets = learnt.map((id) => values.indexOf(id))
  const labels = values.map((id) => learnt.filter((one) => one === id).length)
  const majority = Math.max(...labels) / places.length
  const report = {
    kind,
    classes: classes.map((own, at) => ({ own, labels: labels[at]!, f1: null })),
    accuracy: null,
    majority,
    isLearnt: false,
    tooFew: ids.filter((id) => !isEnough(id)).map(named),
  }
  if (classes.length === 1)
    return enough.length === 0
      ? { head: null, report }
      : { head: { kind, classes, head: null }, report: { ...report, isLearnt: true } }
  const used = [...new Set(places.map((place) => folds[place]!))].toSorted()
  if (used.length < 2) return { head: null, report }
  const fit = await crossFit(
    {
      block: rowsOf(spanBlock, places),
      targets,
      classCount: classes.length,
      balance: 1,
      folds: places.map((place) => used.indexOf(folds[place]!)),
      options: { ...spanHeadOptions(places.length), rounds, seed },
    },
    signal ? { signal } : {},
  )
  const answers = mostLikely(logitsToProbabilities(fit.logits, classes.length, 1), classes.length)
  const scores = scoreClassification(targets, answers, classes.length)
  const isLearnt = scores.accuracy > majority
  const head = { trees: fit.trees, temperature: fitTemperature(fit.logits, targets, classes.length) }
  return {
    head: isLearnt ? { kind, classes, head } : null,
    report: {
      ...report,
      classes: report.classes.map((one, at) => ({ ...one, f1: scores.classes[at]!.f1 })),
      accuracy: scores.accuracy,
      isLearnt,
    },
  }
}

export const trainOwnHeads = async (request: OwnHeadsRequest): Promise<OwnHeads> => {
  const heads: OwnHead[] = []
  const reports: OwnKindReport[] = []
  for (const [target, kind] of request.kinds.entries()) {
    const places = [...request.samples.keys()].filter((at) => request.samples[at]!.target === target)
    const one = await trainOne(kind, places, request)
    if (one === null) continue
    reports.push(one.report)
    if (one.head !== null) heads.push(one.head)
  }
  return { heads, reports }
}
