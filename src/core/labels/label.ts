import type { SectionKind } from './section-kind.ts'
import type { Span } from './span.ts'

export type LabelSource = 'user' | 'imported' | 'auto_detected'

/** A span with a section kind, decided by a person. */
export type Label = Span & { readonly kind: SectionKind; readonly source: LabelSource }
