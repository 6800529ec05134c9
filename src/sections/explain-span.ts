/**
 * @file Which features spoke for a section's label.
 * Method: the path of the row through every tree of the label's sum; each step's change of the expected value is booked to the feature asked
 * there (Saabas, "Interpreting random forests", 2014, http://blog.datadive.net/interpreting-random-forests/, read 2026-11).
 * Conventions: contributions are changes of the label's logit; with the base score and the trees' expected values they sum to that logit.
 */
import { spanColumns, spanRow, spanRowLength } from '../features/span-features.ts'
import type { TrackContext } from '../features/track-context.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import type { BoostedTrees } from '../models/boosted-trees.ts'
import type { SectionModel } from '../models/section-model.ts'

export type SpokenFeature = {
  /** Column of the span row, `group: part`. */
  readonly feature: string
  /** What the feature was for this span: mostly z-scores within the track. */
  readonly value: number
  /** How much it raised (above 0) or lowered the label's logit. */
  readonly contribution: number
}

/** As many as a person reads. */
const SHOWN_FEATURES = 5

/** @param row shape (columnCount) @returns contribution of each column to the class's logit */
export const attribute = (trees: BoostedTrees, row: Float32Array, classIndex: number): Float64Array => {
  const { columnCount, classCount, treeRoots, treeOutputs, features, thresholds, lefts, rights, values } = trees
  const contributions = new Float64Array(columnCount)
  // Two classes share one output, the logit of class 1.
  const output = classCount === 2 ? 0 : classIndex
  const sign = classCount === 2 && classIndex === 0 ? -1 : 1
  for (let tree = 0; tree < treeRoots.length; tree++) {
    if (treeOutputs[tree] !== output) continue
    let node = treeRoots[tree]!
    for (let column = features[node]!; column >= 0; column = features[node]!) {
      const next = row[column]! <= thresholds[node]! ? lefts[node]! : rights[node]!
      contributions[column]! += sign * (values[next]! - values[node]!)
      node = next
    }
  }
  return contributions
}

/** The features that moved the logit of the label most, strongest first. */
export const explainSpan = (
  model: SectionModel,
  context: TrackContext,
  { span, label }: { readonly span: Span; readonly label: SectionKind },
): SpokenFeature[] => {
  const row = new Float32Array(spanRowLength(context))
  spanRow(context, span, row, 0)
  const contributions = attribute(model.spanHead.trees, row, model.kinds.indexOf(label))
  const names = spanColumns(context)
  return [...contributions.keys()]
    .sort((a, b) => Math.abs(contributions[b]!) - Math.abs(contributions[a]!))
    .slice(0, SHOWN_FEATURES)
    .filter((column) => contributions[column] !== 0)
    .map((column) => ({ feature: names[column]!, value: row[column]!, contribution: contributions[column]! }))
}
