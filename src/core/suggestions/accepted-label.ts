import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'

/** The label that an accepted suggestion becomes. @param kind a person's correction, checked or not; it is none of the person's own kinds */
export const acceptedLabel = <Kind = SectionKind>(
  {
    startBeat,
    endBeat,
    kind: suggested,
    ownKindId,
    importedFrom,
  }: Span & {
    readonly kind: SectionKind
    readonly ownKindId?: number | undefined
    /** The other program; null for a suggestion of a model. */
    readonly importedFrom: string | null
  },
  kind?: Kind | SectionKind,
): Span & {
  readonly kind: Kind | SectionKind
  readonly ownKindId?: number
  readonly source: 'auto_detected' | 'imported'
} => ({
  startBeat,
  endBeat,
  kind: kind ?? suggested,
  ...(kind === undefined && ownKindId !== undefined ? { ownKindId } : {}),
  source: importedFrom === null ? 'auto_detected' : 'imported',
})
