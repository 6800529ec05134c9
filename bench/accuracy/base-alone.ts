/**
 * What people get before they label anything, and what their first labels of songs change: a base model made as the shipped one is, alone, and models that
 * began from such a one. Nobody is judged by a model that knows the track or its makers.
 */
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { type Figure, pairFigure, target } from './figure.ts'
import { laySides, type Prepared, predictTrack, type Side } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { scoreTrack, type TrackOutcome } from './measures.ts'
import { secondsFigure } from './section-figures.ts'
import { type TrainedModels, trainModels } from './train.ts'

const LABELLED_COUNTS = [3, 5, 10] as const
const DRAWS = 2

type FewSongs = {
  readonly count: number
  readonly alone: readonly TrackOutcome[]
  readonly own: readonly TrackOutcome[]
}
export type BaseOutcomes = { readonly alone: readonly TrackOutcome[]; readonly few: readonly FewSongs[] }

const judge = (models: TrainedModels, tracks: readonly GriddedTrack[]): readonly TrackOutcome[] =>
  tracks.map((track) => scoreTrack(track.track, predictTrack(models, track)))

const makersOf = (tracks: readonly GriddedTrack[]): ReadonlySet<string> =>
  new Set(tracks.flatMap(({ track }) => track.makers))
const without = (tracks: readonly GriddedTrack[], makers: ReadonlySet<string>): readonly GriddedTrack[] =>
  tracks.filter(({ track }) => !track.makers.some((maker) => makers.has(maker)))

type Base = {
  readonly models: TrainedModels
  readonly free: readonly GriddedTrack[]
  readonly made: readonly GriddedTrack[]
}

/**
 * Draws songs that a person might have labelled, and judges what was learnt from them beside the model that it began from: one made as that which ships,
 * which knows nothing of a person's. So songs are drawn first whose makers it does not know; where others are drawn too, it is made without their makers.
 */
const judgeFewSongs = async (
  pool: readonly GriddedTrack[],
  judged: readonly GriddedTrack[],
  { base, seed }: { readonly base: Base; readonly seed: number },
): Promise<readonly FewSongs[]> => {
  const { models, free, made } = base
  const strange = new Set(without(pool, makersOf(free)))
  const few: FewSongs[] = []
  for (const count of LABELLED_COUNTS)
    for (let draw = 0; draw < DRAWS && count <= pool.length; draw++) {
      const drawn = shuffle(pool, createRandom(seed + draw))
      const labelled = drawn.toSorted((a, b) => Number(strange.has(b)) - Number(strange.has(a))).slice(0, count)
      const known = without(free, makersOf(labelled))
      const from = known.length === free.length ? models : await trainModels([...known, ...made])
      few.push({ count, alone: judge(from, judged), own: judge(await trainModels(labelled, from.model), judged) })
    }
  return few
}

export const judgeBase = async (
  train: Side,
  test: Side,
  { generated, seed }: { readonly generated: Prepared; readonly seed: number },
): Promise<BaseOutcomes> => {
  const sides = await laySides(train, test)
  const made = (await laySides(generated, { tracks: [], features: generated.features })).train
  const strangers = without(sides.train, makersOf(sides.test))
  const free = strangers.filter(({ track }) => track.isFree)
  const models = await trainModels([...free, ...made])
  const songs = sides.test.filter(({ track }) => track.isSong && track.segments.length > 0)
  const pool = strangers.filter(({ track }) => track.isSong && track.segments.length > 0)
  const few = songs.length === 0 ? [] : await judgeFewSongs(pool, songs, { base: { models, free, made }, seed })
  return { alone: judge(models, sides.test), few }
}

export const baseFiguresOf = (all: readonly BaseOutcomes[]): Figure[] => {
  const alone = all.flatMap((one) => one.alone)
  const accuracy = {
    seconds: (track: TrackOutcome) => track.seconds,
    score: (scores: { readonly accuracy: number }) => scores.accuracy,
  }
  const few = all.flatMap((one) => one.few)
  return [
    ...pairFigure(
      alone.filter(({ isSong, isPartial }) => !isSong && !isPartial),
      target('base model alone, dance: per-bar accuracy', 0.87, 0.9),
      { pairs: (track) => track.bars, unit: 'bars', score: 'accuracy' },
    ),
    ...secondsFigure(
      alone.filter(({ isSong }) => isSong),
      target('base model alone, songs: seconds right', 0.55, 0.7),
      accuracy,
    ),
    ...LABELLED_COUNTS.flatMap((count) => {
      const drawn = few.filter((one) => one.count === count)
      return [
        ...secondsFigure(
          drawn.flatMap((one) => one.own),
          target(`${count} labelled songs: seconds right in others`, null, null),
          accuracy,
        ),
        ...secondsFigure(
          drawn.flatMap((one) => one.alone),
          target('– the model it began from, alone', null, null),
          accuracy,
        ),
      ]
    }),
  ]
}
