/**
 * @file The parts that a transition is judged by once it is known which bars lie over which: how they fall into the phrases of both tracks,
 * and how cleanly both sound at once.
 * Method: `reckon-overlap.ts` for what sounds; phrases are counted from the edges of sections. Limits are set by judgement, and looked at
 * on generated tracks only.
 * Conventions: as in `transition-parts.ts`; a part is left out where it is not known.
 */
import { phraseStartAt } from '../beats/beat-grid.ts'
import type { Span } from '../labels/span.ts'
import type { MixProfile } from './mix-profile.ts'
import { OVERLAP_PARTS, OVERLAP_WEIGHTS, type OverlapPartName } from './overlap-part-names.ts'
import { type OverlapSide, reckonApart, reckonRub, reckonShared, reckonStep } from './reckon-overlap.ts'

/** A step of the level of so many decibels is half as bad as can be. */
const HALF_STEP_DB = 6
/** Two tracks of one spectrum share .36 of it while they are faded; where all their notes lie seconds apart, about a quarter rubs. */
const [MOST_SHARED, MOST_RUB] = [0.5, 0.25] as const
/** Drums that never strike together; a track without drums is none that clashes. */
const HITS_APART_SCORE = 0.4
/** At a cut nothing sounds at once; so that this makes it no better than a blend, it counts as an ordinary one. */
const CUT_SCORE = 0.6
/** How well an edge falls that lies so many bars behind that of a section; dance music comes in groups of eight and four bars. */
const PHRASE_SCORES = [
  { bars: 8, score: 0.9 },
  { bars: 4, score: 0.8 },
  { bars: 2, score: 0.6 },
  { bars: 1, score: 0.4 },
] as const
const OFF_BAR_SCORE = 0.2

export type OverlapWindow = { readonly from: Span; readonly to: Span; readonly isCut: boolean }

export type OverlapPart = {
  readonly part: OverlapPartName
  /** Null where it is unknown; it then does not count. */
  readonly score: number | null
  readonly weight: number
  readonly from: null
  readonly to: null
  /** Level: the largest step in decibels. Notes, bands and hits: shares that rub, that both fill and that are not struck together. */
  readonly difference: number | null
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-6

const edgeScore = (bars: number): number =>
  Math.abs(bars) < 1e-6 ? 1 : (PHRASE_SCORES.find(({ bars: phrase }) => isWhole(bars / phrase))?.score ?? OFF_BAR_SCORE)

const edgesOf = new WeakMap<MixProfile, readonly number[]>()

/** Bars at which sections begin and end. */
const edgeBars = (track: MixProfile): readonly number[] => {
  const known = edgesOf.get(track)
  if (known !== undefined) return known
  const { grid, parts } = track
  const edges = parts.flatMap((part) => [part.startBeat, part.endBeat])
  const bars = [...new Set(edges.map((beat) => Math.round((beat - grid.firstDownbeat) / grid.beatsPerBar)))]
  edgesOf.set(track, bars)
  return bars
}

/** The better one of where a stretch begins and where it ends. */
const phraseScore = (track: MixProfile, { startBeat, endBeat }: Span): number => {
  const { firstDownbeat, beatsPerBar } = track.grid
  const scoreAt = (beat: number): number => {
    if (track.parts.length === 0) return edgeScore((beat - phraseStartAt(track.grid, beat)) / beatsPerBar)
    const bar = (beat - firstDownbeat) / beatsPerBar
    let nearest = Number.POSITIVE_INFINITY
    for (const edge of edgeBars(track)) if (Math.abs(edge - bar) < Math.abs(nearest - bar)) nearest = edge
    return edgeScore(bar - nearest)
  }
  return Math.max(scoreAt(startBeat), scoreAt(endBeat))
}

/** How well a window falls into the phrases of both tracks. */
export const phrasesScore = (one: MixProfile, other: MixProfile, { from, to }: OverlapWindow): number =>
  Math.sqrt(phraseScore(one, from) * phraseScore(other, to))

const sideOf = ({ sounds, grid, gain }: MixProfile, { startBeat, endBeat }: Span): OverlapSide | null =>
  sounds && {
    sounds,
    gain: gain ** 2,
    start: (startBeat - grid.firstDownbeat) / grid.beatsPerBar,
    bars: (endBeat - startBeat) / grid.beatsPerBar,
  }

const clamp = (value: number): number => Math.max(0, Math.min(1, value))

/** Parts of what sounds at once, in the order of `OVERLAP_PARTS`: each is reckoned by itself, and costs most of what a window costs. */
export const CLEAN_PARTS = ['notes', 'bands', 'hits'] as const
export type CleanPartName = (typeof CLEAN_PARTS)[number]

type Sides = readonly [OverlapSide, OverlapSide]

const sidesOf = (one: MixProfile, other: MixProfile, { from, to }: OverlapWindow): Sides | null => {
  const [out, into] = [sideOf(one, from), sideOf(other, to)]
  return out && into && [out, into]
}

/** The largest step of the level, in decibels; null where it is not known. It costs little beside the rest. */
export const levelStep = (one: MixProfile, other: MixProfile, window: OverlapWindow): number | null => {
  const sides = sidesOf(one, other, window)
  return sides && reckonStep(...sides, window.isCut)
}

export const levelScore = (stepDb: number): number => 1 / (1 + (stepDb / HALF_STEP_DB) ** 2)

type Clean = { readonly score: number; readonly difference: number | null }

const CLEAN: Readonly<
  Record<CleanPartName, { readonly reckon: typeof reckonRub; readonly judge: (share: number) => number }>
> = {
  notes: { reckon: reckonRub, judge: (rub) => clamp(1 - rub / MOST_RUB) },
  bands: { reckon: reckonShared, judge: (shared) => clamp(1 - shared / MOST_SHARED) },
  hits: { reckon: reckonApart, judge: (apart) => 1 - (1 - HITS_APART_SCORE) * apart },
}

/** How cleanly both sound over each other in a part, of tracks whose step of the level is known. */
export const cleanPart = (one: MixProfile, other: MixProfile, window: OverlapWindow, part: CleanPartName): Clean => {
  if (window.isCut) return { score: CUT_SCORE, difference: null }
  const { reckon, judge } = CLEAN[part]
  const difference = reckon(...sidesOf(one, other, window)!)
  return { score: judge(difference), difference }
}

export const overlapParts = (one: MixProfile, other: MixProfile, window: OverlapWindow): readonly OverlapPart[] => {
  const stepDb = levelStep(one, other, window)
  const judge = (part: OverlapPartName): Pick<OverlapPart, 'score' | 'difference'> => {
    if (part === 'phrases') return { score: phrasesScore(one, other, window), difference: null }
    if (stepDb === null) return { score: null, difference: null }
    return part === 'level' ? { score: levelScore(stepDb), difference: stepDb } : cleanPart(one, other, window, part)
  }
  return OVERLAP_PARTS.map((part) => ({ part, weight: OVERLAP_WEIGHTS[part], from: null, to: null, ...judge(part) }))
}
