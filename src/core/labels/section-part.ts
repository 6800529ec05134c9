import type { SectionKind } from './section-kind.ts'
import type { Span } from './span.ts'

/** A label, or a model's suggestion where there is no label. */
export type SectionPart = Span & {
  readonly kind: SectionKind
  /** The person's own kind, where it has one. */
  readonly ownKindId?: number
  readonly isLabel: boolean
}
