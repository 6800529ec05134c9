/**
 * @file From the cues, loops and phrases of another program to spans that can be suggested.
 * A named start ends where the next named one begins, where something is said to end, or at the next boundary that the audio supports.
 * Loops, and pairs such as "Break" and "End Break", keep their span. Unnamed cues only move an edge that the audio supports.
 * Conventions: beats of our grid; spans in order, none overlaps another, neighbours of one kind are one span.
 */
import { secondsToBeats } from '../../beats/beat-grid.ts'
import { largestFreePart } from '../../labels/free-parts.ts'
import type { SectionKind } from '../../labels/section-kind.ts'
import { type Span, spanLength } from '../../labels/span.ts'
import type { ImportedElement } from '../../suggestions/suggestion.ts'
import type { Beats } from '../../units/units.ts'
import { cueNameKey } from './cue-meanings.ts'
import type { ForeignPhrase, ForeignTrack } from './foreign-library.ts'
import { type PlacedCue, type Placing, placeCues } from './placed-cues.ts'

export type ImportedSpan = Span & {
  readonly kind: SectionKind
  /** How far such an element can be trusted, 0 to 1. */
  readonly confidence: number
  readonly element: ImportedElement
  /** As the program has it; null for a colour or a region without a name. */
  readonly name: string | null
}

/** A cue that lies more than half a beat from where it was put. */
export type OffGridCue = { readonly name: string | null; readonly seconds: number; readonly beats: Beats }

export type SpansOfCues = {
  readonly spans: readonly ImportedSpan[]
  readonly offGrid: readonly OffGridCue[]
  /** Cues beyond the ends of the track. */
  readonly outside: number
  /** Spans of a known kind that are too short to be a section. */
  readonly tooShort: number
}

export type CuesToSpans = Placing & {
  readonly track: Pick<ForeignTrack, 'cues' | 'phrases'>
  /** Beats at which the audio itself changes, in order. */
  readonly boundaries: readonly Beats[]
}

const REGION_CONFIDENCE = 0.9
const NAMED_CUE_CONFIDENCE = 0.8
/** A region that the program found by itself is no surer than its phrases. */
const AUTOMATIC_CONFIDENCE = 0.6
const LEAST_BEATS = 8
const OFF_GRID_BEATS = 0.5
/** An unnamed cue this near to a boundary of the audio says where exactly it is. */
const HINT_REACH_BEATS = 4

type Found = ImportedSpan

const asSpan = ({ cue, startBeat, kind }: PlacedCue, endBeat: Beats, element: 'loop' | 'cue'): Found => ({
  startBeat,
  endBeat,
  kind: kind!,
  confidence: cue.isAutomatic ? AUTOMATIC_CONFIDENCE : element === 'loop' ? REGION_CONFIDENCE : NAMED_CUE_CONFIDENCE,
  element,
  name: cueNameKey(cue.name) === null ? null : cue.name,
})

/** The cue that says where one ends, if one does before anything of the same name begins again. */
const endOf = (start: PlacedCue, placed: readonly PlacedCue[]): PlacedCue | undefined => {
  const name = cueNameKey(start.cue.name)
  const later = placed.slice(placed.indexOf(start) + 1)
  const next = later.find(({ cue, ends }) => ends === name || cueNameKey(cue.name) === name)
  return name !== null && next?.ends === name ? next : undefined
}

const phraseSpans = (phrases: readonly ForeignPhrase[], { grid, offsetSeconds }: Placing): readonly Found[] =>
  phrases.flatMap(({ kind, name, confidence, startSeconds, endSeconds }) => {
    const beatAt = (seconds: number): Beats =>
      Math.max(0, Math.min(grid.beatCount, Math.round(secondsToBeats(grid, seconds + offsetSeconds))))
    const [startBeat, endBeat] = [beatAt(startSeconds), beatAt(endSeconds)]
    return kind === null || endBeat <= startBeat
      ? []
      : [{ startBeat, endBeat, kind, confidence, element: 'phrase' as const, name }]
  })

/** Spans of lower rank keep the largest part that those of higher rank leave. */
const withoutOverlaps = (ranks: readonly (readonly Found[])[]): readonly Found[] => {
  const taken: Found[] = []
  for (const rank of ranks)
    for (const span of rank) {
      const part = largestFreePart(span, taken)
      if (part === null) continue
      taken.push({ ...span, ...part })
      taken.sort((a, b) => a.startBeat - b.startBeat)
    }
  return taken
}

/** Neighbours of one kind are one section, no surer than the least sure of them. */
const joinNeighbours = (spans: readonly Found[]): readonly Found[] => {
  const joined: Found[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last?.kind === span.kind && last.endBeat === span.startBeat)
      joined[joined.length - 1] = {
        ...last,
        endBeat: span.endBeat,
        confidence: Math.min(last.confidence, span.confidence),
        element: last.confidence <= span.confidence ? last.element : span.element,
        name: last.name ?? span.name,
      }
    else joined.push(span)
  }
  return joined
}

/** Boundaries of the audio and of the program's phrases, where unnamed cues say it more exactly. One near a named start is that start. */
const supportedBoundaries = (
  placed: readonly PlacedCue[],
  { boundaries, track, ...placing }: CuesToSpans,
): readonly Beats[] => {
  const hints = placed.filter(({ kind, ends, cue }) => kind === null && ends === null && !cue.isAutomatic)
  const phrases = joinNeighbours(phraseSpans(track.phrases, placing)).map(({ startBeat }) => startBeat)
  const moved = boundaries.map((beat) => {
    const near = hints
      .map(({ startBeat }) => startBeat)
      .filter((hint) => Math.abs(hint - beat) <= HINT_REACH_BEATS)
      .toSorted((a, b) => Math.abs(a - beat) - Math.abs(b - beat))
    return near[0] ?? beat
  })
  const isOwn = (beat: Beats): boolean =>
    !placed.some(({ kind, startBeat }) => kind !== null && Math.abs(startBeat - beat) < LEAST_BEATS)
  return [...new Set([...moved, ...phrases])].filter(isOwn).toSorted((a, b) => a - b)
}

/** @returns spans to suggest, and what is worth telling of the cues */
export const cuesToSpans = (input: CuesToSpans): SpansOfCues => {
  const { track, grid } = input
  const { placed, outside } = placeCues(track.cues, input)
  const starts = placed.filter(({ kind, cue }) => kind !== null && (!cue.isAutomatic || cue.endSeconds !== null))
  const supported = supportedBoundaries(placed, input)
  const stops = placed.filter(({ ends }) => ends !== null)
  const regions: Found[] = []
  const points: Found[] = []
  const automatic: Found[] = []
  for (const start of starts) {
    const ended = start.endBeat ?? endOf(start, placed)?.startBeat
    if (ended !== undefined) {
      const into = start.cue.isAutomatic ? automatic : regions
      into.push(asSpan(start, ended, 'loop'))
      continue
    }
    const isLater = (beat: Beats): boolean => beat > start.startBeat
    const next = Math.min(
      ...starts
        .filter(({ cue }) => !cue.isAutomatic)
        .map(({ startBeat }) => startBeat)
        .filter(isLater),
      ...stops.map(({ startBeat }) => startBeat).filter(isLater),
      ...supported.filter(isLater),
      grid.beatCount,
    )
    points.push(asSpan(start, next, 'cue'))
  }
  const phrases = phraseSpans(track.phrases, input)
  const all = withoutOverlaps([regions, points, [...automatic, ...phrases]]).filter((span) => spanLength(span) > 0)
  const joined = joinNeighbours(all)
  const spans = joined.filter((span) => spanLength(span) >= LEAST_BEATS)
  return {
    spans,
    offGrid: placed
      .filter(({ moved, kind }) => kind !== null && moved > OFF_GRID_BEATS)
      .map(({ cue, moved }) => ({ name: cue.name, seconds: cue.startSeconds, beats: moved })),
    outside,
    tooShort: joined.length - spans.length,
  }
}
