import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'

/** The label that an accepted suggestion becomes. @param kind a person's correction, checked or not */
export const acceptedLabel = <Kind = SectionKind>(
  {
    startBeat,
    endBeat,
    kind: suggested,
    importedFrom,
  }: Span & {
    readonly kind: SectionKind
    /** The other program; null for a suggestion of a model. */
    readonly importedFrom: string | null
  },
  kind: Kind | SectionKind = suggested,
): Span & { readonly kind: Kind | SectionKind; readonly source: 'auto_detected' | 'imported' } => ({
  startBeat,
  endBeat,
  kind,
  source: importedFrom === null ? 'auto_detected' : 'imported',
})
