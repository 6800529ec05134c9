import { expect, test } from 'vitest'
import { sectionEnergy } from './section-energy.ts'

const GRID = { firstDownbeat: 2, beatsPerBar: 4 }
const CURVE = [0, 0.25, 0.75, 1]

test('the energy of a section is the mean of its bars, from 1 to 10', () => {
  expect(sectionEnergy(CURVE, GRID, { startBeat: 2, endBeat: 6 })).toBe(1)
  expect(sectionEnergy(CURVE, GRID, { startBeat: 6, endBeat: 14 })).toBe(6)
  expect(sectionEnergy(CURVE, GRID, { startBeat: 14, endBeat: 40 })).toBe(10)
  // Before the first downbeat the first bar speaks.
  expect(sectionEnergy(CURVE, GRID, { startBeat: 0, endBeat: 2 })).toBe(1)
})

test('where the energy was not measured a section has none', () => {
  expect(sectionEnergy([], GRID, { startBeat: 0, endBeat: 8 })).toBeNull()
})
