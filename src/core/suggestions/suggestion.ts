import type { Metre } from '../labels/bar-text.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import type { Seconds } from '../units/units.ts'

/** A version that read the track, or an import from another program. */
type SuggestionOrigin = ModelOrigin | ImportOrigin

export type ModelOrigin = {
  readonly kind: 'model'
  readonly version: number
  /** What it was trained for, by its name; left out for all of the library. */
  readonly scope?: string
}

/** What of the other program a span comes from. */
export const IMPORTED_ELEMENTS = ['loop', 'cue', 'phrase'] as const
export type ImportedElement = (typeof IMPORTED_ELEMENTS)[number]

export type ImportOrigin = {
  readonly kind: 'import'
  readonly importId: number
  /** As the program calls itself: "rekordbox". */
  readonly program: string
  readonly element: ImportedElement
  /** As the program has it; null where there was none. */
  readonly name: string | null
}

/** A span that no person has decided on: never counted, never trained on. */
export type Suggestion<Origin extends SuggestionOrigin = SuggestionOrigin> = Span &
  Metre & {
    /** Unique within its track, as long as origin and grid stay. */
    readonly id: string
    readonly trackId: number
    readonly trackTitle: string
    readonly origin: Origin
    readonly kind: SectionKind
    /** The person's own kind that it is; left out where it is the kind alone. */
    readonly ownKindId?: number | undefined
    readonly startSeconds: Seconds
    readonly endSeconds: Seconds
    /** Calibrated probability that the kind is right; of an import, how far such an element can be trusted, which is never shown. */
    readonly confidence: number
    /** Null where there is no other kind in question: an import knows only one. */
    readonly runnerUp: SectionKind | null
  }
