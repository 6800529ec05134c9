/**
 * @file Which stretches of two tracks may lie over each other.
 * Method: four ways in which DJs mix, each from a section of the one into a section of the other; both stretches are as long
 * as each other, in a power of two of bars, so that phrases end together.
 * Conventions: spans in beats of their own track.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { mainTempo } from '../beats/main-tempo.ts'
import { beatsOnBeat } from '../similarity/tempo-difference.ts'
import { type BarGrid, lengthInBars, type MixPlaces, type MixSide, MOST_BARS } from './mix-sides.ts'
import { type MixStyle, meetsAtEnds } from './mix-styles.ts'

export type WindowGrid = BarGrid & Pick<BeatGrid, 'anchors'>

/** How many bars a transition has where its sides have so many. */
const windowBars = (least: number): number => 2 ** Math.floor(Math.log2(Math.min(MOST_BARS, least)))

/** Bars of the track that goes out. */
export type MixWindow = { readonly bars: number; readonly from: MixSide; readonly to: MixSide }

/** A track of a transition. */
type Side = { readonly grid: WindowGrid; readonly places: MixPlaces }

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

/** How many bars of the first track a transition has. @param ratio beats of the second on a beat of the first: half a bar may be left */
export const barsTogether = (outBars: number, inBars: number, ratio: number): number =>
  windowBars(Math.min(outBars, inBars / ratio))

/** Both stretches as long as the shorter side allows; null where the style does not go, or one of them has no whole bar. */
export const mixWindow = (style: MixStyle, out: Side, into: Side): MixWindow | null => {
  const [outSide, inSide] = [out.places.out[style], into.places.into[style]]
  if (outSide === null || inSide === null) return null
  const [outBars, inBars] = [lengthInBars(out.grid, outSide), lengthInBars(into.grid, inSide)]
  if (Math.min(outBars, inBars) < 1) return null
  // A bar of three beats is shorter than one of four.
  const metres = into.grid.beatsPerBar / out.grid.beatsPerBar
  const bars = barsTogether(outBars, inBars * metres, beatsBetween(out.grid, into.grid))
  const { outBeats, inBeats } = stretchesOf(bars, out.grid, into.grid)
  // Into an intro the beginnings meet; into a drop it is the ends.
  return meetsAtEnds(style)
    ? {
        bars,
        from: { ...outSide, startBeat: outSide.endBeat - outBeats },
        to: { ...inSide, startBeat: inSide.endBeat - inBeats },
      }
    : {
        bars,
        from: { ...outSide, endBeat: outSide.startBeat + outBeats },
        to: { ...inSide, endBeat: inSide.startBeat + inBeats },
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
const beginsOn = (style: MixStyle, way: 'out' | 'into', { grid, places }: Side, beats: number): readonly number[] => {
  const { beatsPerBar, firstDownbeat, beatCount } = grid
  const side = places[way][style]
  if (side === null) return []
  const isOut = way === 'out'
  const [first, end] = isOut ? [places.earliestOut, beatCount] : [firstDownbeat, places.latestIn]
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

/** The first beat of any window out of a track, whatever comes next; null where the style does not go. */
export const firstBeatOut = (style: MixStyle, { grid, places }: Side): number | null => {
  const side = places.out[style]
  if (side === null || style === 'quick cut') return side?.startBeat ?? null
  const first =
    style === 'drop to drop'
      ? side.endBeat - (BLEND_BARS[0] + EARLIER_BARS[2]) * grid.beatsPerBar
      : side.startBeat - BARS_BEFORE * grid.beatsPerBar
  return Math.min(side.startBeat, Math.max(places.earliestOut, first))
}

/** The end of the last window into a track, whatever comes before; null where the style does not go. */
export const lastBeatIn = (style: MixStyle, { grid, places }: Side): number | null => {
  const side = places.into[style]
  if (side === null || meetsAtEnds(style)) return side?.endBeat ?? null
  return Math.max(side.endBeat, Math.min(places.latestIn, side.endBeat + BARS_BEHIND * grid.beatsPerBar))
}

/** No window of a style takes more bars of a track on a side of it; 0 where the style does not go. */
export const mostBars = (style: MixStyle, way: 'out' | 'into', track: Side): number => {
  const { grid, places } = track
  const side = places[way][style]
  if (side === null) return 0
  if (style === 'quick cut') return lengthInBars(grid, side)
  const startBeat =
    way === 'out'
      ? meetsAtEnds(style)
        ? Math.min(side.startBeat, places.earliestOut)
        : firstBeatOut(style, track)!
      : meetsAtEnds(style)
        ? grid.firstDownbeat
        : side.startBeat
  return lengthInBars(grid, { startBeat, endBeat: way === 'out' ? side.endBeat : lastBeatIn(style, track)! })
}

/** Windows in whole phrases on and around both sides, the one of `mixWindow` first. */
export const windowsAround = (style: MixStyle, out: Side, into: Side): readonly MixWindow[] => {
  const first = mixWindow(style, out, into)
  if (first === null) return []
  if (style === 'quick cut') return [first]
  return [
    first,
    ...BLEND_BARS.flatMap((length) => {
      const { bars, outBeats, inBeats } = stretchesOf(length, out.grid, into.grid)
      const others = beginsOn(style, 'into', into, inBeats)
      return beginsOn(style, 'out', out, outBeats).flatMap((begin) =>
        others.map((other) => ({
          bars,
          from: { kind: first.from.kind, startBeat: begin, endBeat: begin + outBeats },
          to: { kind: first.to.kind, startBeat: other, endBeat: other + inBeats },
        })),
      )
    }),
  ]
}
