import { BEAT_COLUMNS, BEAT_ROW_LENGTH, beatRow } from '../features/beat-context.ts'
import type { RowColumn } from '../features/row-column.ts'
import { SPAN_COLUMNS, SPAN_ROW_LENGTH, spanRow } from '../features/span-features.ts'
import type { TrackContext } from '../features/track-context.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import type { Beats } from '../units/units.ts'
import { type BoostedTrees, outputCount } from './regression-trees.ts'
import type { SectionModel } from './section-model.ts'

export type Evidence = {
  /** A group of columns, in a listener's words. */
  readonly group: string
  /** Its part of the kind's logit against the mean of all kinds; above 0 it speaks for the kind. */
  readonly weight: number
}

/** Mean of each node's leaves, weighted by the training rows that reached them. Children come after their parent. */
const expectedValues = ({ features, lefts, rights, values, covers }: BoostedTrees): Float64Array => {
  const expected = Float64Array.from(values)
  for (let node = features.length - 1; node >= 0; node--) {
    if (features[node]! < 0) continue
    const [left, right] = [lefts[node]!, rights[node]!]
    const total = covers[left]! + covers[right]!
    expected[node] = (expected[left]! * covers[left]! + expected[right]! * covers[right]!) / total
  }
  return expected
}

/**
 * How much each column moved each output along the path of the row through every tree (Saabas, 2014): the steps of the expected
 * value from node to node, summed by the column tested. Together with the expected values of the roots they add up to the logits.
 * @returns shape (outputs, columns)
 */
export const attributeRow = (
  trees: BoostedTrees,
  row: Float32Array,
  expected: Float64Array = expectedValues(trees),
): Float64Array => {
  const { treeRoots, treeOutputs, features, thresholds, lefts, rights, columnCount } = trees
  const parts = new Float64Array(outputCount(trees.classCount) * columnCount)
  for (let tree = 0; tree < treeRoots.length; tree++) {
    let node = treeRoots[tree]!
    for (let column = features[node]!; column >= 0; column = features[node]!) {
      const child = row[column]! <= thresholds[node]! ? lefts[node]! : rights[node]!
      parts[treeOutputs[tree]! * columnCount + column]! += expected[child]! - expected[node]!
      node = child
    }
  }
  return parts
}

/** Parts of one class's logit against the mean of all classes. @returns one per column */
const partsOfClass = ({ classCount, columnCount }: BoostedTrees, parts: Float64Array, target: number): Float64Array => {
  if (outputCount(classCount) === 1) return parts.map((part) => (target === 1 ? part / 2 : -part / 2))
  return Float64Array.from({ length: columnCount }, (_, column) => {
    let mean = 0
    for (let output = 0; output < classCount; output++) mean += parts[output * columnCount + column]! / classCount
    return parts[target * columnCount + column]! - mean
  })
}

/** @returns the strongest first */
const byGroup = (columns: readonly RowColumn[], parts: Float64Array): Evidence[] => {
  const sums = new Map<string, number>()
  columns.forEach(({ group }, column) => {
    sums.set(group, (sums.get(group) ?? 0) + parts[column]!)
  })
  return [...sums].map(([group, weight]) => ({ group, weight })).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
}

type SpanOfKind = { readonly span: Span; readonly kind: SectionKind }
type BeatsOfKind = { readonly beats: readonly Beats[]; readonly kind: SectionKind }

/** @returns what spoke for and against the kind of each span, the strongest first, at most `most` */
export const explainSpans = (
  model: SectionModel,
  context: TrackContext,
  { spans, most = 4 }: { readonly spans: readonly SpanOfKind[]; readonly most?: number },
): (readonly Evidence[])[] => {
  const { trees } = model.spanHead
  const expected = expectedValues(trees)
  const row = new Float32Array(SPAN_ROW_LENGTH)
  return spans.map(({ span, kind }) => {
    spanRow(context, span, row, 0)
    const parts = partsOfClass(trees, attributeRow(trees, row, expected), model.kinds.indexOf(kind))
    return byGroup(SPAN_COLUMNS, parts).slice(0, most)
  })
}

/** @returns what spoke for and against a kind in each beat by itself, the strongest first */
export const explainBeats = (
  model: SectionModel,
  context: TrackContext,
  { beats, kind }: BeatsOfKind,
): (readonly Evidence[])[] => {
  const { trees } = model.beatHead
  const expected = expectedValues(trees)
  const row = new Float32Array(BEAT_ROW_LENGTH)
  return beats.map((beat) => {
    beatRow(context, beat, row, 0)
    return byGroup(BEAT_COLUMNS, partsOfClass(trees, attributeRow(trees, row, expected), model.kinds.indexOf(kind)))
  })
}
