/**
 * @file Where else an edge of a label may belong, by boundary heads that never saw its track and by the phrases of its other edges.
 * Method: the beats within four bars of an edge where a section most likely starts. The other edges of a track tell where its phrases
 * begin: a place is the likelier, the more of them lie whole phrases away (counts with a Laplace prior of two edges).
 * Conventions: an edge that two labels share is one edge; the ends of the track and beats beside another edge are no places for one.
 */
import { BARS_PER_PHRASE } from '../beats/beat-grid.ts'
import { beatRows } from '../features/beat-context.ts'
import type { TrackContext } from '../features/track-context.ts'
import type { Label } from '../labels/label.ts'
import { spanLength } from '../labels/span.ts'
import { predictLogits } from '../models/boosted-trees.ts'
import type { Head } from '../models/section-model.ts'
import type { Beats } from '../units/units.ts'

export type LabelEdge<One extends Label> = {
  readonly beat: Beats
  /** The labels that end and begin there; null where none does. */
  readonly left: One | null
  readonly right: One | null
}

export type EdgePlace = {
  readonly beat: Beats
  /** Log-odds that a section starts there, less those of the edge, the phrases counted in. */
  readonly gain: number
}

const REACH_BARS = 4
/** A label may be a beat off without being wrong. */
const SAME_BEATS = 2
/** A section has at least as many, whatever edge it gets. */
const LEAST_SECTION_BEATS = 4
const MOST_PLACES = 3
/** Edges of a track say much the same as each other, and repeat what the boundary head knows, so the phrases count by half. */
const PHRASE_SHARE = 0.5
const PRIOR_EDGES = 2

/** Edges inside a track, in order. */
export const edgesOf = <One extends Label>(
  labels: readonly One[],
  { beats }: Pick<TrackContext, 'beats'>,
): LabelEdge<One>[] => {
  const places = [...new Set(labels.flatMap(({ startBeat, endBeat }) => [startBeat, endBeat]))]
  return places
    .filter((beat) => beat >= LEAST_SECTION_BEATS && beat <= beats - LEAST_SECTION_BEATS)
    .toSorted((a, b) => a - b)
    .map((beat) => ({
      beat,
      left: labels.find(({ endBeat }) => endBeat === beat) ?? null,
      right: labels.find(({ startBeat }) => startBeat === beat) ?? null,
    }))
}

/** @returns log-odds that a section starts at each beat */
export const boundaryLogits = ({ trees, temperature }: Head, context: TrackContext): Float32Array =>
  predictLogits(
    trees,
    beatRows(
      context,
      Int32Array.from({ length: context.beats }, (_, beat) => beat),
    ),
    context.beats,
  ).map((logit) => logit / temperature)

/** Log of how much likelier the other edges make one place than another. */
const phraseGain = (
  place: Beats,
  beat: Beats,
  { others, phrase }: { readonly others: readonly Beats[]; readonly phrase: Beats },
): number => {
  const shareAt = (at: Beats): number =>
    others.filter((other) => Math.abs((other - at) % phrase) < 0.5).length + PRIOR_EDGES / phrase
  return Math.log(shareAt(place) / shareAt(beat))
}

/** @param edges all of the track @returns the likeliest places that an edge may move to, best first */
export const placesFor = (
  { beat, left, right }: LabelEdge<Label>,
  edges: readonly LabelEdge<Label>[],
  { logits, beatsPerBar }: { readonly logits: Float32Array; readonly beatsPerBar: number },
): readonly EdgePlace[] => {
  const here = Math.max(...[-1, 0, 1].map((off) => logits[Math.round(beat) + off] ?? Number.NEGATIVE_INFINITY))
  const least = left === null ? 0 : beat - spanLength(left) + LEAST_SECTION_BEATS
  const most = (right === null ? logits.length : beat + spanLength(right)) - LEAST_SECTION_BEATS
  const reach = REACH_BARS * beatsPerBar + 1
  const near = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.round(beat) - reach + at).filter(
    (place) =>
      place >= Math.max(least, LEAST_SECTION_BEATS) &&
      place <= most &&
      Math.abs(place - beat) > SAME_BEATS &&
      edges.every(
        (other) =>
          other.beat === beat ||
          // An edge stays between its neighbours, also where a stretch without a label lies beside it.
          (other.beat > beat === other.beat > place && Math.abs(other.beat - place) > SAME_BEATS),
      ),
  )
  const phrases = {
    others: edges.flatMap((other) => (other.beat === beat ? [] : [other.beat])),
    phrase: BARS_PER_PHRASE * beatsPerBar,
  }
  const taken: EdgePlace[] = []
  for (const place of near.toSorted((a, b) => logits[b]! - logits[a]!)) {
    if (taken.length === MOST_PLACES) break
    if (taken.every((other) => Math.abs(other.beat - place) > SAME_BEATS))
      taken.push({ beat: place, gain: logits[place]! - here + PHRASE_SHARE * phraseGain(place, beat, phrases) })
  }
  return taken
}
