/**
 * What it is worth to accept sure suggestions unread: half of the training tracks are labelled by hand, a model that learnt from these suggests
 * sections in the other half, and all that are sure enough become labels. How many are right, and how much they should weigh.
 */

import { expectedPrecision } from '../../src/core/evaluation/expected-precision.ts'
import { SPAN_ROW_LENGTH, spanRow } from '../../src/core/features/span-features.ts'
import { prepareTrack } from '../../src/core/features/track-context.ts'
import { SECTION_KINDS, type SectionKind } from '../../src/core/labels/section-kind.ts'
import type { Span } from '../../src/core/labels/span.ts'
import { predictProbabilities } from '../../src/core/models/boosted-trees.ts'
import { decodeSections } from '../../src/core/sections/decode-sections.ts'
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { fitBoostedTreesAsync } from '../../src/core/training/fit-boosted-trees.ts'
import { classWeights } from '../../src/core/training/label-rows.ts'
import { spanHeadOptions } from '../../src/core/training/span-head-options.ts'
import { scorePairs } from './figure.ts'
import { foldSides, laySides, type Prepared } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { alignColumns } from './table.ts'
import { spansInBeats, toTraining, trainModels } from './train.ts'

const LEASTS = [0.8, 0.9, 0.95, 0.97] as const
const WEIGHTS = [0, 0.25, 0.5, 1] as const
/** What is accepted is learnt from at this precision. */
const LEARNT_FROM = 0.9
const ROUNDS = 60

type Row = { readonly kind: SectionKind; readonly row: Float32Array; readonly weight: number }

const rowOf = ({ context }: GriddedTrack, span: Span): Float32Array => {
  const row = new Float32Array(SPAN_ROW_LENGTH)
  spanRow(context, span, row, 0)
  return row
}

/** The kind that most of a span has in truth; null where the corpus is not sure. */
const trueKind = (gridded: GriddedTrack, { startBeat, endBeat }: Span): SectionKind | null => {
  const spans = spansInBeats(gridded)
  const shared = spans.map((span, at) => ({
    at,
    beats: Math.min(span.endBeat, endBeat) - Math.max(span.startBeat, startBeat),
  }))
  const { label, counts } = gridded.track.segments[shared.toSorted((a, b) => b.beats - a.beats)[0]!.at]!
  return counts ? label : null
}

const fit = async (rows: readonly Row[]): Promise<(row: Float32Array) => SectionKind> => {
  const kinds = SECTION_KINDS.filter((kind) => rows.some((one) => one.kind === kind))
  const targets = rows.map(({ kind }) => kinds.indexOf(kind))
  const all = new Float32Array(rows.length * SPAN_ROW_LENGTH)
  for (const [at, { row }] of rows.entries()) all.set(row, at * SPAN_ROW_LENGTH)
  const trees = await fitBoostedTreesAsync({
    rows: all,
    rowCount: rows.length,
    columnCount: SPAN_ROW_LENGTH,
    targets,
    weights: classWeights(targets, kinds.length, 1).map((weight, at) => weight * rows[at]!.weight),
    classCount: kinds.length,
    options: { ...spanHeadOptions(rows.length), rounds: ROUNDS, seed: 1, earlyStoppingRounds: null },
  })
  return (row) => {
    const probabilities = [...predictProbabilities(trees, row, 1, 1)]
    return kinds[probabilities.indexOf(Math.max(...probabilities))]!
  }
}

type Options = { readonly seed: number; readonly shuffles: number; readonly onFold: (text: string) => void }

export const evaluateBulk = async (corpus: Prepared, { seed, shuffles, onFold }: Options): Promise<string> => {
  const right = new Map<number, boolean[]>(LEASTS.map((least) => [least, []]))
  let suggested = 0
  const pairs = new Map<number, { truth: SectionKind; predicted: SectionKind }[]>(WEIGHTS.map((weight) => [weight, []]))
  for (let shuffled = 0; shuffled < shuffles; shuffled++) {
    for (const [fold, sides] of foldSides(corpus, seed + shuffled).entries()) {
      onFold(`shuffle ${shuffled + 1} of ${shuffles}, fold ${fold + 1}`)
      const { train, test } = await laySides(sides.train, sides.test)
      const mixed = shuffle(train, createRandom(seed + shuffled))
      const [byHand, others] = [mixed.slice(0, mixed.length / 2), mixed.slice(mixed.length / 2)]
      const { model, outOfFold } = await trainModels(byHand)
      const precisionOf = expectedPrecision(
        outOfFold.map(({ kind, kinds, probabilities }) => {
          const confidence = Math.max(...probabilities)
          const said = kinds[probabilities.indexOf(confidence)]!
          return { said, confidence, isRight: said === kind }
        }),
      )
      const accepted: Omit<Row, 'weight'>[] = []
      for (const gridded of others) {
        const context = prepareTrack(gridded.features, gridded.grid)
        for (const section of decodeSections(model, context, gridded.grid)) {
          const truth = trueKind(gridded, section)
          const precision = precisionOf(section)
          suggested++
          for (const least of LEASTS)
            if (precision >= least && truth !== null) right.get(least)!.push(truth === section.kind)
          if (precision >= LEARNT_FROM) accepted.push({ kind: section.kind, row: rowOf(gridded, section) })
        }
      }
      const own = byHand.flatMap((gridded) =>
        toTraining(gridded).labels.map((label) => ({ kind: label.kind, row: rowOf(gridded, label), weight: 1 })),
      )
      for (const weight of WEIGHTS) {
        const say = await fit([...own, ...(weight === 0 ? [] : accepted.map((one) => ({ ...one, weight })))])
        for (const gridded of test)
          for (const { kind, ...span } of toTraining(gridded).labels)
            pairs.get(weight)!.push({ truth: kind, predicted: say(rowOf(gridded, span)) })
      }
    }
  }
  return [
    `${suggested} suggestions by models that had learnt from half of the training tracks:`,
    alignColumns([
      ['accepted from', 'how many', 'right'],
      ...[...right].map(([least, all]) => [
        `${(100 * least).toFixed(0)} %`,
        String(all.length),
        `${((100 * all.filter(Boolean).length) / Math.max(1, all.length)).toFixed(1)} %`,
      ]),
    ]),
    `Learnt from those of ${(100 * LEARNT_FROM).toFixed(0)} % and more beside the labels by hand, on the tracks left out:`,
    alignColumns([
      ['weight', 'accuracy', 'macro-F1'],
      ...[...pairs].map(([weight, said]) => {
        const { accuracy, macroF1 } = scorePairs(said)
        return [weight === 0 ? 'left out' : String(weight), accuracy.toFixed(3), macroF1.toFixed(3)]
      }),
    ]),
  ].join('\n\n')
}
