/**
 * @file Which stretches of two tracks may lie over each other.
 * Method: four ways in which DJs mix, each from a section of the one into a section of the other; both stretches have the same number of
 * bars, a power of two, so that phrases end together.
 * Conventions: spans in beats of their own track.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { SectionPart } from '../labels/section-part.ts'
import type { Span } from '../labels/span.ts'

/** Out of what, and into what; a cut is a bar long. */
export const MIX_STYLES = ['outro to intro', 'break to intro', 'drop to drop', 'quick cut'] as const
export type MixStyle = (typeof MIX_STYLES)[number]

/** How much of its score a transition of the style keeps: a cut leaves no time to put anything right. Set by judgement. */
export const STYLE_WORTH: Readonly<Record<MixStyle, number>> = {
  'outro to intro': 1,
  'break to intro': 0.95,
  'drop to drop': 0.9,
  'quick cut': 0.8,
}

/**
 * A stretch that a style may use, with the kind of its section, or, for bars before a drop, of what they lead to; null is the end or
 * beginning of a track without such a section.
 */
export type MixSide = Span & { readonly kind: SectionKind | null }
export type MixSides = Readonly<Record<MixStyle, MixSide | null>>

type Grid = Pick<BeatGrid, 'beatCount' | 'beatsPerBar' | 'firstDownbeat'>

const PLACE_BARS = 8
const DROP_BARS = 8
/** Over fewer bars nobody blends two tracks; that is a cut. */
const LEAST_BARS = 4
const MOST_BARS = 32
const isPeak = ({ kind }: SectionPart): boolean => kind === 'drop' || kind === 'chorus'
/** An outro in the first half, or an intro in the second, is a wrong name or a second song. */
const HALF = 0.5

export const lengthInBars = ({ beatsPerBar }: Pick<Grid, 'beatsPerBar'>, { startBeat, endBeat }: Span): number =>
  Math.floor((endBeat - startBeat) / beatsPerBar + 1e-6)

/** The last bars of a span, or null where it has fewer. */
const lastBars = (grid: Grid, part: MixSide, bars: number): MixSide | null =>
  lengthInBars(grid, part) < bars ? null : { ...part, startBeat: part.endBeat - bars * grid.beatsPerBar }

/** Up to so many bars that end where a section begins; null where there are not enough. */
const barsBefore = (grid: Grid, { kind, startBeat }: MixSide, bars: number, least: number): MixSide | null => {
  const there = Math.min(bars, Math.floor((startBeat - grid.firstDownbeat) / grid.beatsPerBar + 1e-6))
  return there < least ? null : { kind, startBeat: startBeat - there * grid.beatsPerBar, endBeat: startBeat }
}

/** A section from its nearest bar to its nearest bar: tracks are laid over each other by their bars. */
const sideOf = (grid: Grid, { kind, startBeat, endBeat }: SectionPart): MixSide => {
  const { beatsPerBar, firstDownbeat, beatCount } = grid
  const bars = Math.floor((beatCount - firstDownbeat) / beatsPerBar)
  const nearestBar = (beat: number): number =>
    firstDownbeat + Math.max(0, Math.min(bars, Math.round((beat - firstDownbeat) / beatsPerBar))) * beatsPerBar
  return { kind, startBeat: nearestBar(startBeat), endBeat: nearestBar(endBeat) }
}

/** @param parts in order; gaps are allowed @returns where a DJ may leave the track */
export const outSides = (grid: Grid, parts: readonly SectionPart[]): MixSides => {
  const late = parts.filter((part) => part.startBeat >= HALF * grid.beatCount && lengthInBars(grid, part) >= LEAST_BARS)
  const [outro, rest, peak] = [
    late.findLast(({ kind }) => kind === 'outro'),
    late.findLast(({ kind }) => kind === 'break'),
    parts.findLast(isPeak),
  ].map((part) => part && sideOf(grid, part))
  const bars = Math.min(PLACE_BARS, Math.floor((grid.beatCount - grid.firstDownbeat) / grid.beatsPerBar))
  // Whole bars only: a track hardly ever ends with one.
  const end =
    grid.firstDownbeat + Math.floor((grid.beatCount - grid.firstDownbeat) / grid.beatsPerBar) * grid.beatsPerBar
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

/** @param parts in order; gaps are allowed @returns where a DJ may come into the track */
export const inSides = (grid: Grid, parts: readonly SectionPart[]): MixSides => {
  const intro = parts.find(
    (part) => part.kind === 'intro' && part.startBeat < HALF * grid.beatCount && lengthInBars(grid, part) >= LEAST_BARS,
  )
  const found = parts.find(isPeak)
  const peak = found && sideOf(grid, found)
  const bars = Math.min(PLACE_BARS, Math.floor((grid.beatCount - grid.firstDownbeat) / grid.beatsPerBar))
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

/** How many bars a transition has where its sides have so many. */
export const windowBars = (least: number): number => 2 ** Math.floor(Math.log2(Math.min(MOST_BARS, least)))

export type MixWindow = { readonly bars: number; readonly from: MixSide; readonly to: MixSide }

type Side = { readonly side: MixSide | null; readonly grid: Grid }

/** Both stretches at the same number of bars; null where the style does not go, or one of them has no whole bar. */
export const mixWindow = (style: MixStyle, out: Side, into: Side): MixWindow | null => {
  if (out.side === null || into.side === null) return null
  const least = Math.min(lengthInBars(out.grid, out.side), lengthInBars(into.grid, into.side))
  if (least < 1) return null
  const bars = windowBars(least)
  const [outBeats, inBeats] = [bars * out.grid.beatsPerBar, bars * into.grid.beatsPerBar]
  // Into an intro the beginnings meet; into a drop it is the ends.
  return style === 'drop to drop' || style === 'quick cut'
    ? {
        bars,
        from: { ...out.side, startBeat: out.side.endBeat - outBeats },
        to: { ...into.side, startBeat: into.side.endBeat - inBeats },
      }
    : {
        bars,
        from: { ...out.side, endBeat: out.side.startBeat + outBeats },
        to: { ...into.side, endBeat: into.side.startBeat + inBeats },
      }
}
