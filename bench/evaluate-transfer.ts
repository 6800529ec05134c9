/**
 * What it is worth to begin from a base model. A world of some sources is drawn: some of its tracks are labelled, the others are judged. The base
 * model knows the other sources and generated tracks alone, so neither a track of the world nor its artist nor its kind of music.
 */
import type { SectionModel } from '../src/models/section-model.ts'
import { createRandom, shuffle } from '../src/support/random.ts'
import { groupOf } from '../src/training/grouped-folds.ts'
import { type GriddedTrack, type HeardTrack, laySides, type Prepared, predictTrack } from './evaluate-folds.ts'
import { scoreTrack, type TrackOutcome } from './evaluate-measures.ts'
import { alignColumns, scorePairs } from './evaluate-table.ts'
import { toTraining, trainModels } from './evaluate-train.ts'

const TRACK_COUNTS = [3, 5, 10, 20] as const
/** Tracks of a world that are judged, at least. */
const LEAST_JUDGED = 5

type World = {
  readonly labelled: readonly HeardTrack[]
  readonly judged: readonly HeardTrack[]
  readonly rest: readonly HeardTrack[]
}
type Way = 'from nothing' | 'from the base model' | 'the base model alone'
type Said = { readonly labels: number; readonly outcomes: Readonly<Record<Way, readonly TrackOutcome[]>> }

const groupOfTrack = ({ track }: HeardTrack): string => groupOf({ trackId: track.id, artist: track.artist })

/** @returns null where the sources that were drawn leave nothing to judge */
const drawWorld = (tracks: readonly HeardTrack[], count: number, seed: number): World | null => {
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

const judge = async (
  { labelled, judged }: { readonly labelled: readonly GriddedTrack[]; readonly judged: readonly GriddedTrack[] },
  from: SectionModel | null,
): Promise<readonly TrackOutcome[]> => {
  const models = await trainModels(labelled, from)
  return judged.map((track) => scoreTrack(track.track, predictTrack(models, track)))
}

const countLabels = (tracks: readonly GriddedTrack[]): { labels: number; kinds: number } => {
  const labels = tracks.flatMap((track) => toTraining(track).labels)
  return { labels: labels.length, kinds: new Set(labels.map(({ kind }) => kind)).size }
}

const transferOnce = async (corpus: Prepared, generated: Prepared, world: World): Promise<Said | null> => {
  const { rest, labelled, judged } = world
  const { features } = corpus
  const sides = await laySides(
    { tracks: [...rest, ...generated.tracks, ...labelled], features },
    { tracks: judged, features },
  )
  const baseTracks = sides.train.slice(0, rest.length + generated.tracks.length)
  const own = sides.train.slice(baseTracks.length)
  const { labels, kinds } = countLabels(own)
  // One kind teaches nothing to tell apart.
  if (kinds < 2) return null
  const base = await trainModels(baseTracks)
  const both = { labelled: own, judged: sides.test }
  return {
    labels,
    outcomes: {
      'from nothing': await judge(both, null),
      'from the base model': await judge(both, base.model),
      'the base model alone': sides.test.map((track) => scoreTrack(track.track, predictTrack(base, track))),
    },
  }
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

const lineOf = (way: Way, count: number, said: readonly Said[]): readonly string[] => {
  const outcomes = said.flatMap((one) => one.outcomes[way])
  const spans = scorePairs(outcomes.flatMap((track) => track.spans))
  const dance = scorePairs(outcomes.filter(({ isSong }) => !isSong).flatMap((track) => track.spans))
  const bars = scorePairs(outcomes.flatMap((track) => track.bars))
  const hits = outcomes.flatMap(({ hitHalfSecond }) => (hitHalfSecond ? [hitHalfSecond.f] : []))
  const figures = [spans.accuracy, spans.macroF1, dance.accuracy, dance.macroF1, bars.accuracy, mean(hits)]
  return [
    String(count),
    mean(said.map(({ labels }) => labels)).toFixed(0),
    way,
    ...figures.map((value) => value.toFixed(3)),
  ]
}

export const evaluateTransfer = async (
  corpus: Prepared,
  generated: Prepared,
  { draws, seed, onStep }: { readonly draws: number; readonly seed: number; readonly onStep: (text: string) => void },
): Promise<string> => {
  const rows: (readonly string[])[] = [
    ['labelled tracks', 'labels', 'trained', 'accuracy', 'macro-F1', 'dance', 'macro-F1', 'bars', 'HR.5F'],
  ]
  for (const count of TRACK_COUNTS) {
    const said: Said[] = []
    for (let draw = 0; draw < draws; draw++) {
      onStep(`${count} labelled tracks, draw ${draw + 1} of ${draws}`)
      const world = drawWorld(corpus.tracks, count, seed + 100 * draw)
      const one = world && (await transferOnce(corpus, generated, world))
      if (one) said.push(one)
    }
    for (const way of ['from nothing', 'from the base model', 'the base model alone'] as const)
      rows.push(lineOf(way, count, said))
  }
  return alignColumns(rows)
}
