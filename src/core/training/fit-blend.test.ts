import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { blendAnswers, crossFitBlend, fitBlend, logLoss, type PairedAnswers } from './fit-blend.ts'

const KINDS = 3

/** Answers that point to the truth by `own` and `other` at most, each with its own noise. */
const pairsOf = (labels: number, seed: number, own: number, other: number): PairedAnswers => {
  const random = createRandom(seed)
  const targets = Array.from({ length: labels }, () => Math.floor(random() * KINDS))
  const answersBy = (skill: number): number[][] =>
    targets.map((target) => {
      const scores = Array.from({ length: KINDS }, (_, kind) =>
        Math.exp(skill * Number(kind === target) + 2 * random()),
      )
      const whole = scores.reduce((sum, one) => sum + one, 0)
      return scores.map((score) => score / whole)
    })
  return { ours: answersBy(own), theirs: answersBy(other), targets, classCount: KINDS }
}
const ownAnswers = ({ ours }: PairedAnswers): Float32Array => Float32Array.from(ours.flatMap((one) => Array.from(one)))
const foldsOf = (labels: number): Uint8Array => Uint8Array.from({ length: labels }, (_, at) => at % 5)

test('a friend who knows as much gets about half of the say, and labels become likelier that had no part in that', () => {
  const pairs = pairsOf(400, 1, 2, 2)
  const { share } = fitBlend(pairs)
  expect(share).toBeGreaterThanOrEqual(0.4)
  expect(share).toBeLessThanOrEqual(0.6)
  expect(logLoss(crossFitBlend(pairs, foldsOf(400)), pairs)).toBeLessThan(0.9 * logLoss(ownAnswers(pairs), pairs))
})

test('who knows nothing, or calls things otherwise, gets no say', () => {
  expect(fitBlend(pairsOf(400, 2, 2, 0)).share).toBeLessThanOrEqual(0.1)
  const { theirs, ...pairs } = pairsOf(400, 3, 2, 3)
  const otherwise = { ...pairs, theirs: theirs.map((answer) => [answer[1]!, answer[2]!, answer[0]!]) }
  expect(fitBlend(otherwise).share).toBe(0)
  expect([...blendAnswers(otherwise, { share: 0, temperature: 1 })]).toEqual(
    [...ownAnswers(otherwise)].map((share) => expect.closeTo(share, 5)),
  )
})

test('no fold has a part in its own weight', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
      const pairs = pairsOf(40, seed, 1, 1)
      const folds = foldsOf(40)
      const before = crossFitBlend(pairs, folds)
      // Other truths in one fold change what is said of the others, never what is said of the fold.
      const changed = {
        ...pairs,
        targets: pairs.targets.map((target, at) => (folds[at] === 0 ? (target + 1) % 3 : target)),
      }
      const after = crossFitBlend(changed, folds)
      const ofFold = (answers: Float32Array): number[] =>
        [...answers].filter((_, at) => folds[Math.floor(at / 3)] === 0)
      expect(ofFold(after)).toEqual(ofFold(before))
    }),
    { numRuns: 20 },
  )
})
