import { expect, test } from 'vitest'
import { BANDS, type BarSounds, HITS, MOST_BYTE, PITCHES, powerByte } from './bar-sounds.ts'
import { type OverlapSide, reckonApart, reckonRub, reckonShared, reckonStep } from './reckon-overlap.ts'

const BARS = 32
type Bar = { readonly level?: number; readonly note?: number; readonly band?: number; readonly hit?: number }

/** Each bar with one note, in one band, with one place that is struck on every beat. */
const soundsOf = (barAt: (bar: number) => Bar): BarSounds => {
  const filled = (
    width: number,
    put: (bar: Bar, power: number) => readonly [at: number, value: number],
  ): Uint8Array => {
    const values = new Uint8Array(BARS * width)
    for (let bar = 0; bar < BARS; bar++) {
      const one = barAt(bar)
      const [at, value] = put(one, powerByte(10 ** ((one.level ?? 0) / 10)))
      values[bar * width + at] = value
    }
    return values
  }
  return {
    bars: BARS,
    low: new Uint8Array(BARS),
    high: filled(1, (_, power) => [0, power]),
    tones: filled(1, (_, power) => [0, power]),
    bands: filled(BANDS, ({ band = 0 }, power) => [band, power]),
    chroma: filled(PITCHES, ({ note = 0 }) => [note, MOST_BYTE]),
    hits: filled(HITS, ({ hit = 0 }) => [hit, MOST_BYTE]),
  }
}

type Other = Bar | ((bar: number) => Bar)

const sides = (one: Bar, other: Other, gain = 1): readonly [OverlapSide, OverlapSide] => [
  { sounds: soundsOf(() => one), gain: 1, start: 8, bars: 16 },
  { sounds: soundsOf(typeof other === 'function' ? other : () => other), gain, start: 4, bars: 16 },
]
const overlap = (one: Bar, other: Other): Readonly<Record<'rub' | 'shared' | 'apart', number>> => {
  const both = sides(one, other)
  return { rub: reckonRub(...both), shared: reckonShared(...both), apart: reckonApart(...both) }
}
const stepOf = (one: Bar, other: Other, { gain = 1, isCut = false } = {}): number | null =>
  reckonStep(...sides(one, other, gain), isCut)

test('two tracks as loud as each other keep their level, a trim evens out one that is not, and a hole is heard', () => {
  expect(stepOf({}, {})).toBeCloseTo(0, 5)
  expect(stepOf({ level: -12 }, { level: 0 }, { isCut: true })).toBeCloseTo(12, 5)
  expect(stepOf({ level: -12 }, { level: 0 }, { isCut: true, gain: 10 ** -1.2 })).toBeCloseTo(0, 5)
  // The next track falls silent as the first one has nearly gone.
  expect(stepOf({}, (bar) => ({ level: bar === 19 ? -60 : 0 }))).toBeGreaterThan(15)
  expect(stepOf({}, (bar) => ({ level: bar === 4 ? -60 : 0 }))).toBeLessThan(1)
})

test('seconds and the tritone rub, other intervals do not, and what is not heard does not either', () => {
  const rubAt = (note: number, level = 0): number => overlap({ note: 0 }, { note, level }).rub
  const rubs = Array.from({ length: 12 }, (_, note) => rubAt(note))
  expect(rubs.map((rub) => rub > 0.01)).toEqual(
    [1, 2, 6, 10, 11].reduce((all, at) => all.with(at, true), Array(12).fill(false)),
  )
  expect(rubs[1]).toBeCloseTo(2 * rubs[2]!, 6)
  expect(rubs[1]).toBeCloseTo(rubs[11]!, 6)
  expect(rubAt(1, -30)).toBeLessThan(0.05 * rubs[1]!)
})

test('the same band is shared and another one is not; hits are together or apart', () => {
  const [same, other] = [
    overlap({ band: 3, hit: 2 }, { band: 3, hit: 2 }),
    overlap({ band: 3, hit: 2 }, { band: 9, hit: 5 }),
  ]
  expect(same.shared).toBeCloseTo(1 - 2 / Math.PI, 2)
  expect(other.shared).toBe(0)
  expect(same.apart).toBeCloseTo(0.5, 6)
  expect(other.apart).toBe(1)
})

test('a window of twice the bars is laid over the same time', () => {
  const fast = soundsOf((bar) => ({ level: bar >= 4 && bar < 36 ? 0 : -60 }))
  const slow = { sounds: soundsOf(() => ({})), gain: 1, start: 8, bars: 8 }
  expect(reckonStep(slow, { sounds: fast, gain: 1, start: 4, bars: 16 }, false)).toBeCloseTo(0, 5)
  expect(reckonStep({ ...slow, sounds: { ...fast, bars: 0 } }, slow, false)).toBeNull()
})
