import type { SectionKind } from '../core/labels/section-kind.ts'
import type { Span } from '../core/labels/span.ts'
import type { Beats, Decibels } from '../core/units/units.ts'

export type Layer =
  | 'kick'
  | 'snare'
  | 'hats'
  | 'percussion'
  | 'cymbals'
  | 'break-loop'
  | 'bass'
  | 'pad'
  | 'chords'
  | 'arp'
  | 'lead'
  | 'vocal'
  | 'atmosphere'

/** A layer that plays on `[startBeat, endBeat)` of the track. */
export type LayerPlan = Span & { readonly layer: Layer; readonly gainDb: Decibels }

export type BusName = 'kick' | 'drums' | 'tops' | 'bass' | 'music' | 'vocal' | 'fx'

/** A control that glides (in decibels, or in octaves) over a span, and is neutral outside of it. */
export type SweepPlan = Span & {
  readonly bus: BusName | 'master'
  readonly control: 'low-pass-hz' | 'high-pass-hz' | 'level-db'
  readonly from: number
  readonly to: number
}

type Fill = 'none' | 'snare' | 'toms' | 'stutter'

export type SectionPlan = Span & {
  readonly kind: SectionKind
  readonly layers: readonly LayerPlan[]
  readonly sweeps: readonly SweepPlan[]
  /** Played over the last `fillBeats` beats. */
  readonly fill: Fill
  readonly fillBeats: Beats
  /** The kick rests on the last beats; where `gapBeats` > 0 nearly everything does. */
  readonly kickRestBeats: Beats
  readonly gapBeats: Beats
  /** Beats of a rising noise and of an accelerating snare roll that end with the section. */
  readonly riserBeats: Beats
  readonly rollBeats: Beats
  readonly entry: readonly ('crash' | 'impact' | 'downlifter')[]
}
