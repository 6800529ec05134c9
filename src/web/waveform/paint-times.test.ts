import { expect, test } from 'vitest'
import { timesIn } from './paint-times.ts'

test('the times of a ruler do not touch, lie in view, and are those that a clock is read by', () => {
  expect(timesIn({ from: 0, to: 360, width: 1000 })).toEqual([
    0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360,
  ])
  expect(timesIn({ from: 61.5, to: 65.5, width: 400 })).toEqual([62, 63, 64, 65])
  expect(timesIn({ from: 0, to: 7200, width: 390 })).toEqual([0, 1800, 3600, 5400, 7200])
})
