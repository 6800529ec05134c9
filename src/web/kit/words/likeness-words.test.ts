import { expect, test } from 'vitest'
import { energyText, keyText, scoreText, tempoText } from './likeness-words.ts'

test('shares are rounded down, so that nothing is closer than it is', () => {
  expect(scoreText(0.979)).toBe('closer than 97 % of your tracks')
  expect(scoreText(1, 'intros')).toBe('closer than 100 % of your intros')
})

test('what is not known is no difference', () => {
  expect([null, 0.04, -0.04, 2.53, -3].map(tempoText)).toEqual(['–', 'same tempo', 'same tempo', '+2.5 %', '−3.0 %'])
  expect([null, 0, 2, -1].map(energyText)).toEqual(['–', 'same', '+2', '−1'])
  expect([null, 'same', 'relative', 'other'].map((relation) => keyText(relation as 'same'))).toEqual([
    '',
    'same key',
    'mixes',
    'clashes',
  ])
})
