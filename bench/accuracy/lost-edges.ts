/** Where edges of dance music are lost, and what those too many lie on: by what stands between a true edge and its being found, and what mending each would be worth. */
import { beatsToSeconds, secondsToBeats } from '../../src/core/beats/beat-grid.ts'
import { boundaryHitRate } from '../../src/core/evaluation/boundary-hit-rate.ts'
import { decodeSections } from '../../src/core/sections/decode-sections.ts'
import { readTrack } from '../../src/core/sections/read-track.ts'
import { changeAt } from '../../src/core/sections/strong-changes.ts'
import { referenceBoundaries } from '../corpus/corpus.ts'
import { foldSides, laySides, type Prepared } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { meanOf } from './mean-of.ts'
import { alignColumns, short } from './table.ts'
import { trainModels } from './train.ts'

/** In standard deviations of the track. */
const CLEAR_CHANGE = 0.6
const STRONG_CHANGE = 1
const NEAR_SECONDS = 0.5
const FAR_SECONDS = 3

export type EdgesOfTrack = {
  readonly source: string
  readonly beatsPerBar: number
  readonly firstDownbeat: number
  /** In seconds and in beats. */
  readonly truth: readonly { readonly time: number; readonly beat: number }[]
  readonly ignored: readonly number[]
  readonly found: readonly { readonly time: number; readonly beat: number }[]
  readonly candidates: readonly number[]
  /** How strongly the sound changes at a beat. */
  readonly changeAt: (beat: number) => number
}

const CAUSES = [
  'found',
  'off the bars of our grid',
  '1–2 bars off',
  '3–4 bars off',
  'no candidate',
  'outvoted, clear',
  'outvoted, faint',
] as const
type Cause = (typeof CAUSES)[number]

const EXTRAS = ['left open by the truth', 'near a true edge', 'faint', 'clear', 'strong'] as const

const gapTo = (place: number, others: readonly number[]): number =>
  Math.min(Infinity, ...others.map((other) => Math.abs(other - place)))

/** @returns why each true edge was found or not, in order */
export const causesOf = (track: EdgesOfTrack): readonly Cause[] => {
  const bars = (count: number): number => count * track.beatsPerBar
  const beats = track.found.map(({ beat }) => beat)
  const times = track.found.map(({ time }) => time)
  return track.truth.map(({ time, beat }): Cause => {
    const off = gapTo(beat, beats)
    if (gapTo(time, times) <= NEAR_SECONDS) return 'found'
    if (off <= bars(2))
      return (Math.round(beat) - track.firstDownbeat) % track.beatsPerBar === 0
        ? '1–2 bars off'
        : 'off the bars of our grid'
    if (off <= bars(4)) return '3–4 bars off'
    if (gapTo(time, track.candidates) > NEAR_SECONDS) return 'no candidate'
    return track.changeAt(beat) < CLEAR_CHANGE ? 'outvoted, faint' : 'outvoted, clear'
  })
}

/** @returns what each edge that is near no true one lies on */
export const extrasOf = (track: EdgesOfTrack): readonly (typeof EXTRAS)[number][] =>
  track.found.flatMap(({ time, beat }) => {
    const truth = track.truth.map((edge) => edge.time)
    if (gapTo(time, truth) <= FAR_SECONDS) return []
    if (gapTo(time, track.ignored) <= FAR_SECONDS) return ['left open by the truth']
    const beats = track.truth.map((edge) => edge.beat)
    if (gapTo(beat, beats) <= 4 * track.beatsPerBar) return ['near a true edge']
    const change = track.changeAt(beat)
    return [change < CLEAR_CHANGE ? 'faint' : change < STRONG_CHANGE ? 'clear' : 'strong']
  })

/** Edges as they would be with those of one cause in their places; one that is a few bars off moves, others are added. */
const mended = (track: EdgesOfTrack, cause: Cause): readonly number[] => {
  const causes = causesOf(track)
  const truth = track.truth.map(({ time }) => time)
  const wrong = new Set(track.found.filter(({ time }) => gapTo(time, truth) > NEAR_SECONDS))
  const times = new Set(track.found.map(({ time }) => time))
  for (const [at, { time, beat }] of track.truth.entries()) {
    if (causes[at] !== cause || cause === 'found') continue
    const moved = [...wrong].find((edge) => Math.abs(edge.beat - beat) <= 4 * track.beatsPerBar)
    if (moved) {
      wrong.delete(moved)
      times.delete(moved.time)
    }
    times.add(time)
  }
  return [...times].sort((a, b) => a - b)
}

const hitRate = (tracks: readonly EdgesOfTrack[], cause: Cause, toleranceSeconds: number): string => {
  const rates = tracks.map((track) => {
    const truth = track.truth.map(({ time }) => time)
    return boundaryHitRate(truth, mended(track, cause), { toleranceSeconds, ignored: track.ignored })!.f
  })
  return short(meanOf(rates))
}

const edgesOf = (
  { track, grid, context, form }: GriddedTrack,
  model: Parameters<typeof decodeSections>[0],
): EdgesOfTrack => {
  const { scored, ignored } = referenceBoundaries(track)
  const timeOf = (beat: number): number => beatsToSeconds(grid, beat)
  const whole = { startBeat: 0, endBeat: context.beats }
  return {
    source: track.source,
    beatsPerBar: grid.beatsPerBar,
    firstDownbeat: grid.firstDownbeat,
    truth: scored.map((time) => ({ time, beat: secondsToBeats(grid, time) })),
    ignored,
    found: decodeSections(model, context, grid, { form })
      .slice(1)
      .map(({ startBeat }) => ({ time: timeOf(startBeat), beat: startBeat })),
    candidates: readTrack(model, context, form).nodes.slice(1, -1).map(timeOf),
    changeAt: (beat) =>
      Math.max(
        ...[-1, 0, 1]
          .map((step) => Math.round(beat) + step)
          .filter((near) => near > 0 && near < context.beats)
          .map((near) => changeAt(context, near, whole)),
      ),
  }
}

type Options = { readonly seed: number; readonly shuffles: number; readonly onStep: (text: string) => void }

export const evaluateEdges = async (corpus: Prepared, { seed, shuffles, onStep }: Options): Promise<string> => {
  const tracks: EdgesOfTrack[] = []
  for (let shuffle = 0; shuffle < shuffles; shuffle++)
    for (const [fold, { train, test }] of foldSides(corpus, seed + shuffle).entries()) {
      onStep(`edges: fold ${fold + 1} of shuffle ${shuffle + 1}`)
      const sides = await laySides(train, test)
      const { model } = await trainModels(sides.train)
      const dance = sides.test.filter(({ track }) => !track.isSong && !track.isPartial)
      tracks.push(...dance.map((gridded) => edgesOf(gridded, model)).filter(({ truth }) => truth.length > 0))
    }
  const sources = [...new Set(tracks.map(({ source }) => source))].sort()
  const lost = tracks.flatMap((track) => causesOf(track).map((cause) => ({ cause, source: track.source })))
  const extras = tracks.flatMap((track) => extrasOf(track).map((cause) => ({ cause, source: track.source })))
  const counted = <C extends string>(all: readonly { readonly cause: C; readonly source: string }[], cause: C) => {
    const own = all.filter((one) => one.cause === cause)
    return [
      String(own.length),
      short(own.length / all.length),
      ...sources.map((source) => String(own.filter((one) => one.source === source).length)),
    ]
  }
  return [
    alignColumns([
      ['true edges', 'all', 'share', ...sources, 'HR.5F if mended', 'HR3F'],
      ...CAUSES.map((cause) => [
        cause,
        ...counted(lost, cause),
        hitRate(tracks, cause, NEAR_SECONDS),
        hitRate(tracks, cause, FAR_SECONDS),
      ]),
    ]),
    alignColumns([
      ['edges too many', 'all', 'share', ...sources],
      ...EXTRAS.map((cause) => [cause, ...counted(extras, cause)]),
    ]),
  ].join('\n\n')
}
