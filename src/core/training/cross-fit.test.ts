import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { type CrossFitRequest, crossFit } from './cross-fit.ts'

const SAMPLES = 120
const COLUMNS = 6

/** Every track has its own sound and random classes, so only a model that has seen the track can know its class. */
const chanceByTrack = (): CrossFitRequest => {
  const random = createRandom(5)
  const tracks = Array.from({ length: SAMPLES / 4 }, () => ({
    sound: Array.from({ length: COLUMNS }, () => random() * 10),
    kind: random() < 0.5 ? 0 : 1,
  }))
  const trackOf = (sample: number) => tracks[sample >> 2]!
  return {
    block: {
      rows: Float32Array.from({ length: SAMPLES * COLUMNS }, (_, cell) => {
        const { sound } = trackOf(Math.floor(cell / COLUMNS))
        return sound[cell % COLUMNS]! + random() * 0.01
      }),
      rowCount: SAMPLES,
      columnCount: COLUMNS,
      owners: Int32Array.from({ length: SAMPLES }, (_, row) => row),
      shares: new Float32Array(SAMPLES).fill(1),
      songs: new Float32Array(SAMPLES),
    },
    targets: Array.from({ length: SAMPLES }, (_, sample) => trackOf(sample).kind),
    classCount: 2,
    folds: Array.from({ length: SAMPLES }, (_, sample) => (sample >> 2) % 5),
    options: {
      rounds: 40,
      leaves: 8,
      learningRate: 0.2,
      minLeaf: 2,
      l2: 1,
      columnFraction: 1,
      rowFraction: 0.8,
      seed: 1,
    },
    balance: 1,
  }
}

const accuracyOf = (logits: Float32Array, targets: ArrayLike<number>): number =>
  logits.reduce((right, logit, row) => right + (logit > 0 === (targets[row] === 1) ? 1 : 0), 0) / logits.length

test('out-of-fold logits know nothing of the fold: chance stays chance, though the final model knows its rows', async () => {
  const request = chanceByTrack()
  const { logits, fittedLogits } = await crossFit(request)
  expect(accuracyOf(fittedLogits, request.targets)).toBeGreaterThan(0.95)
  expect(accuracyOf(logits, request.targets)).toBeLessThan(0.68)
})

test('ends where held-out loss stops falling', async () => {
  const { rounds, trees } = await crossFit(chanceByTrack())
  expect(rounds).toBeLessThan(30)
  expect(trees.treeRoots.length).toBe(rounds)
})

test('folds are told apart in the reports, held-out loss included', async () => {
  const reports: (readonly [number | null, number | null])[] = []
  await crossFit(chanceByTrack(), {
    onRound: ({ fold, round, validationLoss }) => round === 1 && reports.push([fold, validationLoss]),
  })
  expect(reports.map(([fold]) => fold)).toEqual([0, 1, 2, 3, 4, null])
  expect(reports.at(-1)![1]).toBeNull()
  expect(reports.slice(0, 5).every(([, loss]) => loss! > 0.3)).toBe(true)
})

test('several members are trained on everything, and their mean is the model: what is said of folds stays the same', async () => {
  const request = chanceByTrack()
  const fits = new Set<number>()
  const one = await crossFit(request)
  const three = await crossFit({ ...request, members: 3 }, { onRound: ({ fit }) => fits.add(fit) })
  expect([...fits]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(three.trees.treeRoots.length).toBe(3 * three.rounds)
  expect(three.logits).toEqual(one.logits)
  const sizes = [one, three].map(({ fittedLogits }) => Math.hypot(...fittedLogits))
  expect(sizes[1]! / sizes[0]!).toBeGreaterThan(0.8)
  expect(sizes[1]! / sizes[0]!).toBeLessThan(1.2)
  expect(three.fittedLogits).not.toEqual(one.fittedLogits)
})
