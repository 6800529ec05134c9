import { expect, test } from 'vitest'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { createRandom } from '../support/random.ts'
import { findRepeats } from './find-repeats.ts'

const BEATS = 128
const COLUMNS = ['a', 'b', 'c', 'd', 'e', 'f']

/** Noise, but beats 72–103 are those of 16–47 again with a little noise of their own. */
const matrix = (): FeatureMatrix => {
  const random = createRandom(3)
  const values = Float32Array.from({ length: BEATS * COLUMNS.length }, () => random() - 0.5)
  const width = COLUMNS.length
  for (let index = 0; index < 32 * width; index++)
    values[72 * width + index] = values[16 * width + index]! + (random() - 0.5) * 0.1
  return { columns: COLUMNS, beats: BEATS, values }
}

test('what is played again is found where it is, and nothing else is', () => {
  const [repeat, ...others] = findRepeats(matrix(), { beatsPerBar: 4 }, { startBeat: 16, endBeat: 48 })
  expect([repeat!.startBeat, repeat!.endBeat, others]).toEqual([72, 104, []])
  expect(repeat!.similarity).toBeGreaterThan(0.95)
})

test('what begins otherwise is a repeat where enough of it follows, and none where too little does', () => {
  const played = matrix()
  const width = COLUMNS.length
  const random = createRandom(8)
  const withOther = (beats: number): FeatureMatrix => ({
    ...played,
    values: played.values.map((value, at) => (at >= 72 * width && at < (72 + beats) * width ? random() - 0.5 : value)),
  })
  const startsOf = (beats: number): number[] =>
    findRepeats(withOther(beats), { beatsPerBar: 4 }, { startBeat: 16, endBeat: 48 }).map(({ startBeat }) => startBeat)
  expect(startsOf(6)).toEqual([72])
  expect(startsOf(16)).toEqual([])
})

test('a track that is the same throughout is covered by repeats that do not overlap, and a column that never moves says nothing', () => {
  const bar = [1, 0, 0, 0]
  const values = Float32Array.from({ length: BEATS * 2 }, (_, index) => (index % 2 === 0 ? bar[(index / 2) % 4]! : 7))
  const repeats = findRepeats(
    { columns: ['kick', 'flat'], beats: BEATS, values },
    { beatsPerBar: 4 },
    { startBeat: 32, endBeat: 64 },
  )
  expect(repeats.map(({ startBeat }) => startBeat).sort((a, b) => a - b)).toEqual([0, 64, 96])
  for (const { similarity } of repeats) expect(similarity).toBeCloseTo(1, 5)
})
