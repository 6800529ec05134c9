import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'

/** The label that an accepted suggestion becomes. @param kind where a person corrects the suggestion's own */
export const acceptedLabel = <Kind = SectionKind>(
  suggestion: Span & { readonly kind: SectionKind },
  kind?: Kind,
): Span & { readonly kind: Kind | SectionKind; readonly source: 'auto_detected' } => ({
  startBeat: suggestion.startBeat,
  endBeat: suggestion.endBeat,
  kind: kind ?? suggestion.kind,
  source: 'auto_detected',
})
