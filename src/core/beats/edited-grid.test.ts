import fc from 'fast-check'
import { expect, test } from 'vitest'
import { modulo } from '../units/modulo.ts'
import { type BeatGrid, phraseStartAt } from './beat-grid.ts'
import { constantGrid } from './constant-grid.fixture.ts'
import { shiftPhrase } from './grid-edits.ts'

const GRID: BeatGrid = { ...constantGrid(120, 400), phraseConfidence: 1 }

test('phrases that begin anew near an end of the track are counted as before however far all are moved, and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -99, max: 99 }), fc.constantFrom(4, 8, 20, 384, 392, 396), (bars, begun) => {
      const grid: BeatGrid = { ...GRID, laterPhrases: [begun] }
      const moved = shiftPhrase(grid, bars)
      const back = shiftPhrase(moved, -bars)
      const later = moved.laterPhrases ?? []
      expect(later.every((beat, at) => beat > (later[at - 1] ?? 0) && beat < GRID.beatCount)).toBe(true)
      // Behind the place where they begin anew, and before it, but for two phrases around it.
      for (const [one, by] of [
        [moved, 4 * bars],
        [back, 0],
      ] as const)
        for (const beat of [399, begun + 32, begun - 32].filter((at) => at >= 0 && at < 400)) {
          const place = beat - phraseStartAt(grid, beat) - by
          expect(modulo(beat - phraseStartAt(one, beat), 16)).toBe(modulo(place, 16))
        }
    }),
  )
  expect(shiftPhrase({ ...GRID, laterPhrases: [200] }, 100)).toEqual({
    ...GRID,
    laterPhrases: [200],
    phraseConfidence: 1,
  })
})

test('where phrases begin anew several times, all of them move, but for a phrase at either end of the track', () => {
  expect(shiftPhrase({ ...GRID, laterPhrases: [4, 16] }, -2)).toEqual({ ...GRID, firstPhrase: 12, laterPhrases: [8] })
  const bar = fc.integer({ min: 1, max: 99 })
  const nearAnEnd = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 93, max: 99 }))
  fc.assert(
    fc.property(
      fc.integer({ min: -99, max: 99 }),
      fc.uniqueArray(fc.oneof(bar, nearAnEnd), { minLength: 2, maxLength: 6 }),
      (bars, begun) => {
        const grid: BeatGrid = { ...GRID, laterPhrases: begun.map((at) => 4 * at).toSorted((a, b) => a - b) }
        const moved = shiftPhrase(grid, bars)
        const rest = (4 * bars) % 16
        const by = Math.abs(rest) > 8 ? rest - 16 * Math.sign(rest) : rest
        const placeIn = (one: BeatGrid, beat: number): number => modulo(beat - phraseStartAt(one, beat), 16)
        for (let beat = 16; beat < 384; beat += 4) expect(placeIn(moved, beat)).toBe(placeIn(grid, beat - by))
      },
    ),
  )
})
