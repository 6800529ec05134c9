/**
 * What a model is worth that learnt from the cues of another DJ program instead of the truth: some of them missing, some with the name of another
 * kind, all of them a few milliseconds off. Measured on given spans of tracks left out, by the span head alone, in two ways.
 * As in the product the training begins from a model of other music, which knows two fifths of the corpus and generated tracks; the person has two
 * other fifths, and the last fifth is judged. Or the training begins from nothing, and the person has four fifths.
 */

import { beatsToSeconds } from '../../src/core/beats/beat-grid.ts'
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import type { SectionKind } from '../../src/core/labels/section-kind.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { DOUBTED_CHANCE } from '../../src/core/training/doubted-chance.ts'
import { scorePairs } from './figure.ts'
import { foldTracks, layGrids, type Prepared } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { alignColumns } from './table.ts'
import {
  labelIdOf,
  labelSpans,
  type SpanModel,
  type TrainedSpans,
  toTraining,
  trainSpans,
  trainSpansFrom,
} from './train.ts'
import { importTrack, type Recovered, trueKind, WRITTEN } from './written-cues.ts'

const TRUTH = 'the truth'
/** The worst cues, once the person has answered what is doubted of them. */
const WORST = Object.keys(WRITTEN).at(-1)!
const ANSWERED = `${WORST}, doubted ones answered`
const LEARNT_FROM = [TRUTH, ...Object.keys(WRITTEN), ANSWERED]
const BASE_ALONE = 'the model of other music alone'

type Doubted = { readonly labels: number; readonly wrong: number; readonly doubted: number; readonly found: number }

const doubtedIds = (outOfFold: TrainedSpans['outOfFold']): ReadonlySet<string> =>
  new Set(outOfFold.filter(({ chance }) => chance < DOUBTED_CHANCE).map(({ labelId }) => labelId))

/** Labels that models trained on the other folds do not believe, and how many of these are wrong. */
const countDoubted = (
  { outOfFold }: TrainedSpans,
  truth: readonly GriddedTrack[],
  imported: readonly GriddedTrack[],
): Doubted => {
  const doubted = doubtedIds(outOfFold)
  const judged = imported.flatMap((gridded, at) =>
    toTraining(gridded).labels.map(({ id, kind, startBeat, endBeat }) => {
      const { grid, track } = truth[at]!
      const isWrong = trueKind(track, beatsToSeconds(grid, startBeat), beatsToSeconds(grid, endBeat)) !== kind
      return { isWrong, isDoubted: doubted.has(id) }
    }),
  )
  return {
    labels: judged.length,
    wrong: judged.filter(({ isWrong }) => isWrong).length,
    doubted: judged.filter(({ isDoubted }) => isDoubted).length,
    found: judged.filter(({ isWrong, isDoubted }) => isWrong && isDoubted).length,
  }
}

/** What is brought in once the person has looked at the labels that are doubted and given them their kinds. */
const answered = (
  { outOfFold }: TrainedSpans,
  truth: readonly GriddedTrack[],
  imported: readonly GriddedTrack[],
): readonly GriddedTrack[] => {
  const doubted = doubtedIds(outOfFold)
  return imported.map((gridded, at) => ({
    ...gridded,
    track: {
      ...gridded.track,
      segments: gridded.track.segments.map((segment, n) =>
        doubted.has(labelIdOf(gridded, n))
          ? { ...segment, label: trueKind(truth[at]!.track, segment.start, segment.end) }
          : segment,
      ),
    },
  }))
}

type Pair = { readonly truth: SectionKind; readonly predicted: SectionKind }

const judge = (head: SpanModel, test: readonly GriddedTrack[]): readonly Pair[] =>
  test.flatMap((gridded) => {
    const said = labelSpans(head, gridded)
    return gridded.track.segments.flatMap(({ label, counts }, n) =>
      label && counts ? [{ truth: label, predicted: said[n]!.label }] : [],
    )
  })

/** What was said and seen, by what was learnt from. */
const notes = <Note>(names: readonly string[]) => {
  const all = new Map(names.map((name) => [name, [] as Note[]]))
  return { all, add: (name: string, found: readonly Note[]) => void all.get(name)!.push(...found) }
}

type Options = { readonly seed: number; readonly shuffles: number; readonly onFold: (text: string) => void }

export const evaluateImported = async (
  corpus: Prepared,
  generatedMusic: Prepared,
  { seed, shuffles, onFold }: Options,
): Promise<string> => {
  const fromNothing = notes<Pair>(LEARNT_FROM)
  const fromBase = notes<Pair>([BASE_ALONE, ...LEARNT_FROM])
  const recovered = notes<Recovered>(Object.keys(WRITTEN))
  const doubts = notes<Doubted>(Object.keys(WRITTEN))
  const tracks = await layGrids(corpus.tracks, shippedBarPhaseModel, corpus)
  const generated = await layGrids(generatedMusic.tracks, shippedBarPhaseModel, generatedMusic)
  for (let shuffled = 0; shuffled < shuffles; shuffled++) {
    const random = createRandom(seed + shuffled)
    const learnable = new Map<string, readonly GriddedTrack[]>([[TRUTH, tracks]])
    for (const [name, damage] of Object.entries(WRITTEN)) {
      const brought = tracks.map((gridded) => importTrack(gridded, damage, random))
      recovered.add(
        name,
        brought.map((one) => one.recovered),
      )
      learnable.set(
        name,
        brought.map(({ imported }) => imported),
      )
    }
    const folds = foldTracks(corpus.tracks, seed + shuffled)
    const foldCount = Math.max(...folds) + 1
    for (let fold = 0; fold < foldCount; fold++) {
      onFold(`shuffle ${shuffled + 1} of ${shuffles}, fold ${fold + 1}`)
      const inFolds = (all: readonly GriddedTrack[], steps: readonly number[]): readonly GriddedTrack[] =>
        all.filter((_, n) => steps.includes((folds[n]! - fold + foldCount) % foldCount))
      const test = inFolds(tracks, [0])
      const base = await trainSpansFrom([...inFolds(tracks, [1, 2]), ...generated], null)
      fromBase.add(BASE_ALONE, judge(base, test))
      for (const [name, all] of learnable) {
        const own = inFolds(all, [3, 4])
        const trained = await trainSpansFrom(own, base)
        fromBase.add(name, judge(trained, test))
        const others = inFolds(all, [1, 2, 3, 4])
        fromNothing.add(name, judge(await trainSpans(others), test))
        if (name === TRUTH) continue
        const doubting = await trainSpansFrom(others, null)
        const trueOthers = inFolds(tracks, [1, 2, 3, 4])
        doubts.add(name, [countDoubted(doubting, trueOthers, others)])
        if (name !== WORST) continue
        const ownAnswered = answered(trained, inFolds(tracks, [3, 4]), own)
        fromBase.add(ANSWERED, judge(await trainSpansFrom(ownAnswered, base), test))
        fromNothing.add(ANSWERED, judge(await trainSpans(answered(doubting, trueOthers, others)), test))
      }
    }
  }
  const scores = (pairs: ReadonlyMap<string, readonly Pair[]>): string[][] =>
    [...pairs].map(([name, said]) => {
      const { accuracy, macroF1 } = scorePairs(said)
      return [name, accuracy.toFixed(3), macroF1.toFixed(3)]
    })
  const shares = [...recovered.all].map(([name, counts]) => {
    const sum = (of: (one: Recovered) => number): number => counts.reduce((total, one) => total + of(one), 0)
    const [cues, closed] = [sum((one) => one.cues), sum((one) => one.closed)]
    return [
      name,
      String(cues),
      (sum(({ starts }) => starts) / cues).toFixed(3),
      String(closed),
      (sum(({ spans }) => spans) / closed).toFixed(3),
    ]
  })
  const looks = [...doubts.all].map(([name, counts]) => {
    const sum = (of: (one: Doubted) => number): number => counts.reduce((total, one) => total + of(one), 0)
    const [doubted, found, wrong] = [sum((one) => one.doubted), sum((one) => one.found), sum((one) => one.wrong)]
    return [
      name,
      String(sum(({ labels }) => labels)),
      String(wrong),
      String(doubted),
      doubted === 0 ? '' : (found / doubted).toFixed(2),
      wrong === 0 ? '' : (found / wrong).toFixed(2),
    ]
  })
  return [
    alignColumns([['from a model of other music, learnt from', 'accuracy', 'macro-F1'], ...scores(fromBase.all)]),
    alignColumns([['from nothing, learnt from', 'accuracy', 'macro-F1'], ...scores(fromNothing.all)]),
    alignColumns([
      ['cues', 'with a cue', 'begin within a beat', 'with cues at both ends', 'begin and end within a beat'],
      ...shares,
    ]),
    alignColumns([['cues', 'labels', 'wrong', 'doubted', 'doubted: wrong', 'wrong: doubted'], ...looks]),
  ].join('\n\n')
}
