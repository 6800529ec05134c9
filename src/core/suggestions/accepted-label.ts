import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'

/** The label that an accepted suggestion becomes. @param kind a person's correction, checked or not */
export const acceptedLabel = <Kind = SectionKind>(
  { startBeat, endBeat, kind: suggested }: Span & { readonly kind: SectionKind },
  kind: Kind | SectionKind = suggested,
): Span & { readonly kind: Kind | SectionKind; readonly source: 'auto_detected' } => ({
  startBeat,
  endBeat,
  kind,
  source: 'auto_detected',
})
