/**
 * @file Which stretches of two tracks may lie over each other.
 * Method: four ways in which DJs mix, each from a section of the one into a section of the other; both stretches are as long
 * as each other, in a power of two of bars, so that phrases end together.
 * Conventions: spans in beats of their own track.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { mainTempo } from '../beats/main-tempo.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { SectionPart } from '../labels/section-part.ts'
import type { Span } from '../labels/span.ts'
import { beatsOnBeat } from '../similarity/tempo-difference.ts'

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
type WindowGrid = Grid & Pick<BeatGrid, 'anchors'>

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
const windowBars = (least: number): number => 2 ** Math.floor(Math.log2(Math.min(MOST_BARS, least)))

/** Bars of the track that goes out. */
export type MixWindow = { readonly bars: number; readonly from: MixSide; readonly to: MixSide }

type Side = { readonly side: MixSide | null; readonly grid: WindowGrid }

/** Stretches of two tracks as long as each other in beats of the first. */
type Stretches = { readonly bars: number; readonly outBeats: number; readonly inBeats: number }

const stretchesOf = (bars: number, from: WindowGrid, to: WindowGrid): Stretches => {
  const outBeats = bars * from.beatsPerBar
  return { bars, outBeats, inBeats: outBeats * beatsBetween(from, to) }
}

/** Beats are laid over beats: to a track of twice the tempo belong twice the bars. A tempo of 0 is that of no other. */
const beatsBetween = (from: WindowGrid, to: WindowGrid): number => {
  const ratio = beatsOnBeat(mainTempo(from), mainTempo(to))
  return Number.isFinite(ratio) ? ratio : 1
}

/** Whether the ends of both stretches meet, rather than their beginnings. */
export const meetsAtEnds = (style: MixStyle): boolean => style === 'drop to drop' || style === 'quick cut'

/** How many bars of the first track a transition has. @param ratio beats of the second on a beat of the first: half a bar may be left */
export const barsTogether = (outBars: number, inBars: number, ratio: number): number =>
  windowBars(Math.min(outBars, inBars / ratio))

/** Both stretches as long as the shorter side allows; null where the style does not go, or one of them has no whole bar. */
export const mixWindow = (style: MixStyle, out: Side, into: Side): MixWindow | null => {
  if (out.side === null || into.side === null) return null
  const [outBars, inBars] = [lengthInBars(out.grid, out.side), lengthInBars(into.grid, into.side)]
  if (Math.min(outBars, inBars) < 1) return null
  // A bar of three beats is shorter than one of four.
  const metres = into.grid.beatsPerBar / out.grid.beatsPerBar
  const bars = barsTogether(outBars, inBars * metres, beatsBetween(out.grid, into.grid))
  const { outBeats, inBeats } = stretchesOf(bars, out.grid, into.grid)
  // Into an intro the beginnings meet; into a drop it is the ends.
  return meetsAtEnds(style)
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

/** Windows other than the longest are looked at from so many bars before a section on, in steps of a phrase, and up to so many behind it. */
const [PHRASE_BARS, BARS_BEFORE, BARS_BEHIND] = [4, 16, 8] as const
/** A drop may be left at its end, or whole phrases earlier. */
const EARLIER_BARS = [0, 8, 16] as const
/** A blend is no shorter than that if it can be helped. */
const BLEND_BARS = [32, 16, 8] as const

const phrasesBetween = (first: number, last: number, step: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.floor((last - first) / step + 1e-6) + 1) }, (_, nth) => first + nth * step)

/** Where stretches of so many beats may begin on a side: whole phrases from where its section begins or ends. */
const beginsOn = (
  style: MixStyle,
  { side, grid }: { readonly side: MixSide; readonly grid: Grid },
  beats: number,
  isOut: boolean,
): readonly number[] => {
  const { beatsPerBar, firstDownbeat, beatCount } = grid
  // A track comes in before its middle and goes out behind it, so that it has come in before it goes out.
  const [first, end] = isOut ? [HALF * beatCount, beatCount] : [firstDownbeat, HALF * beatCount]
  const fits = (begin: number): boolean => begin >= first && begin + beats <= end
  if (style === 'drop to drop')
    return (isOut ? EARLIER_BARS.map((bars) => side.endBeat - bars * beatsPerBar) : [side.endBeat])
      .map((end) => end - beats)
      .filter(fits)
  const [from, last] = isOut
    ? [side.startBeat - BARS_BEFORE * beatsPerBar, side.endBeat - beats]
    : [side.startBeat, side.endBeat + BARS_BEHIND * beatsPerBar - beats]
  return phrasesBetween(from, last, PHRASE_BARS * beatsPerBar).filter(fits)
}

/** Windows in whole phrases on and around both sides, the one of `mixWindow` first. */
export const windowsAround = (style: MixStyle, out: Side, into: Side): readonly MixWindow[] => {
  const first = mixWindow(style, out, into)
  if (first === null) return []
  if (style === 'quick cut') return [first]
  const [outSide, inSide] = [out.side!, into.side!]
  return [
    first,
    ...BLEND_BARS.flatMap((length) => {
      const { bars, outBeats, inBeats } = stretchesOf(length, out.grid, into.grid)
      const others = beginsOn(style, { side: inSide, grid: into.grid }, inBeats, false)
      return beginsOn(style, { side: outSide, grid: out.grid }, outBeats, true).flatMap((begin) =>
        others.map((other) => ({
          bars,
          from: { kind: outSide.kind, startBeat: begin, endBeat: begin + outBeats },
          to: { kind: inSide.kind, startBeat: other, endBeat: other + inBeats },
        })),
      )
    }),
  ]
}
