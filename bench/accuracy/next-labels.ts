/**
 * How many labels, and key presses, it takes until a model is nearly as good as one that learnt from all: in the order that the program proposes,
 * and at random. Each seed holds other artists back; the spans are given, since it is their kinds that are asked for.
 */
import { mostLikely, scoreClassification } from '../../src/core/evaluation/classification-scores.ts'
import { SECTION_KINDS } from '../../src/core/labels/section-kind.ts'
import { nextToLabel } from '../../src/core/suggestions/next-to-label.ts'
import { partVectors, soundingPart } from '../../src/core/suggestions/part-vectors.ts'
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { createRowFit } from '../../src/core/training/fit-rows.ts'
import { foldsOfLabels } from '../../src/core/training/grouped-folds.ts'
import type { Prepared } from './folds.ts'
import { givenSpans } from './given-spans.ts'
import { meanOf } from './mean-of.ts'
import { alignColumns } from './table.ts'

const FOLDS = 4
const ROUNDS = 30
const ENOUGH = 0.9
/** A model is asked again after each of these numbers of labels. */
const STEPS = [8, 12, 16, 20, 26, 32, 40, 50, 64, 80, 100, 130] as const

type Point = { readonly labels: number; readonly presses: number; readonly macroF1: number }
type Order = 'proposed' | 'random'
/** What came of one seed: a line for each order, and what all labels give. */
type Seed = { readonly lines: Readonly<Record<Order, readonly Point[]>>; readonly final: number }
type Reached = { readonly labels: number; readonly presses: number }

const RESAMPLES = 400

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.round(share * (values.length - 1))]!

/** Where the mean of the lines first is as good as is wanted, between two steps as far as the line between them goes. */
const reach = (seeds: readonly Seed[], order: Order): Reached => {
  const wanted = ENOUGH * meanOf(seeds.map(({ final }) => final))
  const points = STEPS.map((_, step): Point => {
    const mean = (of: (point: Point) => number): number => meanOf(seeds.map(({ lines }) => of(lines[order][step]!)))
    return {
      labels: mean(({ labels }) => labels),
      presses: mean(({ presses }) => presses),
      macroF1: mean(({ macroF1 }) => macroF1),
    }
  })
  const after = points.findIndex(({ macroF1 }) => macroF1 >= wanted)
  if (after < 0) return points.at(-1)!
  const [before, there] = [points[after - 1] ?? { labels: 0, presses: 0, macroF1: 0 }, points[after]!]
  const share = (wanted - before.macroF1) / Math.max(1e-9, there.macroF1 - before.macroF1)
  return {
    labels: before.labels + share * (there.labels - before.labels),
    presses: before.presses + share * (there.presses - before.presses),
  }
}

const figuresOf = (seeds: readonly Seed[]): readonly number[] => {
  const [proposed, random] = [reach(seeds, 'proposed'), reach(seeds, 'random')]
  return [
    proposed.labels,
    random.labels,
    proposed.labels / random.labels,
    proposed.presses,
    random.presses,
    proposed.presses / random.presses,
  ]
}

const NAMES = [
  'labels, as proposed',
  'labels, at random',
  'share of the labels',
  'presses, as proposed',
  'presses, at random',
  'share of the presses',
] as const

type Options = { readonly seed: number; readonly shuffles: number; readonly onStep: (text: string) => void }

export const evaluateNext = async (corpus: Prepared, { seed, shuffles, onStep }: Options): Promise<string> => {
  const { gridded, samples, block, targets } = await givenSpans(corpus)
  const wholeOf = new Map(gridded.map((one) => [one.track.id, one.features]))
  const vectors = partVectors(
    samples.map(({ track, label }) =>
      soundingPart(label, { features: wholeOf.get(track.audioDigest)!, beats: track.matrix.beats }),
    ),
  )
  const classCount = SECTION_KINDS.length
  const trackIds = new Map(gridded.map(({ track }, id) => [track.id, id]))
  const seeds: Seed[] = []
  for (let draw = 0; draw < shuffles; draw++) {
    onStep(`next to label: seed ${seed + draw}`)
    const random = createRandom(seed + draw)
    const folds = foldsOfLabels(samples, { classCount, foldCount: FOLDS, seed: seed + draw })
    const test = [...samples.keys()].filter((sample) => folds[sample] === 0)
    const pool = [...samples.keys()].filter((sample) => folds[sample] !== 0)
    const fit = createRowFit({ block, targets, classCount, rounds: ROUNDS, seed: seed + draw }, {}, 1)
    const score = (said: Uint8Array): number => {
      const present = [...new Set(test.map((sample) => targets[sample]!))]
      const { classes } = scoreClassification(
        test.map((sample) => targets[sample]!),
        said,
        classCount,
      )
      return present.reduce((sum, kind) => sum + classes[kind]!.f1, 0) / present.length
    }
    const last = mostLikely(await fit(pool, test), classCount)
    const final = score(last)
    const lineOf = async (order: Order): Promise<readonly Point[]> => {
      const done: number[] = []
      let rest = shuffle(pool, random)
      let presses = 0
      let guesses = new Map<number, { readonly kind: number; readonly confidence: number }>()
      const points: Point[] = []
      for (const size of STEPS) {
        const wanted = Math.min(size, pool.length) - done.length
        const groups =
          order === 'proposed'
            ? nextToLabel(
                rest.map((sample) => ({
                  sample,
                  trackId: trackIds.get(samples[sample]!.track.audioDigest)!,
                  kind: SECTION_KINDS[guesses.get(sample)?.kind ?? 0]!,
                  confidence: guesses.get(sample)?.confidence ?? 0,
                  vector: vectors[sample]!,
                })),
                done.map((sample) => ({ kind: SECTION_KINDS[targets[sample]!]!, vector: vectors[sample]! })),
                wanted,
              ).map((group) => group.map(({ sample }) => sample))
            : rest.slice(0, wanted).map((sample) => [sample])
        for (const group of groups) {
          if (done.length >= Math.min(size, pool.length)) break
          // One press takes over what is proposed of a form; each that is something else takes one more.
          presses++
          for (const sample of group) {
            if (guesses.get(sample)?.kind !== targets[sample]) presses++
            done.push(sample)
          }
        }
        const taken = new Set(done)
        rest = rest.filter((sample) => !taken.has(sample))
        const said = await fit(done, [...test, ...rest])
        guesses = new Map(
          rest.map((sample, n) => {
            const own = said.subarray((test.length + n) * classCount, (test.length + n + 1) * classCount)
            const confidence = Math.max(...own)
            return [sample, { kind: own.indexOf(confidence), confidence }]
          }),
        )
        points.push({
          labels: done.length,
          presses,
          macroF1: score(mostLikely(said.subarray(0, test.length * classCount), classCount)),
        })
      }
      return points
    }
    seeds.push({ lines: { proposed: await lineOf('proposed'), random: await lineOf('random') }, final })
  }
  const random = createRandom(seed)
  const resampled = Array.from({ length: RESAMPLES }, () =>
    figuresOf(seeds.map(() => seeds[Math.floor(random() * seeds.length)]!)),
  )
  return [
    `Until macro-F1 on tracks of other artists reaches ${100 * ENOUGH} % of what all labels give (${meanOf(seeds.map(({ final }) => final)).toFixed(3)}), mean line of ${shuffles} seeds:`,
    alignColumns([
      ['', 'until then', '90 % band'],
      ...figuresOf(seeds).map((figure, row) => {
        const digits = NAMES[row]!.startsWith('share') ? 2 : 0
        const all = resampled.map((figures) => figures[row]!)
        return [
          NAMES[row]!,
          figure.toFixed(digits),
          `${at(all, 0.05).toFixed(digits)} to ${at(all, 0.95).toFixed(digits)}`,
        ]
      }),
    ]),
  ].join('\n\n')
}
