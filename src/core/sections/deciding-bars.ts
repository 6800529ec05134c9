/**
 * @file Which bars elsewhere in a track decide what a part of it is called.
 * Method: occlusion (Zeiler & Fergus, ECCV 2014): one stretch after the other outside the part is set to the middle of the track, everything that is
 * computed from it is computed anew, and the model is asked again. What changes the answer is what it listened to: bars that sound
 * alike as much as those that the part is set off against.
 * Conventions: stretches are counted away from the part on either side, four bars each, more in long tracks.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { type FeatureMatrix, placesOf } from '../features/feature-matrix.ts'
import { FEATURE_COLUMNS } from '../features/feature-spec.ts'
import { prepareTrack, type TrackContext } from '../features/track-context.ts'
import { windowMean } from '../features/window-sums.ts'
import { type Span, spanLength } from '../labels/span.ts'
import { predictSpan, type SectionModel } from '../models/section-model.ts'
import type { Beats } from '../units/units.ts'

export type DecidingBars = Span & {
  readonly where: 'earlier' | 'just before' | 'just after' | 'later'
  /** How much they sound like the part, within the track: 1 as it does, 0 unrelated, −1 the opposite. */
  readonly likeness: number
  /** Of the kind that the part has: with these bars as they are, and without them. */
  readonly before: number
  readonly after: number
}

type Asked = { readonly features: FeatureMatrix; readonly grid: BeatGrid; readonly span: Span }

const STRETCH_BARS = 4
/** The model is asked about no more than so many: in longer tracks they are longer. */
const MOST_STRETCHES = 32
/** What moves the probability by less did not decide. */
const LEAST_CHANGE = 0.02
/** Those that move it most. */
const MOST_TOLD = 4

const USED = FEATURE_COLUMNS.filter(({ roles }) => roles.length > 0)

const stretchesAround = ({ startBeat, endBeat }: Span, beats: Beats, length: Beats): readonly Span[] => {
  const stretches: Span[] = []
  for (let end = startBeat; end > 0; end -= length)
    stretches.push({ startBeat: Math.max(0, end - length), endBeat: end })
  for (let start = endBeat; start < beats; start += length)
    stretches.push({ startBeat: start, endBeat: Math.min(beats, start + length) })
  return stretches
}

/** The middle of every column that is used, by its place. */
const middlesOf = ({ columns, beats, values }: FeatureMatrix): ReadonlyMap<number, number> =>
  new Map(
    placesOf({ columns }, USED, 'A stretch left out').map((place) => {
      const own = Float32Array.from({ length: beats }, (_, beat) => values[beat * columns.length + place]!).sort()
      return [place, own[own.length >> 1]!]
    }),
  )

const leaveOut = (
  { columns, beats, values }: FeatureMatrix,
  { startBeat, endBeat }: Span,
  middles: ReadonlyMap<number, number>,
): FeatureMatrix => {
  const left = values.slice()
  for (const [place, middle] of middles)
    for (let beat = startBeat; beat < endBeat; beat++) left[beat * columns.length + place] = middle
  return { columns, beats, values: left }
}

/** Cosine of the mean z-scores of both. */
const likenessOf = (context: TrackContext, one: Span, other: Span): number => {
  let [both, ones, others] = [0, 0, 0]
  for (let column = 0; column < context.width; column++) {
    const a = windowMean(context, column, [one.startBeat, one.endBeat])
    const b = windowMean(context, column, [other.startBeat, other.endBeat])
    both += a * b
    ones += a * a
    others += b * b
  }
  return ones === 0 || others === 0 ? 0 : both / Math.sqrt(ones * others)
}

const whereIs = (stretch: Span, { startBeat, endBeat }: Span): DecidingBars['where'] => {
  if (stretch.endBeat <= startBeat) return stretch.endBeat === startBeat ? 'just before' : 'earlier'
  return stretch.startBeat === endBeat ? 'just after' : 'later'
}

/** @returns those that change the probability of the part's kind most, for or against it, the strongest first */
export const decidingBarsOf = (model: SectionModel, { features, grid, span }: Asked): readonly DecidingBars[] => {
  const { beats } = features
  const outside = (beats - spanLength(span)) / (STRETCH_BARS * grid.beatsPerBar)
  const bars = STRETCH_BARS * Math.max(1, Math.ceil(outside / MOST_STRETCHES))
  const context = prepareTrack(features, grid)
  const now = predictSpan(model, context, span)
  const own = now.indexOf(Math.max(...now))
  const middles = middlesOf(features)
  return stretchesAround(span, beats, bars * grid.beatsPerBar)
    .map((stretch) => ({
      ...stretch,
      where: whereIs(stretch, span),
      likeness: likenessOf(context, span, stretch),
      before: now[own]!,
      after: predictSpan(model, prepareTrack(leaveOut(features, stretch, middles), grid), span)[own]!,
    }))
    .filter(({ before, after }) => Math.abs(before - after) >= LEAST_CHANGE)
    .toSorted((a, b) => Math.abs(b.before - b.after) - Math.abs(a.before - a.after))
    .slice(0, MOST_TOLD)
}
