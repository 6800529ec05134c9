import type { SectionKind } from './section-kind.ts'
import type { Span } from './span.ts'

/** A label, or what a model suggests where no label is. */
export type SectionPart = Span & { readonly kind: SectionKind; readonly isLabel: boolean }
