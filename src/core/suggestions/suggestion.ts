import type { Metre } from '../labels/bar-text.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import type { Seconds } from '../units/units.ts'

/** A version that read the track, or a file that names the span. */
type SuggestionOrigin = ModelOrigin | { readonly kind: 'import'; readonly file: string }

export type ModelOrigin = { readonly kind: 'model'; readonly version: number }

/** A span that no person has decided on: never counted, never trained on. */
export type Suggestion<Origin extends SuggestionOrigin = SuggestionOrigin> = Span &
  Metre & {
    /** Unique within its track, as long as origin and grid stay. */
    readonly id: string
    readonly trackId: number
    readonly trackTitle: string
    readonly origin: Origin
    readonly kind: SectionKind
    readonly startSeconds: Seconds
    readonly endSeconds: Seconds
    /** Calibrated probability that the kind is right. */
    readonly confidence: number
    readonly runnerUp: SectionKind
  }
