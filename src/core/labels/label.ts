import type { SectionKind } from './section-kind.ts'
import type { Span } from './span.ts'

export type LabelSource = 'user' | 'imported' | 'auto_detected'

/** A span with a section kind, decided by a person. */
export type Label = Span & {
  readonly kind: SectionKind
  /** The kind of the person's own, which stands for `kind`; left out for none. */
  readonly ownKindId?: number | undefined
  readonly source: LabelSource
}
