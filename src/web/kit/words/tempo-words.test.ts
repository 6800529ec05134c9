import { expect, test } from 'vitest'
import { tempoWords } from './tempo-words.ts'

test('a tempo in the range stands alone; one that was brought into it says what it was', () => {
  expect(tempoWords(126, { from: 70, decimals: 1 })).toEqual({ text: '126.0', note: null })
  expect(tempoWords(174, { from: 0, decimals: 2 })).toEqual({ text: '174.00', note: null })
  expect(tempoWords(174, { from: 70, decimals: 1 })).toEqual({
    text: '87.0',
    note: '174.0 BPM by the grid, shown in your range from 70 to 140',
  })
})
