/**
 * @file How many of a hundred suggestions of a kind are right, as far as a person's own labels tell.
 * Method: the model's calibrated confidence, drawn towards what came of such confidences on labels that the model had not seen: the more
 * of these there are, the nearer. It is never more than the confidence itself.
 */
import type { SectionKind } from '../labels/section-kind.ts'
import { isotonicShare, type Outcome } from './isotonic.ts'

/** What a model said of a label that it had not seen. */
export type SaidKind = Outcome & { readonly said: SectionKind }

/** So many labels weigh as much as the calibration on open music. */
const PRIOR_LABELS = 20

export const expectedPrecision = (
  seen: readonly SaidKind[],
): ((suggestion: { readonly kind: SectionKind; readonly confidence: number }) => number) => {
  const byKind = new Map(
    [...Map.groupBy(seen, ({ said }) => said)].map(([kind, own]) => [
      kind,
      { shareAt: isotonicShare(own), share: own.length / (own.length + PRIOR_LABELS) },
    ]),
  )
  return ({ kind, confidence }) => {
    const known = byKind.get(kind)
    const came = known?.shareAt(confidence) ?? confidence
    return Math.min(confidence, confidence + (known?.share ?? 0) * (came - confidence))
  }
}
