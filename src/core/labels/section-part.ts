import type { SectionKind } from './section-kind.ts'
import type { Span } from './span.ts'

/** A label, or a model's suggestion where there is no label. */
export type SectionPart = Span & { readonly kind: SectionKind; readonly isLabel: boolean }
