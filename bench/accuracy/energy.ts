/**
 * Whether energy as a second task makes kinds of given spans easier: as further columns, and as further targets, where each kind is two classes,
 * calmer and livelier parts of its track, whose probabilities are added. Span heads of equal length on the same grouped folds.
 */
import { bootstrapBand } from '../../src/core/evaluation/bootstrap-band.ts'
import { scoreClassification } from '../../src/core/evaluation/classification-scores.ts'
import { estimateEnergy } from '../../src/core/features/energy.ts'
import { SECTION_KINDS } from '../../src/core/labels/section-kind.ts'
import { energyOfSpan } from '../../src/core/sections/section-energy.ts'
import { createRowFit } from '../../src/core/training/fit-rows.ts'
import { foldsOfLabels } from '../../src/core/training/grouped-folds.ts'
import type { RowBlock } from '../../src/core/training/label-rows.ts'
import type { Prepared } from './folds.ts'
import { givenSpans } from './given-spans.ts'
import { alignColumns } from './table.ts'

const FOLDS = 5
const ROUNDS = 60
const WAYS = ['kinds alone', 'energy as columns', 'energy as a second task', 'both'] as const
const LEAST_PROBABILITY = 1e-4

type Way = (typeof WAYS)[number]
/** Of a label: its energy, and how far that lies above the middle of its track. */
type Energy = { readonly whole: number; readonly above: number }

const middleOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

const withColumns = (block: RowBlock, energies: readonly Energy[]): RowBlock => {
  const columnCount = block.columnCount + 2
  const rows = new Float32Array(block.rowCount * columnCount)
  for (let row = 0; row < block.rowCount; row++) {
    rows.set(block.rows.subarray(row * block.columnCount, (row + 1) * block.columnCount), row * columnCount)
    rows.set([energies[row]!.whole, energies[row]!.above], row * columnCount + block.columnCount)
  }
  return { ...block, rows, columnCount }
}

type Options = { readonly seed: number; readonly shuffles: number; readonly onStep: (text: string) => void }

export const evaluateEnergy = async (corpus: Prepared, { seed, shuffles, onStep }: Options): Promise<string> => {
  const { gridded, samples, block, targets } = await givenSpans(corpus)
  const curves = new Map(gridded.map((one) => [one.track.id, { ...one, ...estimateEnergy(one.features, one.grid) }]))
  const raw = samples.map(({ track, label }) => {
    const { curve, grid } = curves.get(track.audioDigest)!
    return energyOfSpan(curve, grid, label) ?? 0
  })
  const middles = new Map(
    [...Map.groupBy(samples.keys(), (at) => samples[at]!.track.audioDigest)].map(([id, places]) => [
      id,
      middleOf(places.map((at) => raw[at]!)),
    ]),
  )
  const energies = samples.map(
    ({ track }, at): Energy => ({
      whole: raw[at]!,
      above: raw[at]! - middles.get(track.audioDigest)!,
    }),
  )
  const classCount = SECTION_KINDS.length
  const twice = targets.map((target, at) => target + (energies[at]!.above > 0 ? classCount : 0))
  const said = new Map(WAYS.map((way) => [way, [] as { at: number; probabilities: Float32Array }[]]))
  for (let draw = 0; draw < shuffles; draw++) {
    onStep(`energy: shuffle ${draw + 1} of ${shuffles}`)
    const folds = foldsOfLabels(samples, { classCount, foldCount: FOLDS, seed: seed + draw })
    for (const way of WAYS) {
      const isTwo = way === 'energy as a second task' || way === 'both'
      const rows = way === 'energy as columns' || way === 'both' ? withColumns(block, energies) : block
      const width = isTwo ? 2 * classCount : classCount
      const ofRows = isTwo ? twice : targets
      const fit = createRowFit(
        { block: rows, targets: ofRows, classCount: width, rounds: ROUNDS, seed: seed + draw },
        {},
        1,
      )
      for (const fold of new Set(folds)) {
        const [test, train] = [true, false].map((isIn) =>
          [...samples.keys()].filter((at) => (folds[at] === fold) === isIn),
        )
        const answers = await fit(train!, test!)
        for (const [n, at] of test!.entries()) {
          const own = answers.subarray(n * width, (n + 1) * width)
          const probabilities = Float32Array.from(
            { length: classCount },
            (_, kind) => own[kind]! + (isTwo ? own[kind + classCount]! : 0),
          )
          said.get(way)!.push({ at, probabilities })
        }
      }
    }
  }
  const scoresOf = (way: Way, ids?: readonly string[]) => {
    const chosen =
      ids === undefined
        ? said.get(way)!
        : ids.flatMap((id) => said.get(way)!.filter(({ at }) => samples[at]!.track.audioDigest === id))
    const { accuracy, macroF1 } = scoreClassification(
      chosen.map(({ at }) => targets[at]!),
      chosen.map(({ probabilities }) => probabilities.indexOf(Math.max(...probabilities))),
      classCount,
    )
    const loss = chosen.reduce(
      (sum, { at, probabilities }) => sum - Math.log(Math.max(probabilities[targets[at]!]!, LEAST_PROBABILITY)),
      0,
    )
    return { accuracy, macroF1, logLoss: loss / chosen.length }
  }
  const ids = [...middles.keys()]
  const gainText = (way: Way): string => {
    const gain = (chosen: readonly number[]): number => {
      const some = chosen.map((place) => ids[place]!)
      return 100 * (scoresOf(way, some).accuracy - scoresOf('kinds alone', some).accuracy)
    }
    const { low, high } = bootstrapBand(ids.length, gain, { seed })
    return `${gain([...ids.keys()]).toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`
  }
  return [
    `${samples.length} labels of ${ids.length} tracks, ${shuffles} shuffles of ${FOLDS} grouped folds:`,
    alignColumns([
      ['learnt', 'accuracy', 'macro-F1', 'log loss', 'points more than kinds alone (90 % band over tracks)'],
      ...WAYS.map((way) => {
        const { accuracy, macroF1, logLoss } = scoresOf(way)
        return [
          way,
          accuracy.toFixed(3),
          macroF1.toFixed(3),
          logLoss.toFixed(3),
          way === 'kinds alone' ? '' : gainText(way),
        ]
      }),
    ]),
  ].join('\n\n')
}
