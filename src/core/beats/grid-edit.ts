/** @file All the edits that a person can make to a grid, and their names; `apply-grid-edit.ts` makes them. */
import { preciseClock } from '../units/clock.ts'
import type { Bpm, Seconds } from '../units/units.ts'
import type { GridAnchor } from './grid-anchor.ts'

/** What another program says of the beats of a track. */
export type GridImport = {
  readonly kind: 'import'
  readonly program: string
  /** Beats count from any of them. */
  readonly anchors: readonly GridAnchor[]
  readonly firstDownbeat: number
  readonly firstPhrase: number
  /** Whether it says where bars begin; if not, they stay where ours begin. */
  readonly saysBars: boolean
}

/** All beats half a beat later or earlier, at whatever tempo they are; where one track of a set is meant, those between two times. */
export type HalfBeatEdit = {
  readonly kind: 'half-beat'
  readonly direction: 'later' | 'earlier'
  /** @default the start and the end of the track */
  readonly from?: Seconds
  readonly to?: Seconds
}

/** An edit that a person makes to a grid. */
export type GridEdit =
  | { readonly kind: 'shift'; readonly beats: number }
  | { readonly kind: 'shift-phrase'; readonly bars: number }
  /** Phrases are counted from each of these times, in rising order, and before the first as from it. */
  | { readonly kind: 'phrases'; readonly seconds: readonly Seconds[] }
  | { readonly kind: 'halve' }
  | { readonly kind: 'double' }
  | HalfBeatEdit
  | { readonly kind: 'nudge'; readonly seconds: Seconds }
  | { readonly kind: 'tempo'; readonly bpm: Bpm; readonly seconds: Seconds }
  | { readonly kind: 're-anchor'; readonly seconds: Seconds; readonly as: 'beat' | 'downbeat' }
  /** A beat is at the time, and the place that was set before it stays: the tempo between them follows. */
  | { readonly kind: 'pin'; readonly seconds: Seconds }
  /** Nothing moves: the person says that it is right. */
  | { readonly kind: 'confirm' }
  /** So many beats to the bar; the beat nearest to the time begins one. */
  | { readonly kind: 'metre'; readonly beats: number; readonly seconds: Seconds }
  /** The beats of another program, in the metre of ours. */
  | GridImport

/** Elsewhere `seconds` may be by how much, and `to` which version. */
const isPlace = (kind: string, name: string): boolean =>
  kind === 'half-beat' ? name !== 'direction' : name === 'seconds' && kind !== 'nudge'

/** Places in the track as players show them; amounts as they are. */
const amountTexts = (kind: string, name: string, amount: unknown): readonly string[] => {
  if (name === 'bpm') return [(amount as Bpm).toFixed(2)]
  return isPlace(kind, name) ? [amount as Seconds | readonly Seconds[]].flat().map(preciseClock) : [String(amount)]
}

/** The name that a grid version keeps, e.g. `shift 1`, or `phrases 0:01.2 1:07.3`. */
export const describeGridEdit = ({ kind, ...amounts }: { readonly kind: string; readonly program?: string }): string =>
  amounts.program === undefined
    ? [kind, ...Object.entries(amounts).flatMap(([name, amount]) => amountTexts(kind, name, amount))].join(' ')
    : `${kind} ${amounts.program}`

/** Another reading of the same sound: what would have to be done to the grid if it were the right one. */
export type GridAlternative = {
  readonly doubt: 'tempo' | 'phase' | 'bars'
  readonly edit: Exclude<GridEdit, GridImport>
  /** Calibrated, like the confidences of the grid. */
  readonly probability: number
}
