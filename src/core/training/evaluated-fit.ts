import type { SectionKind } from '../labels/section-kind.ts'
import type { CrossFit } from './cross-fit.ts'
import type { HeadStart } from './head-start.ts'
import type { LabelSample, RowBlock } from './label-rows.ts'

export type EvaluatedFit = {
  readonly samples: readonly LabelSample[]
  readonly kinds: readonly SectionKind[]
  readonly folds: Uint8Array
  readonly spanBlock: RowBlock
  /** What the model began from. */
  readonly start: HeadStart | null
  readonly fit: CrossFit
}
