import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { SetPlace } from '../../core/setlist/kept-set.ts'
import type { MixStyle } from '../../core/setlist/mix-styles.ts'
import type { SetTime } from '../../core/setlist/set-times.ts'
import type { Seconds } from '../../core/units/units.ts'
import type { TrackOverview } from '../collection/track-overview.ts'
import type { SetLine } from './kept-sets.ts'
import type { PlanWish } from './plan.ts'
import type { SetTrackStanding } from './set-content.ts'
import type { TrackTransition } from './transition.ts'

type SetSection = {
  readonly kind: SectionKind
  readonly ownKindId: number | null
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  readonly isLabel: boolean
}

export type ShownPlace = SetPlace &
  SetTime & {
    readonly title: string
    readonly artist: string | null
    readonly standing: SetTrackStanding
    /** Null where it has gone. */
    readonly track: TrackOverview | null
    /** 0 the calmest track to choose from and 1 the most energetic, as is the wished one. */
    readonly energy: number
    readonly wished: number
    /** What its measured loudness makes of it when it is played; null where that is not known. */
    readonly autoTrimDb: number | null
    readonly sections: readonly SetSection[]
    /** Where a voice is heard; null where that is not known. */
    readonly voice: readonly (readonly [start: Seconds, end: Seconds])[] | null
  }

/** From a place into the next. */
export type ShownTransition = TrackTransition & {
  /** All ways that there are, with what each scores. */
  readonly ways: readonly { readonly style: MixStyle; readonly score: number | null }[]
}

/** What somebody who plays the set should know. */
export type SetNote = {
  /** From 0; null where it is about the whole set. */
  readonly place: number | null
  readonly text: string
}

export type ShownSet = SetLine & {
  readonly wish: PlanWish
  /** Every track that is spoken of, by the name that it has or had. */
  readonly named: readonly { readonly id: number; readonly title: string; readonly isThere: boolean }[]
  readonly places: readonly ShownPlace[]
  /** Null where one of the two cannot be mixed. */
  readonly transitions: readonly (ShownTransition | null)[]
  /** Null where nothing is known to judge it by. */
  readonly score: number | null
  readonly minutes: number
  readonly overlapMinutes: number
  readonly notes: readonly SetNote[]
  /** What undo would take back, and redo do again. */
  readonly undoes: string | null
  readonly redoes: string | null
}
