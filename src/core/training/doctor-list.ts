/**
 * @file The list that a person works through: suspected kinds and suspected edges together, the most suspicious first.
 * Method: both scores are logs of how much likelier the other kind or place is; that of an edge counts for less, since the sound and the
 * phrases on either side say much the same.
 */
import type { SectionKind } from '../labels/section-kind.ts'
import type { SuspectEdge, SuspectKind, Suspects } from './suspect-labels.ts'

export type Suspect = (SuspectKind & { readonly what: 'kind' }) | (SuspectEdge & { readonly what: 'edge' })

/** Labels that sound most like a suspected one, to be heard beside it. */
export type Beside = { readonly kind: SectionKind; readonly labelIds: readonly string[] }

/** Chosen among seven from 0.4 to 1 on other plantings than those of `npm run evaluate -- DIR --doctor`, decision 0047. */
const EDGE_SHARE = 0.6

const weightOf = ({ what, score }: Suspect): number => (what === 'edge' ? EDGE_SHARE * score : score)

/** Everything that was looked at: also what is beyond suspicion. */
export const doctorList = ({ kinds, edges }: Suspects): readonly Suspect[] =>
  [
    ...kinds.map((one) => ({ ...one, what: 'kind' as const })),
    ...edges.map((one) => ({ ...one, what: 'edge' as const })),
  ].toSorted((a, b) => weightOf(b) - weightOf(a))
