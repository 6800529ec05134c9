import { expect, test } from 'vitest'
import type { EvaluatedFit } from './evaluated-fit.ts'
import type { LabelSample } from './label-rows.ts'
import { scoreSections } from './scoreboard.ts'

test('a fold is scaled by the temperature of the others: its own mistakes do not make it humble', async () => {
  const count = 40
  // All predict class 1 at logit 2; fold 0 is wrong half of the time, fold 1 always right.
  const folds = Uint8Array.from({ length: count }, (_, sample) => (sample < count / 2 ? 0 : 1))
  const samples = Array.from(folds, (fold, sample) => ({
    target: fold === 0 ? sample % 2 : 1,
  })) as unknown as LabelSample[]
  const evaluated = {
    samples,
    kinds: ['build', 'drop'],
    folds,
    fit: { logits: new Float32Array(count).fill(2) },
  } as unknown as EvaluatedFit
  const options = {
    seed: 1,
    balance: 1,
    previous: null,
    rivals: [],
    knownToBase: new Set<string>(),
    withBaselines: false,
  }
  const { probabilities } = await scoreSections(evaluated, options)
  const saidBy = (sample: number): number => probabilities[sample * 2 + 1]!
  expect(saidBy(0)).toBeGreaterThan(0.95)
  expect(saidBy(count - 1)).toBeLessThan(0.7)
})
