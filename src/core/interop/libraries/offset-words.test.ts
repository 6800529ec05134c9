import { expect, test } from 'vitest'
import { offsetWords } from './offset-words.ts'

test('what all files have in common is one number; where they differ, the least and the most are told', () => {
  expect(offsetWords(-0.0263, [-0.027, -0.0255])).toBe('about 26 ms')
  expect(offsetWords(0.026)).toBe('about 26 ms')
  expect(offsetWords(0.0472, [-0.0264, 0.0478])).toBe('−26 to +48 ms, typically +47 ms')
})
