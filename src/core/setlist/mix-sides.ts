/**
 * @file Where a track may be left, and where it may be entered.
 * Method: by its sections, as DJs do. A track comes in before a turn of it and goes out behind it, so that whichever track comes before
 * and after, it has come in and is heard alone for a phrase before it goes out. The turn lies where the least is lost by that.
 * Conventions: spans in beats of the track.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { SectionPart } from '../labels/section-part.ts'
import type { Span } from '../labels/span.ts'
import { byStyle, MIX_STYLES, type MixStyle, meetsAtEnds, STYLE_WORTH } from './mix-styles.ts'

/**
 * A stretch that a style may use, with the kind of its section, or, for bars before a drop, of what they lead to; null is the end or
 * beginning of a track without such a section.
 */
export type MixSide = Span & { readonly kind: SectionKind | null }
export type MixSides = Readonly<Record<MixStyle, MixSide | null>>

export type MixPlaces = {
  readonly out: MixSides
  readonly into: MixSides
  /** Windows into the track end here at the latest, and those out of it begin here at the earliest. */
  readonly latestIn: number
  readonly earliestOut: number
}

export type BarGrid = Pick<BeatGrid, 'beatCount' | 'beatsPerBar' | 'firstDownbeat'>

const PLACE_BARS = 8
const DROP_BARS = 8
/** Over fewer bars nobody blends two tracks; that is a cut. */
const LEAST_BARS = 4
/** No transition is longer. */
export const MOST_BARS = 32
/** So long a track is heard alone at least: a phrase. */
export const ALONE_BARS = 4
const isPeak = ({ kind }: SectionPart): boolean => kind === 'drop' || kind === 'chorus'
/** An outro in the first half, or an intro in the second, is a wrong name or a second song. */
const HALF = 0.5

export const lengthInBars = ({ beatsPerBar }: Pick<BarGrid, 'beatsPerBar'>, { startBeat, endBeat }: Span): number =>
  Math.floor((endBeat - startBeat) / beatsPerBar + 1e-6)

export const aloneBeats = ({ beatsPerBar }: Pick<BarGrid, 'beatsPerBar'>): number => ALONE_BARS * beatsPerBar

const wholeBars = ({ beatCount, beatsPerBar, firstDownbeat }: BarGrid): number =>
  Math.floor((beatCount - firstDownbeat) / beatsPerBar)

/** The last bars of a span, or null where it has fewer. */
const lastBars = (grid: BarGrid, part: MixSide, bars: number): MixSide | null =>
  lengthInBars(grid, part) < bars ? null : { ...part, startBeat: part.endBeat - bars * grid.beatsPerBar }

/** Up to so many bars that end where a section begins; null where there are not enough. */
const barsBefore = (grid: BarGrid, { kind, startBeat }: MixSide, bars: number, least: number): MixSide | null => {
  const there = Math.min(bars, Math.floor((startBeat - grid.firstDownbeat) / grid.beatsPerBar + 1e-6))
  return there < least ? null : { kind, startBeat: startBeat - there * grid.beatsPerBar, endBeat: startBeat }
}

/** A section from its nearest bar to its nearest bar: tracks are laid over each other by their bars. */
const sideOf = (grid: BarGrid, { kind, startBeat, endBeat }: SectionPart): MixSide => {
  const { beatsPerBar, firstDownbeat } = grid
  const bars = wholeBars(grid)
  const nearestBar = (beat: number): number =>
    firstDownbeat + Math.max(0, Math.min(bars, Math.round((beat - firstDownbeat) / beatsPerBar))) * beatsPerBar
  return { kind, startBeat: nearestBar(startBeat), endBeat: nearestBar(endBeat) }
}

const outSides = (grid: BarGrid, parts: readonly SectionPart[]): MixSides => {
  const late = parts.filter((part) => part.startBeat >= HALF * grid.beatCount && lengthInBars(grid, part) >= LEAST_BARS)
  const [outro, rest, peak] = [
    late.findLast(({ kind }) => kind === 'outro'),
    late.findLast(({ kind }) => kind === 'break'),
    parts.findLast(isPeak),
  ].map((part) => part && sideOf(grid, part))
  const bars = Math.min(PLACE_BARS, wholeBars(grid))
  // Whole bars only: a track hardly ever ends with one.
  const end = grid.firstDownbeat + wholeBars(grid) * grid.beatsPerBar
  return {
    'outro to intro': outro
      ? outro
      : bars < 1
        ? null
        : { kind: null, startBeat: end - bars * grid.beatsPerBar, endBeat: end },
    'break to intro': rest ?? null,
    'drop to drop': peak ? (lastBars(grid, peak, DROP_BARS) ?? lastBars(grid, peak, LEAST_BARS)) : null,
    'quick cut': peak ? lastBars(grid, peak, 1) : null,
  }
}

const inSides = (grid: BarGrid, parts: readonly SectionPart[]): MixSides => {
  const intro = parts.find(
    (part) => part.kind === 'intro' && part.startBeat < HALF * grid.beatCount && lengthInBars(grid, part) >= LEAST_BARS,
  )
  const found = parts.find(isPeak)
  const peak = found && sideOf(grid, found)
  const bars = Math.min(PLACE_BARS, wholeBars(grid))
  const beginning: MixSide | null = intro
    ? sideOf(grid, intro)
    : bars < 1
      ? null
      : { kind: null, startBeat: grid.firstDownbeat, endBeat: grid.firstDownbeat + bars * grid.beatsPerBar }
  return {
    'outro to intro': beginning,
    'break to intro': beginning,
    'drop to drop': peak ? barsBefore(grid, peak, DROP_BARS, LEAST_BARS) : null,
    'quick cut': peak ? barsBefore(grid, peak, 1, 1) : null,
  }
}

type Cut = (style: MixStyle, side: MixSide | null) => MixSide | null

/** Of a blend what lies on the right side of the turn may stay; two drops meet where they are or not at all. */
const cutter =
  (grid: BarGrid, bounds: Span): Cut =>
  (style, side) => {
    if (side === null) return null
    const startBeat = Math.max(side.startBeat, bounds.startBeat)
    const endBeat = Math.min(side.endBeat, bounds.endBeat)
    if (meetsAtEnds(style)) return startBeat === side.startBeat && endBeat === side.endBeat ? side : null
    const bars = lengthInBars(grid, { startBeat, endBeat })
    return bars < (side.kind === null ? 1 : LEAST_BARS) ? null : { ...side, startBeat, endBeat }
  }

const cutAll = (sides: MixSides, cut: Cut): MixSides => byStyle((style) => cut(style, sides[style]))

/** How much of the ways into a track, or out of it, is left. */
const leftOf = (grid: BarGrid, sides: MixSides, cut: Cut): number =>
  MIX_STYLES.reduce((sum, style) => {
    const [side, kept] = [sides[style], cut(style, sides[style])]
    if (side === null || kept === null) return sum
    const bars = (one: MixSide): number => Math.min(MOST_BARS, lengthInBars(grid, one))
    return sum + (STYLE_WORTH[style] * bars(kept)) / bars(side)
  }, 0)

/** @param parts in order; gaps are allowed @returns where a DJ may leave the track, and come into it */
export const mixPlaces = (grid: BarGrid, parts: readonly SectionPart[]): MixPlaces => {
  const { beatCount, beatsPerBar, firstDownbeat } = grid
  const [outs, ins] = [outSides(grid, parts), inSides(grid, parts)]
  const alone = aloneBeats(grid)
  let best: { readonly places: MixPlaces; readonly rank: readonly number[] } | null = null
  for (let bar = 0; bar <= wholeBars(grid); bar++) {
    const latestIn = firstDownbeat + bar * beatsPerBar
    const earliestOut = latestIn + alone
    const into = cutter(grid, { startBeat: 0, endBeat: latestIn })
    const out = cutter(grid, { startBeat: earliestOut, endBeat: beatCount })
    const [waysIn, waysOut] = [leftOf(grid, ins, into), leftOf(grid, outs, out)]
    const fromMiddle = Math.abs((latestIn + earliestOut) / 2 - HALF * beatCount)
    // A track that can only be entered, or only left, is worth less than any other.
    const rank = [waysIn * waysOut, waysIn + waysOut, -fromMiddle]
    if (best !== null && !isAhead(rank, best.rank)) continue
    best = { places: { out: cutAll(outs, out), into: cutAll(ins, into), latestIn, earliestOut }, rank }
  }
  return best?.places ?? { out: outs, into: ins, latestIn: 0, earliestOut: beatCount }
}

const isAhead = (one: readonly number[], other: readonly number[]): boolean => {
  const at = one.findIndex((value, place) => Math.abs(value - other[place]!) > 1e-9)
  return at >= 0 && one[at]! > other[at]!
}
