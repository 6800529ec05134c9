import { expect, test } from 'vitest'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { createRandom } from '../support/random.ts'
import { likestShift } from './shifted-recording.ts'

const COLUMNS = ['level', 'pitch', 'noise']
const BEATS = 200

const recording = (seed: number): FeatureMatrix => {
  const random = createRandom(seed)
  return {
    columns: COLUMNS,
    beats: BEATS,
    values: Float32Array.from({ length: BEATS * COLUMNS.length }, () => random()),
  }
}

/** The same with a pause of some beats before it, encoded with a little loss. */
const delayed = ({ columns, values }: FeatureMatrix, pause: number): FeatureMatrix => {
  const random = createRandom(99)
  const heard = Float32Array.from(values, (value) => value + 0.05 * (random() - 0.5))
  return {
    columns,
    beats: BEATS + pause,
    values: Float32Array.from([...new Float32Array(pause * columns.length), ...heard]),
  }
}

/** What is left where some beats were cut off. */
const cut = ({ columns, beats, values }: FeatureMatrix, off: number): FeatureMatrix => ({
  columns,
  beats: beats - off,
  values: values.slice(off * columns.length),
})

test.each([
  ['with a pause before it', delayed(recording(1), 5), 5],
  ['without its first beats', cut(recording(1), 7), -7],
  ['as it is', recording(1), 0],
])('a recording is known again %s', (_, other, beats) => {
  const shift = likestShift(recording(1), other, 12)!
  expect(shift.beats).toBe(beats)
  expect(shift.difference).toBeLessThan(0.05)
})

test('another recording is as different as chance at every shift', () => {
  expect(likestShift(recording(1), recording(2), 12)!.difference).toBeGreaterThan(0.7)
})

test('two that have little in common are not compared', () => {
  expect(likestShift(recording(1), cut(recording(1), 150), 2)).not.toBeNull()
  expect(likestShift(recording(1), cut(recording(1), 30), 3)!.difference).toBeGreaterThan(0.7)
})
