import type { Span } from '../labels/span.ts'

/** What a person said about a suggestion; carried along with the labels when the grid changes. */
export type SuggestionDecision = Span & {
  readonly trackId: number
  readonly kind: string
  readonly decision: 'accepted' | 'rejected'
  /** Null for a suggestion of an import. */
  readonly modelVersion: number | null
}

export type StoredDecision = SuggestionDecision & { readonly id: number; readonly decidedAt: string }
