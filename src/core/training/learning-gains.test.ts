import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { estimateGains, type GainInput, gainWords } from './learning-gains.ts'

const TRACKS = 40
const SAMPLES = 100
const every = Array.from({ length: TRACKS * SAMPLES }, (_, sample) => sample)
const targets = every.map((sample) => sample % 2)

/** 40 tracks of 100 labels, two kinds in turn; `right` labels of each track are predicted right. */
const told = (right: number): Uint8Array =>
  Uint8Array.from(every, (sample) => (sample % SAMPLES < right ? targets[sample]! : 1 - targets[sample]!))
const size = (share: number, ...predicted: readonly Uint8Array[]): GainInput['sizes'][number] => ({
  share,
  tracks: 32 * share,
  labels: [1600 * share, 1600 * share],
  predicted,
})
const input = (sizes: GainInput['sizes']): GainInput => ({
  sizes,
  targets,
  kinds: ['build', 'drop'],
  trackOf: every.map((sample) => `track ${Math.floor(sample / SAMPLES)}`),
  folds: every.map((sample) => Math.floor(sample / SAMPLES) % 5),
  seed: 1,
})

test('ten points a doubling are 3.2 points for a quarter more tracks, whatever a quarter of them gave', () => {
  const sizes = [size(0.25, told(10)), size(0.5, told(60)), size(0.75, told(66)), size(1, told(70))]
  const { gains, words } = estimateGains(input(sizes))
  // log2(50 / 40) × 0.1, to the rounding of 65.85 to 66
  expect(gains[0]!.gain).toBeCloseTo(0.0322, 3)
  expect(gains.map(({ kind, more }) => [kind, more])).toEqual([
    [null, 10],
    ['build', 20],
    ['drop', 20],
  ])
  // On 2,000 labels of a kind 20 more are a hundredth: a seventh of a point, which nobody needs to know.
  expect(gains[1]!.gain).toBeCloseTo(Math.log2(2020 / 2000) * 0.1, 4)
  expect(words).toEqual(['10 more labelled tracks are worth about +3 points of accuracy (between +3 and +3).'])
})

test('draws that disagree promise nothing', () => {
  const falling = [size(0.5, told(60), told(80)), size(0.75, told(65), told(75)), size(1, told(70))]
  const { gains, words } = estimateGains(input(falling))
  expect(gains[0]!.band.low).toBeLessThan(0)
  expect(gains[0]!.band.high).toBeGreaterThan(0)
  expect(words).toEqual([expect.stringContaining('within chance')])
})

test('a model that knows nothing has no curve worth a word, however it rises', () => {
  const { gains, words } = estimateGains(input([size(0.5, told(20)), size(0.75, told(35)), size(1, told(45))]))
  expect([gains, words]).toEqual([[], [expect.stringContaining('not clearly better')]])
})

test('a curve that is flat says so, and nothing rises above all', () => {
  const flat = estimateGains(input([size(0.5, told(80)), size(0.75, told(80)), size(1, told(80))]))
  expect(flat.words).toEqual([expect.stringContaining('The curve is flat: 10 more labelled tracks')])
  const steep = estimateGains(input([size(0.5, told(10)), size(0.75, told(60)), size(1, told(96))]))
  expect(steep.gains[0]!.gain).toBeCloseTo(0.04, 6)
})

test('chance alone is taken for a gain in at most one of twenty sets', () => {
  const small = every.slice(0, 1000)
  const claims = Array.from({ length: 40 }, (_, seed) => {
    const random = createRandom(seed)
    // Seven of ten right: better than the commonest kind, at every size.
    const guess = (): Uint8Array =>
      Uint8Array.from(small, (sample) => (random() < 0.7 ? targets[sample]! : 1 - targets[sample]!))
    const sizes = [size(0.5, guess(), guess()), size(0.75, guess(), guess()), size(1, guess())]
    const { trackOf, folds, kinds } = input(sizes)
    return estimateGains({
      sizes,
      targets: targets.slice(0, 1000),
      kinds,
      trackOf: trackOf.slice(0, 1000),
      folds,
      seed,
    })
  }).filter(({ words }) => words[0]!.includes('are worth'))
  expect(claims.length).toBeLessThanOrEqual(2)
})

test('the best is told first, and one point is a point', () => {
  const gain = (kind: 'build' | 'drop', share: number, low: number) =>
    ({ kind, more: 20, gain: share, band: { low, high: share + 0.02 } }) as const
  expect(gainWords([gain('drop', 0.01, 0.005), gain('build', 0.03, 0.01)])).toEqual([
    '20 more build labels are worth about +3 points of the F1 of build (between +1 and +5).',
    '20 more drop labels are worth about +1 point of the F1 of drop (between +1 and +3).',
  ])
})
