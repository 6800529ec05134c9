import { expect, test } from 'vitest'
import type { SectionKind } from '../labels/section-kind.ts'
import { type Contender, duel, type JudgedLabel } from './duel.ts'

const KINDS = ['intro', 'drop', 'outro', 'verse'] as const satisfies readonly SectionKind[]
const labels = Array.from(
  { length: 60 },
  (_, index): JudgedLabel => ({ track: `track ${index % 20}`, kind: KINDS[index % 3]! }),
)
/** Says the truth but for every so-many-th label. */
const wrongEvery = (step: number, kinds: readonly SectionKind[] = KINDS): Contender => ({
  kinds,
  answers: labels.map(({ kind }, index) => {
    const right = kinds.indexOf(kind)
    const said = index % step === step - 1 ? (right + 1) % kinds.length : right
    return kinds.map((_, at) => (at === said ? 0.9 : 0.1 / (kinds.length - 1)))
  }),
})

test('a difference beyond chance has a verdict, the other way round the opposite one', () => {
  const [good, bad] = [wrongEvery(60), wrongEvery(3)]
  expect(duel(labels, bad, good)).toMatchObject({ labels: 60, tracks: 20, verdict: 'worse' })
  expect(duel(labels, good, bad)).toMatchObject({ verdict: 'better', kinds: KINDS })
  expect(duel(labels, bad, good)!.difference).toBeCloseTo(-19 / 60, 10)
})

test('worse by two labels is not worse', () => {
  const close = duel(labels, wrongEvery(15), wrongEvery(30))!
  expect(close.difference).toBeLessThan(0)
  expect(close).toMatchObject({ verdict: 'open' })
  expect(close.band.high).toBeGreaterThan(0)
})

test('a model that knows fewer kinds is asked about those alone, and so is the other', () => {
  const few = wrongEvery(1000, ['intro', 'drop'])
  // It would say verse where it must choose between the two.
  const many: Contender = {
    kinds: KINDS,
    answers: labels.map(({ kind }) => KINDS.map((one) => (one === 'verse' ? 0.6 : one === kind ? 0.3 : 0.05))),
  }
  expect(duel(labels, few, many)).toMatchObject({
    kinds: ['intro', 'drop'],
    labels: 40,
    accuracy: [1, 1],
    difference: 0,
    verdict: 'open',
  })
})

test('what one may not be asked about counts for neither, and too little gives no answer', () => {
  const all = wrongEvery(60)
  const some: Contender = { ...all, answers: all.answers.map((answer, index) => (index % 2 ? answer : null)) }
  expect(duel(labels, all, some)).toMatchObject({ labels: 30 })
  const few: Contender = { ...all, answers: all.answers.map((answer, index) => (index < 9 ? answer : null)) }
  expect(duel(labels, all, few)).toBeNull()
  expect(duel(labels, all, { kinds: ['chorus', 'build'], answers: labels.map(() => [0.5, 0.5]) })).toBeNull()
})

test('one track alone is never enough for a verdict', () => {
  const here = labels.map((label) => ({ ...label, track: 'the one' }))
  expect(duel(here, wrongEvery(2), wrongEvery(1000))).toMatchObject({ tracks: 1, verdict: 'open' })
})
