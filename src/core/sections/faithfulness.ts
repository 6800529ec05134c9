/**
 * @file Whether what an explanation names is what decided: deleting it must change the answer more than deleting as much at random.
 * Method: deletion (Samek et al., IEEE TNNLS 28(11), 2017). The columns of the group that spoke most for a kind are set to the middle of the
 * track within the span; beside it as many columns of other groups, drawn at random several times.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { FEATURE_COLUMNS } from '../features/feature-spec.ts'
import { prepareTrack } from '../features/track-context.ts'
import type { Span } from '../labels/span.ts'
import { explainSpans } from '../models/explain-rows.ts'
import { predictSpan, type SectionModel } from '../models/section-model.ts'
import { createRandom, shuffle } from '../support/random.ts'
import { maskColumns } from './mask-layers.ts'

/** How much the probability of the kind fell. */
export type Deletion = { readonly named: number; readonly random: number }

const DRAWS = 4
const USED = FEATURE_COLUMNS.filter(({ roles }) => roles.length > 0)

/** @returns null where nothing that was measured spoke for the kind: only its place or its length did */
export const deletionOf = (
  model: SectionModel,
  { features, grid, span }: { readonly features: FeatureMatrix; readonly grid: BeatGrid; readonly span: Span },
  seed: number,
): Deletion | null => {
  const context = prepareTrack(features, grid)
  const now = predictSpan(model, context, span)
  const own = now.indexOf(Math.max(...now))
  const [evidence] = explainSpans(model, context, { spans: [{ span, kind: model.kinds[own]! }], most: USED.length })
  const named = evidence!.find(({ group, weight }) => weight > 0 && USED.some((column) => column.group === group))
  if (named === undefined) return null
  const columns = USED.filter(({ group }) => group === named.group)
  const others = USED.filter(({ group }) => group !== named.group)
  const fall = (masked: typeof columns): number =>
    now[own]! -
    predictSpan(model, prepareTrack(maskColumns(features, span, { columns: masked, level: 'middle' }), grid), span)[
      own
    ]!
  const random = createRandom(seed)
  const drawn = Array.from({ length: DRAWS }, () => fall(shuffle(others, random).slice(0, columns.length)))
  return { named: fall(columns), random: drawn.reduce((sum, one) => sum + one, 0) / DRAWS }
}
