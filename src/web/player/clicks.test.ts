import { expect, test } from 'vitest'
import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import { clicksBetween } from './clicks.ts'

test('every beat clicks once, the first of a bar higher, however the time is cut into windows', () => {
  const grid = { ...constantGrid(120, 16, 0.25), firstDownbeat: 1 }
  const whole = clicksBetween(grid, 0, 100)
  expect(whole.map(({ seconds }) => seconds)).toEqual(Array.from({ length: 16 }, (_, beat) => 0.25 + beat / 2))
  expect(whole.flatMap(({ isDownbeat }, beat) => (isDownbeat ? [beat] : []))).toEqual([1, 5, 9, 13])
  const cut = Array.from({ length: 100 }, (_, window) => clicksBetween(grid, window * 0.1, (window + 1) * 0.1))
  expect(cut.flat().map(({ seconds }) => seconds)).toEqual(whole.map(({ seconds }) => seconds))
})
