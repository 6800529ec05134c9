/**
 * @file The parts that a transition is judged by once it is known which bars lie over which: how they fall into the phrases of both tracks,
 * and how cleanly both sound at once.
 * Method: `reckon-overlap.ts` for what sounds; phrases are counted from the edges of sections. Limits are set by judgement, and looked at
 * on generated tracks only.
 * Conventions: as in `transition-parts.ts`; a part is left out where it is not known.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import type { Span } from '../labels/span.ts'
import { barSounds } from './bar-sounds.ts'
import { OVERLAP_PARTS, type OverlapPartName } from './overlap-part-names.ts'
import { type Overlap, type OverlapSide, reckonOverlap } from './reckon-overlap.ts'

const OVERLAP_WEIGHTS: Readonly<Record<OverlapPartName, number>> = {
  phrases: 0.15,
  level: 0.2,
  notes: 0.15,
  bands: 0.15,
  hits: 0.1,
}
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

export type OverlappingTrack = {
  readonly grid: Pick<BeatGrid, 'beatsPerBar' | 'firstDownbeat' | 'firstPhrase'>
  readonly parts: readonly Span[]
  readonly features: FeatureMatrix | null
  /** What the trim makes of its amplitude. */
  readonly gain: number
}

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

/** The better one of where a stretch begins and where it ends. */
const phraseScore = (
  { grid, parts }: Pick<OverlappingTrack, 'grid' | 'parts'>,
  { startBeat, endBeat }: Span,
): number => {
  const edges = parts.length === 0 ? [grid.firstPhrase] : parts.flatMap((part) => [part.startBeat, part.endBeat])
  const nearestBar = (beat: number): number => Math.round((beat - grid.firstDownbeat) / grid.beatsPerBar)
  const bars = [...new Set(edges.map(nearestBar))]
  const scoreAt = (beat: number): number => {
    const bar = (beat - grid.firstDownbeat) / grid.beatsPerBar
    const nearest = bars.reduce((best, edge) => (Math.abs(edge - bar) < Math.abs(best - bar) ? edge : best))
    return edgeScore(bar - nearest)
  }
  return Math.max(scoreAt(startBeat), scoreAt(endBeat))
}

const sideOf = ({ features, grid, gain }: OverlappingTrack, { startBeat, endBeat }: Span): OverlapSide | null =>
  features && {
    sounds: barSounds(features, grid),
    gain: gain ** 2,
    start: (startBeat - grid.firstDownbeat) / grid.beatsPerBar,
    bars: (endBeat - startBeat) / grid.beatsPerBar,
  }

const clamp = (value: number): number => Math.max(0, Math.min(1, value))

export const overlapParts = (
  one: OverlappingTrack,
  other: OverlappingTrack,
  { from, to, isCut }: OverlapWindow,
): readonly OverlapPart[] => {
  const [out, into] = [sideOf(one, from), sideOf(other, to)]
  const overlap = out && into && reckonOverlap(out, into, isCut)
  const clean = isCut ? null : overlap
  const cleanScore = (judge: (found: Overlap) => number): number | null =>
    overlap && (isCut ? CUT_SCORE : judge(overlap))
  const judged: Readonly<Record<OverlapPartName, Pick<OverlapPart, 'score' | 'difference'>>> = {
    phrases: { score: Math.sqrt(phraseScore(one, from) * phraseScore(other, to)), difference: null },
    level: { score: overlap && 1 / (1 + (overlap.stepDb / HALF_STEP_DB) ** 2), difference: overlap?.stepDb ?? null },
    notes: { score: cleanScore((found) => clamp(1 - found.rub / MOST_RUB)), difference: clean?.rub ?? null },
    bands: { score: cleanScore((found) => clamp(1 - found.shared / MOST_SHARED)), difference: clean?.shared ?? null },
    hits: { score: cleanScore((found) => 1 - (1 - HITS_APART_SCORE) * found.apart), difference: clean?.apart ?? null },
  }
  return OVERLAP_PARTS.map((part) => ({ part, weight: OVERLAP_WEIGHTS[part], from: null, to: null, ...judged[part] }))
}
