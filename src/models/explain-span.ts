import { beatContextColumns, beatRow, beatRowLength } from '../features/beat-context.ts'
import { spanColumns, spanRow, spanRowLength } from '../features/span-features.ts'
import type { TrackContext } from '../features/track-context.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import type { Beats } from '../units/units.ts'
import { type BoostedTrees, outputCount } from './boosted-trees.ts'
import type { SectionModel } from './section-model.ts'

export type Evidence = {
  /** What spoke: a group of columns in a listener's words. */
  readonly group: string
  /** Part of the kind's logit against the mean of all kinds; above 0 speaks for it. */
  readonly weight: number
}

/** First match wins; a column's name is `group: part`. */
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/: of the track$/, 'the kind of music'],
  [/^position: (beats long|length|bars)/, 'the length'],
  [/^position/, 'the place in the track'],
  [/after minus before/, 'the change here'],
  [/(after|next|step at end)/, 'what follows'],
  [/(before|elsewhere|step at start)/, 'what came before'],
  [/^(onset|struck|density)/, 'the drums'],
  [/^level bass/, 'the bass'],
  [/^(voice|heard)/, 'the voice'],
  [/^(repeat|novelty)/, 'repetition and change'],
  [/^(chroma|tone)/, 'the harmony'],
  [/^floor/, 'rising or falling noise'],
  [/^(rms|fullness)/, 'how full it sounds'],
  [/^/, 'the tone colour'],
]

const groupOfColumn = (column: string): string => GROUPS.find(([pattern]) => pattern.test(column))![1]

/** Mean of each node's leaves, weighed by the training rows that reached them. Children come after their parent. */
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
 * How much each column moved each output, along the path of the row through every tree (Saabas, 2014): the steps of the expected
 * value from node to node, summed by the column that was asked. Together with the expected values of the roots they add up to the logits.
 * @returns shape (outputs, columns)
 */
export const attributeRow = (trees: BoostedTrees, row: Float32Array): Float64Array => {
  const { treeRoots, treeOutputs, features, thresholds, lefts, rights, columnCount } = trees
  const expected = expectedValues(trees)
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

/** Parts of one class's logit against the mean of all classes. @returns one a column */
const partsOfClass = (trees: BoostedTrees, row: Float32Array, target: number): Float64Array => {
  const { classCount, columnCount } = trees
  const parts = attributeRow(trees, row)
  if (outputCount(classCount) === 1) return parts.map((part) => (target === 1 ? part / 2 : -part / 2))
  return Float64Array.from({ length: columnCount }, (_, column) => {
    let mean = 0
    for (let output = 0; output < classCount; output++) mean += parts[output * columnCount + column]! / classCount
    return parts[target * columnCount + column]! - mean
  })
}

/** The strongest first. */
const byGroup = (columns: readonly string[], parts: Float64Array): Evidence[] => {
  const sums = new Map<string, number>()
  columns.forEach((column, index) => {
    const group = groupOfColumn(column)
    sums.set(group, (sums.get(group) ?? 0) + parts[index]!)
  })
  return [...sums].map(([group, weight]) => ({ group, weight })).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
}

/** @returns what spoke for and against a kind, the strongest first, at most `most` */
export const explainSpan = (
  model: SectionModel,
  context: TrackContext,
  { span, kind, most = 4 }: { readonly span: Span; readonly kind: SectionKind; readonly most?: number },
): Evidence[] => {
  const row = new Float32Array(spanRowLength(context))
  spanRow(context, span, row, 0)
  const parts = partsOfClass(model.spanHead.trees, row, model.kinds.indexOf(kind))
  return byGroup(spanColumns(context), parts).slice(0, most)
}

/** @returns what spoke for and against a kind at one beat, seen by itself, the strongest first */
export const explainBeat = (
  model: SectionModel,
  context: TrackContext,
  { beat, kind }: { readonly beat: Beats; readonly kind: SectionKind },
): Evidence[] => {
  const row = new Float32Array(beatRowLength(context))
  beatRow(context, beat, row, 0)
  const parts = partsOfClass(model.beatHead.trees, row, model.kinds.indexOf(kind))
  return byGroup(beatContextColumns(context), parts)
}
