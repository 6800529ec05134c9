import { expect, test, vi } from 'vitest'

let kept: string | null = '{"isKeyLocked":false,"isGoingOn":"broken"}'
vi.stubGlobal('localStorage', { getItem: () => kept, setItem: (_name: string, text: string) => (kept = text) })
const { changePlayback, heardBpm, setTempoPercent, tempoPercentText, usePlayback } = await import('./playback.ts')

test('what was kept holds, and the rest is as usual', () => {
  expect(usePlayback.getState()).toEqual({
    tempoPercent: 0,
    isKeyLocked: false,
    isGoingOn: true,
    isRemainingShown: false,
  })
})

test('the tempo goes by tenths of a percent as far as the fader does, is no number that is none, and is not kept', () => {
  setTempoPercent(2.449)
  expect(usePlayback.getState().tempoPercent).toBe(2.4)
  setTempoPercent(900)
  expect(usePlayback.getState().tempoPercent).toBe(50)
  setTempoPercent(Number.NaN)
  expect(usePlayback.getState().tempoPercent).toBe(50)
  changePlayback({ isGoingOn: false })
  expect(JSON.parse(kept!)).toEqual({ isKeyLocked: false, isGoingOn: false, isRemainingShown: false })
})

test('the tempo that is shown is the one that is heard', () => {
  expect(heardBpm(128, { tempoPercent: 2.5 })).toBeCloseTo(131.2, 9)
  expect(heardBpm(128, { tempoPercent: -2.5 })).toBeCloseTo(124.8, 9)
  expect([2.5, -1, 0].map(tempoPercentText)).toEqual(['+2.5 %', '−1.0 %', '±0 %'])
})
