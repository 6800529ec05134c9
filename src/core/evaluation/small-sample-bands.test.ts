import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, type Random } from '../support/random.ts'
import { accuracyBand, differenceBand, meanOverKindsBand, type PairedTally, type Tally } from './small-sample-bands.ts'

/** Worlds in which labels of a track are alike: with this probability a label repeats the luck of its track. */
type World = { readonly share: number; readonly alike: number; readonly tracks: number; readonly labels: number }
const TRIALS = 400
const worlds = [0.6, 0.8, 0.9, 0.97].flatMap((share) =>
  [0, 0.2, 0.4].flatMap((alike) => [3, 5, 10, 30].map((tracks): World => ({ share, alike, tracks, labels: 6 }))),
)

/** The correlation of two labels of a track is `alike` squared, kept as such by drawing from it with its root. */
const draw = (random: Random, { share, alike, tracks, labels }: World): readonly Tally[] =>
  Array.from({ length: tracks }, () => {
    const luck = random() < share
    let right = 0
    for (let label = 0; label < labels; label++) if (random() < Math.sqrt(alike) ? luck : random() < share) right++
    return { samples: labels, right }
  })

/** Two contenders who are equally good, so that whatever sets them apart is chance. */
const drawPairs = (random: Random, { share, alike, tracks, labels }: World): readonly PairedTally[] =>
  Array.from({ length: tracks }, () => {
    const luck = [random() < share, random() < share]
    let [onlyFirst, onlySecond] = [0, 0]
    for (let label = 0; label < labels; label++) {
      const [first, second] = luck.map((own) => (random() < Math.sqrt(alike) ? own : random() < share))
      if (first && !second) onlyFirst++
      if (second && !first) onlySecond++
    }
    return { samples: labels, onlyFirst, onlySecond }
  })

/** How often, of TRIALS draws in each world, something holds. */
const shareOfTrials = (holds: (random: Random, world: World) => boolean): readonly (World & { held: number })[] =>
  worlds.map((world, index) => {
    const random = createRandom(index + 1)
    let held = 0
    for (let trial = 0; trial < TRIALS; trial++) if (holds(random, world)) held++
    return { ...world, held: held / TRIALS }
  })
const meanOf = (shares: readonly { readonly held: number }[]): number =>
  shares.reduce((sum, { held }) => sum + held, 0) / shares.length

test('a band of 90 % holds the truth about nine times in ten, with three tracks as with thirty, alike within tracks or not', () => {
  const held = shareOfTrials((random, world) => {
    const { low, high } = accuracyBand(draw(random, world))
    return low <= world.share && world.share <= high
  })
  expect(held.filter((world) => world.held < 0.84)).toEqual([])
  expect(meanOf(held)).toBeGreaterThan(0.9)
})

test('of two that are equally good, one is called worse in about one case of twenty at most', () => {
  const accused = shareOfTrials((random, world) => differenceBand(drawPairs(random, world)).high < 0)
  expect(accused.filter(({ held }) => held > 0.08)).toEqual([])
  expect(meanOf(accused)).toBeLessThan(0.05)
})

test('a clear difference is seen with as many tracks as a first training has', () => {
  const random = createRandom(7)
  let seen = 0
  for (let trial = 0; trial < TRIALS; trial++) {
    const tallies = Array.from({ length: 16 }, () => {
      let [onlyFirst, onlySecond] = [0, 0]
      for (let label = 0; label < 6; label++) {
        const chance = random()
        if (chance < 0.02) onlyFirst++
        else if (chance < 0.17) onlySecond++
      }
      return { samples: 6, onlyFirst, onlySecond }
    })
    if (differenceBand(tallies).high < 0) seen++
  }
  expect(seen / TRIALS).toBeGreaterThan(0.85)
})

test('all right says less than all right for ever, and the fewer tracks the less', () => {
  const allRight = (tracks: number): number =>
    accuracyBand(Array.from({ length: tracks }, () => ({ samples: 3, right: 3 }))).low
  expect(allRight(10)).toBeGreaterThan(0.7)
  expect(allRight(10)).toBeLessThan(0.95)
  expect([2, 5, 10, 40, 200].map(allRight)).toEqual([2, 5, 10, 40, 200].map(allRight).sort((a, b) => a - b))
  expect(accuracyBand([{ samples: 10, right: 10 }]).low).toBeLessThan(0.5)
  expect(accuracyBand([])).toEqual({ low: 0, high: 1 })
})

test('many tracks give a narrow band', () => {
  const { low, high } = accuracyBand(
    Array.from({ length: 400 }, (_, track) => ({ samples: 5, right: track % 5 === 0 ? 3 : 4 + (track % 2) })),
  )
  expect(high - low).toBeLessThan(0.05)
})

test('a band contains its figure, whatever the tracks, and a mean over kinds is never surer than the whole', () => {
  const tally = fc.nat(8).chain((more) => fc.nat(more + 1).map((right): Tally => ({ samples: more + 1, right })))
  fc.assert(
    fc.property(fc.array(tally, { minLength: 1, maxLength: 20 }), (tallies) => {
      const [samples, right] = [tallies.reduce((n, t) => n + t.samples, 0), tallies.reduce((n, t) => n + t.right, 0)]
      const share = right / samples
      const { low, high } = accuracyBand(tallies)
      expect(low).toBeLessThanOrEqual(share)
      expect(high).toBeGreaterThanOrEqual(share)
      expect(low === 1 || high === 0).toBe(false)
      const even = meanOverKindsBand(share, tallies, [samples / 2, samples / 2])
      const skewed = meanOverKindsBand(share, tallies, [samples * 0.9, samples * 0.1])
      expect(even.low).toBeCloseTo(low, 10)
      expect(skewed.low).toBeLessThanOrEqual(even.low + 1e-12)
    }),
  )
})
