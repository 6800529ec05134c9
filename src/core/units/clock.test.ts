import { expect, test } from 'vitest'
import { clock, preciseClock } from './clock.ts'

test('minutes and seconds, cut off or with tenths', () => {
  expect([0, 7.99, 187, 3600].map(clock)).toEqual(['0:00', '0:07', '3:07', '60:00'])
  expect([0, 7.94, 187.25, 59.96, 119.99].map(preciseClock)).toEqual(['0:00.0', '0:07.9', '3:07.3', '1:00.0', '2:00.0'])
})
