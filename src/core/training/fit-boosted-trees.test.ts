import { describe, expect, test } from 'vitest'
import { predictProbabilities } from '../models/boosted-trees.ts'
import { createRandom } from '../support/random.ts'
import { type BoostingInput, type BoostingOptions, fitBoostedTrees, fitBoostedTreesAsync } from './fit-boosted-trees.ts'

const OPTIONS: BoostingOptions = {
  rounds: 60,
  leaves: 8,
  learningRate: 0.2,
  minLeaf: 5,
  l2: 1,
  columnFraction: 1,
  rowFraction: 0.8,
  seed: 1,
  earlyStoppingRounds: null,
}

/** Four classes by the signs of two columns (neither says anything about the XOR pair alone); two more columns are noise. */
const quadrants = (rowCount: number, seed: number, classOf: (x: number, y: number) => number) => {
  const random = createRandom(seed)
  const rows = Float32Array.from({ length: rowCount * 4 }, () => random() * 2 - 1)
  const targets = Uint8Array.from({ length: rowCount }, (_, row) => classOf(rows[row * 4]!, rows[row * 4 + 1]!))
  return { rows, rowCount, targets, weights: new Float32Array(rowCount).fill(1) }
}

const xor = (x: number, y: number): number => (x > 0 !== y > 0 ? 1 : 0)
const threeWay = (x: number, y: number): number => (x > 0 ? (y > 0 ? 0 : 1) : 2)

const inputOf = (classCount: number, classOf: typeof xor, options: Partial<BoostingOptions> = {}): BoostingInput => ({
  ...quadrants(400, 1, classOf),
  columnCount: 4,
  classCount,
  options: { ...OPTIONS, ...options },
})

const accuracyOn = (trees: ReturnType<typeof fitBoostedTrees>, test: ReturnType<typeof quadrants>): number => {
  const probabilities = predictProbabilities(trees, test.rows, test.rowCount)
  let right = 0
  for (let row = 0; row < test.rowCount; row++) {
    const own = probabilities.subarray(row * trees.classCount, (row + 1) * trees.classCount)
    if (own.indexOf(Math.max(...own)) === test.targets[row]) right++
  }
  return right / test.rowCount
}

describe('what it learns', () => {
  test('an exclusive or, which no single column tells', () => {
    expect(accuracyOn(fitBoostedTrees(inputOf(2, xor)), quadrants(500, 2, xor))).toBeGreaterThan(0.93)
  })

  test('three classes from an interaction', () => {
    expect(accuracyOn(fitBoostedTrees(inputOf(3, threeWay)), quadrants(500, 2, threeWay))).toBeGreaterThan(0.93)
  })

  test('the weighted prior when there is nothing to split', () => {
    const rows = new Float32Array(10)
    const targets = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2]
    const weights = targets.map((target) => (target === 2 ? 8 : 1))
    const trees = fitBoostedTrees({
      rows,
      rowCount: 10,
      columnCount: 1,
      classCount: 3,
      targets,
      weights,
      options: { ...OPTIONS, rounds: 2, rowFraction: 1 },
    })
    const [first, second, third] = predictProbabilities(trees, Float32Array.of(0), 1)
    expect(first).toBeCloseTo(8 / 17, 2)
    expect(second).toBeCloseTo(1 / 17, 2)
    expect(third).toBeCloseTo(8 / 17, 2)
  })
})

describe('how it runs', () => {
  test('the same seed gives the same trees, another seed others', () => {
    const trees = fitBoostedTrees(inputOf(3, threeWay))
    expect(fitBoostedTrees(inputOf(3, threeWay))).toEqual(trees)
    expect(fitBoostedTrees(inputOf(3, threeWay, { seed: 2 }))).not.toEqual(trees)
  })

  test('the async form gives the same trees', async () => {
    expect(await fitBoostedTreesAsync(inputOf(2, xor))).toEqual(fitBoostedTrees(inputOf(2, xor)))
  })

  test('reports each round with losses that fall', () => {
    const losses: number[] = []
    fitBoostedTrees(inputOf(3, threeWay), { onRound: (round, trainLoss) => (losses[round - 1] = trainLoss) })
    expect(losses).toHaveLength(OPTIONS.rounds)
    expect(losses[0]).toBeLessThan(Math.log(3))
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 4)
    expect(losses.filter((loss, round) => round > 0 && loss > losses[round - 1]!).length).toBeLessThan(6)
  })

  test('stops early when the validation rows gain nothing, and keeps the best round', () => {
    const noise = createRandom(7)
    const shuffled = quadrants(400, 1, () => (noise() < 0.5 ? 0 : 1))
    const validation = quadrants(200, 3, () => (noise() < 0.5 ? 0 : 1))
    const losses: number[] = []
    const trees = fitBoostedTrees(
      { ...shuffled, validation, columnCount: 4, classCount: 2, options: { ...OPTIONS, earlyStoppingRounds: 10 } },
      { onRound: (_, __, validationLoss) => losses.push(validationLoss!) },
    )
    const best = losses.indexOf(Math.min(...losses)) + 1
    expect(losses.length).toBe(best + 10)
    expect(trees.treeRoots.length).toBe(best)
  })

  test('an abort ends it within a few rounds', async () => {
    const controller = new AbortController()
    let rounds = 0
    setTimeout(() => controller.abort(new Error('enough')), 5)
    const fit = fitBoostedTreesAsync(inputOf(3, threeWay, { rounds: 1_000_000 }), {
      signal: controller.signal,
      onRound: () => rounds++,
    })
    await expect(fit).rejects.toThrow('enough')
    expect(rounds).toBeLessThan(10_000)
  })
})
