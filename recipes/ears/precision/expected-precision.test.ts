import { expect, test } from 'vitest'
import { evidenceAt, type Fired } from './expected-precision.ts'

/** So many pieces, of which so many fire. */
const pieces = (domain: string, truth: boolean | null, firing: number, of: number): readonly Fired[] =>
  Array.from({ length: of }, (_, at) => ({
    domain,
    truth,
    share: at < firing ? 0.5 : 0,
    isProduced: domain !== 'score',
  }))

test('with all that is true known, both ways bound the true precision from below', () => {
  // Of 400 produced pieces 100 hold the tag, 80 of which fire, as do 30 of the 300 others: right in 80 of 110.
  const produced = [...pieces('package', null, 80, 100), ...pieces('package', null, 30, 300)]
  const known = [...pieces('generator', true, 40, 50), ...pieces('generator', false, 5, 50)]
  const {
    precision,
    known: own,
    produced: other,
  } = evidenceAt(0.5, { pieces: [...produced, ...known], produced: [produced] })
  expect(own).toMatchObject({ firing: 45, holding: 40 })
  expect(own.precision).toBeCloseTo(40 / 45, 12)
  expect(other).toMatchObject({ pieces: 400, firing: 110, falseRate: 5.5 / 51 })
  expect(other.precision).toBeGreaterThan(0.6)
  expect(other.precision).toBeLessThan(80 / 110)
  expect(precision).toBe(other.precision)
  expect(evidenceAt(0.6, { pieces: [...produced, ...known], produced: [produced] }).precision).toBeNull()
})

test('a tag that fires as often where it cannot be is right in nothing', () => {
  const produced = pieces('package', null, 40, 100)
  const known = [...pieces('score', true, 10, 10), ...pieces('generator', false, 45, 100)]
  expect(evidenceAt(0.1, { pieces: known, produced: [produced] }).precision).toBe(0)
})

test('the worst domain and every stratum count, and too few pieces tell nothing', () => {
  const produced = [pieces('package', null, 90, 100), pieces('package', null, 2, 20)]
  const positives = pieces('score', true, 20, 20)
  const [good, bad] = [pieces('score', false, 0, 100), pieces('generator', false, 10, 20)]
  const at = (known: readonly Fired[]): ReturnType<typeof evidenceAt> => evidenceAt(0.5, { pieces: known, produced })
  expect(at([...positives, ...good, ...bad]).produced.falseRate).toBe(10.5 / 21)
  expect(at([...positives, ...good, ...bad]).produced.precision).toBe(0)
  const clean = pieces('generator', false, 0, 100)
  expect(at([...positives, ...good, ...clean]).produced.precision).toBeCloseTo(1 - 0.5 / 100.5, 10)
  expect(at([...positives, ...clean.slice(0, 14)]).precision).toBeNull()
  expect(at([...positives.slice(0, 4), ...clean]).precision).toBeNull()
  // Where it cannot be was only heard in rendered scores.
  expect(at([...positives, ...good]).precision).toBeNull()
})
