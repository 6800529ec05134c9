/**
 * What it is worth to begin from a base model. A world of some sources is drawn: some of its tracks are labelled, the others are judged. The base
 * model knows the other sources and generated tracks alone, so neither a track of the world nor its artist nor its kind of music.
 */
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { groupOf } from '../../src/core/training/grouped-folds.ts'
import { scorePairs } from './figure.ts'
import { laySides, type Prepared, predictTrack } from './folds.ts'
import type { GriddedTrack, HeardTrack } from './gridded-track.ts'
import { scoreTrack, type TrackOutcome } from './measures.ts'
import { alignColumns } from './table.ts'
import { type TrainedModels, toTraining, trainModels } from './train.ts'

const TRACK_COUNTS = [3, 5, 10, 20] as const
const WAYS = ['from nothing', 'from the base model', 'the base model alone'] as const
/** Tracks of a world that are judged, at least. */
const LEAST_JUDGED = 5

type World = {
  /** As many as the largest count, artist by artist. */
  readonly labelled: readonly HeardTrack[]
  readonly judged: readonly HeardTrack[]
  readonly rest: readonly HeardTrack[]
}
type Way = (typeof WAYS)[number]
/** What was said of the judged tracks, by number of labelled tracks and way of training. */
type Said = {
  readonly count: number
  readonly labels: number
  readonly way: Way
  readonly outcomes: readonly TrackOutcome[]
}

const groupOfTrack = ({ track }: HeardTrack): string => groupOf({ audioDigest: track.id, artist: track.artist })

/** @returns null where the sources that were drawn leave nothing to judge */
export const drawWorld = (tracks: readonly HeardTrack[], seed: number): World | null => {
  const count = Math.max(...TRACK_COUNTS)
  const random = createRandom(seed)
  const sources = shuffle([...new Set(tracks.map(({ track }) => track.source))], random)
  const inside = new Set<string>()
  const isInside = ({ track }: HeardTrack): boolean => inside.has(track.source)
  for (const source of sources) if (tracks.filter(isInside).length < count + LEAST_JUDGED) inside.add(source)
  const artists = [...Map.groupBy(tracks.filter(isInside), groupOfTrack).values()]
  const world = shuffle(artists, random).flat()
  const labelled = world.slice(0, count)
  const known = new Set(labelled.map(groupOfTrack))
  const judged = world.slice(count).filter((track) => !known.has(groupOfTrack(track)))
  return judged.length === 0 ? null : { labelled, judged, rest: tracks.filter((track) => !isInside(track)) }
}

const countLabels = (tracks: readonly GriddedTrack[]): { labels: number; kinds: number } => {
  const labels = tracks.flatMap((track) => toTraining(track).labels)
  return { labels: labels.length, kinds: new Set(labels.map(({ kind }) => kind)).size }
}

const transferOnce = async (corpus: Prepared, generated: Prepared, world: World): Promise<readonly Said[]> => {
  const { rest, labelled, judged } = world
  const { features, forms } = corpus
  const sides = await laySides(
    { tracks: [...rest, ...generated.tracks, ...labelled], features },
    { tracks: judged, features, ...(forms ? { forms } : {}) },
  )
  const baseTracks = sides.train.slice(0, rest.length + generated.tracks.length)
  const own = sides.train.slice(baseTracks.length)
  const base = await trainModels(baseTracks)
  const judge = (models: TrainedModels): readonly TrackOutcome[] =>
    sides.test.map((track) => scoreTrack(track.track, predictTrack(models, track)))
  const said: Said[] = []
  for (const count of TRACK_COUNTS) {
    const chosen = own.slice(0, count)
    const { labels, kinds } = countLabels(chosen)
    // One kind teaches nothing to tell apart.
    if (kinds < 2) continue
    for (const way of WAYS) {
      const from = way === 'from nothing' ? null : base.model
      const outcomes = judge(way === 'the base model alone' ? base : await trainModels(chosen, from))
      said.push({ count, labels, way, outcomes })
    }
  }
  return said
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

const lineOf = (count: number, way: Way, said: readonly Said[]): readonly string[] => {
  const own = said.filter((one) => one.count === count && one.way === way)
  const outcomes = own.flatMap((one) => one.outcomes)
  const spans = scorePairs(outcomes.flatMap((track) => track.spans))
  const dance = scorePairs(outcomes.filter(({ isSong }) => !isSong).flatMap((track) => track.spans))
  const bars = scorePairs(outcomes.flatMap((track) => track.bars))
  const hits = outcomes.flatMap(({ hitHalfSecond }) => (hitHalfSecond ? [hitHalfSecond.f] : []))
  const figures = [spans.accuracy, spans.macroF1, dance.accuracy, dance.macroF1, bars.accuracy, mean(hits)]
  const labels = mean(own.map((one) => one.labels))
  return [String(count), labels.toFixed(0), way, ...figures.map((value) => value.toFixed(3))]
}

export const evaluateTransfer = async (
  corpus: Prepared,
  generated: Prepared,
  { draws, seed, onStep }: { readonly draws: number; readonly seed: number; readonly onStep: (text: string) => void },
): Promise<string> => {
  const said: Said[] = []
  for (let draw = 0; draw < draws; draw++) {
    onStep(`draw ${draw + 1} of ${draws}`)
    const world = drawWorld(corpus.tracks, seed + draw)
    if (world) said.push(...(await transferOnce(corpus, generated, world)))
  }
  return alignColumns([
    ['labelled tracks', 'labels', 'trained', 'accuracy', 'macro-F1', 'dance', 'macro-F1', 'bars', 'HR.5F'],
    ...TRACK_COUNTS.flatMap((count) => WAYS.map((way) => lineOf(count, way, said))),
  ])
}
