import { expect, test } from 'vitest'
import { barsOfMove, changedMove } from './move-bars.ts'

const metres = [
  { beatsPerBar: 4, firstDownbeat: 1 },
  { beatsPerBar: 4, firstDownbeat: 0 },
] as const
const move = { fromBeat: 257, toBeat: 32, beats: 64, curve: 'bass swap' as const, bassSwapBeat: 32, nudgeMs: 5 }

test('bars count from 1 in each track, and the swap is a bar of the next one', () => {
  expect(barsOfMove(move, metres, 1)).toEqual({ fromBar: 65, toBar: 9, bars: 16, swapBar: 17 })
  expect(barsOfMove(move, metres, 2)).toMatchObject({ swapBar: 25 })
})

test('what is changed is changed, and the rest stays as it was', () => {
  expect(changedMove(move, { fromBar: 61 }, metres, 1)).toEqual({ ...move, fromBeat: 241 })
  expect(changedMove(move, { toBar: 1 }, metres, 1)).toEqual({ ...move, toBeat: 0 })
  // Half way of the window stays half way.
  expect(changedMove(move, { bars: 8 }, metres, 1)).toEqual({ ...move, beats: 32, bassSwapBeat: 16 })
  expect(changedMove(move, { swapBar: 13 }, metres, 1)).toEqual({ ...move, bassSwapBeat: 16 })
  expect(changedMove(move, { swapBar: 99 }, metres, 1)).toEqual({ ...move, bassSwapBeat: 64 })
})
