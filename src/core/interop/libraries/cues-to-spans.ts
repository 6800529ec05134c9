/**
 * @file From the cues, loops and phrases of another program to spans that can be suggested.
 * A named start ends where the next named one begins, where something is said to end, or, where that is far, at the next edge that the audio
 * supports.
 * Loops, and pairs such as "Break" and "End Break", keep their span. Unnamed cues only move an edge that the audio supports.
 * Conventions: beats of our grid; spans in order, none overlaps another.
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
type OffGridCue = { readonly name: string | null; readonly seconds: number; readonly beats: Beats }

export type SpansOfCues = {
  readonly spans: readonly ImportedSpan[]
  readonly offGrid: readonly OffGridCue[]
  /** Cues beyond the ends of the track. */
  readonly outside: number
  /** Spans of a known kind that are too short to be a section. */
  readonly tooShort: number
}

/** A beat at which a model hears another kind begin. */
export type HeardEdge = { readonly beat: Beats; readonly before: SectionKind; readonly after: SectionKind }

export type CuesToSpans = Placing & {
  readonly track: Pick<ForeignTrack, 'cues' | 'phrases'>
  /** In order. */
  readonly heard: readonly HeardEdge[]
}

const REGION_CONFIDENCE = 0.9
const NAMED_CUE_CONFIDENCE = 0.8
/** A region that the program found by itself is no surer than its phrases. */
const AUTOMATIC_CONFIDENCE = 0.6
const LEAST_BEATS = 8
const OFF_GRID_BEATS = 0.5
/**
 * Up to here the next named cue is where a section ends, whatever the audio says: of sections with a cue each, edges of a model cut 8 % short
 * at any length, and 3 % of those longer than 32 bars where it first agrees about the kind (decision 0034).
 */
const LONGEST_UNASKED_BEATS = 128
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

/** The cues that say where others end, if one does before anything of the same name begins again. */
const endsOf = (placed: readonly PlacedCue[]): ReadonlyMap<PlacedCue, PlacedCue> => {
  const next = new Map<string, PlacedCue>()
  const ends = new Map<PlacedCue, PlacedCue>()
  for (const one of placed.toReversed()) {
    const name = cueNameKey(one.cue.name)
    const later = name === null ? undefined : next.get(name)
    if (later?.ends === name) ends.set(one, later)
    if (one.ends !== null) next.set(one.ends, one)
    if (name !== null) next.set(name, one)
  }
  return ends
}

/** @param beats in order @returns the first of them after a beat, or else the last resort */
const firstAfter = (beats: readonly Beats[], beat: Beats, otherwise: Beats): Beats => {
  let [low, high] = [0, beats.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (beats[middle]! > beat) high = middle
    else low = middle + 1
  }
  return beats[low] ?? otherwise
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
      const at = taken.findLastIndex(({ startBeat }) => startBeat <= part.startBeat) + 1
      taken.splice(at, 0, { ...span, ...part })
    }
  return taken
}

/** Two cues of one name are two sections, as the person has set them; a stretch too short for one belongs to its neighbour, and phrases run on. */
const isOne = (a: Found, b: Found): boolean =>
  a.kind === b.kind &&
  a.endBeat === b.startBeat &&
  (spanLength(a) < LEAST_BEATS || spanLength(b) < LEAST_BEATS || (a.element === 'phrase' && b.element === 'phrase'))

/** What is joined is no surer than the least sure part of it. */
const joinNeighbours = (spans: readonly Found[]): readonly Found[] => {
  const joined: Found[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last !== undefined && isOne(last, span))
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

/** Edges near a named start are that start: the person has said where it is. */
const isApart = (beat: Beats, named: readonly Beats[]): boolean =>
  firstAfter(named, beat - LEAST_BEATS, Number.POSITIVE_INFINITY) >= beat + LEAST_BEATS

/** What the audio supports; an unnamed cue nearby says more exactly where it is. @param named beats at which something is said to begin, in order */
const heardEdges = (
  placed: readonly PlacedCue[],
  named: readonly Beats[],
  heard: readonly HeardEdge[],
): readonly HeardEdge[] => {
  const hints = placed.filter(({ kind, ends, cue }) => kind === null && ends === null && !cue.isAutomatic)
  const exact = (beat: Beats): Beats =>
    hints
      .map(({ startBeat }) => startBeat)
      .filter((hint) => Math.abs(hint - beat) <= HINT_REACH_BEATS)
      .toSorted((a, b) => Math.abs(a - beat) - Math.abs(b - beat))[0] ?? beat
  return heard.map((edge) => ({ ...edge, beat: exact(edge.beat) })).filter(({ beat }) => isApart(beat, named))
}

const plainName = ({ cue }: PlacedCue): string | undefined => cue.name?.trim().toLowerCase()

/** A loop soon after a point of its very name, such as one to mix out with, is a part of the section that begins at that point. */
const isPart = (loop: PlacedCue, before: PlacedCue | undefined): boolean =>
  loop.endBeat !== null &&
  before?.endBeat === null &&
  plainName(before) === plainName(loop) &&
  loop.startBeat - before.startBeat <= LONGEST_UNASKED_BEATS

/** @param named in order @returns without loops that are parts of the section around them */
const withoutParts = (named: readonly PlacedCue[]): readonly PlacedCue[] => {
  // The last that a person set before the beat of the cue, and the last at or before it.
  let [before, latest]: (PlacedCue | undefined)[] = [undefined, undefined]
  return named.filter((one) => {
    if (latest !== undefined && latest.startBeat < one.startBeat) before = latest
    if (!one.cue.isAutomatic) latest = one
    return !isPart(one, before)
  })
}

/** @returns spans to suggest, and what is worth telling of the cues */
export const cuesToSpans = (input: CuesToSpans): SpansOfCues => {
  const { track, grid } = input
  const { placed, outside } = placeCues(track.cues, input)
  const named = placed.filter(({ kind, cue }) => kind !== null && (!cue.isAutomatic || cue.endSeconds !== null))
  const starts = withoutParts(named)
  const beatsOf = (some: readonly PlacedCue[]): readonly Beats[] => some.map(({ startBeat }) => startBeat)
  const said = beatsOf(placed.filter(({ kind }) => kind !== null))
  const heard = heardEdges(placed, said, input.heard)
  const phrases = phraseSpans(track.phrases, input)
  const phraseStarts = joinNeighbours(phrases)
    .map(({ startBeat }) => startBeat)
    .filter((beat) => isApart(beat, said))
  const stops = [
    ...beatsOf(starts.filter(({ cue }) => !cue.isAutomatic)),
    ...beatsOf(placed.filter(({ ends }) => ends !== null)),
    ...phraseStarts,
  ].toSorted((a, b) => a - b)
  const ends = endsOf(placed)
  const regions: Found[] = []
  const points: Found[] = []
  const automatic: Found[] = []
  for (const start of starts) {
    const ended = start.endBeat ?? ends.get(start)?.startBeat
    if (ended !== undefined) {
      const into = start.cue.isAutomatic ? automatic : regions
      into.push(asSpan(start, ended, 'loop'))
      continue
    }
    const next = Math.min(firstAfter(stops, start.startBeat, grid.beatCount), grid.beatCount)
    const end =
      next - start.startBeat <= LONGEST_UNASKED_BEATS
        ? undefined
        : heard.find(
            ({ beat, before, after }) =>
              beat > start.startBeat && beat < next && before === start.kind && after !== start.kind,
          )
    points.push(asSpan(start, end?.beat ?? next, 'cue'))
  }
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
