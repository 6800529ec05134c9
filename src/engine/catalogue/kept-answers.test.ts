import { expect, test } from 'vitest'
import { keptAnswers } from './kept-answers.ts'

test('an answer is made once for a stamp, those asked for last are kept, and what failed is tried again', async () => {
  const made: string[] = []
  const kept = keptAnswers<string>(2)
  const ask = (name: string, stamp: string): Promise<string> =>
    kept(name, stamp, async () => {
      made.push(`${name} ${stamp}`)
      return `${name} ${stamp}`
    })
  expect(await Promise.all([ask('a', '1'), ask('a', '1'), ask('b', '1')])).toEqual(['a 1', 'a 1', 'b 1'])
  expect(await ask('a', '2')).toBe('a 2')
  expect(made).toEqual(['a 1', 'b 1', 'a 2'])
  await ask('b', '1')
  await ask('c', '1')
  expect(made).toHaveLength(4)
  await ask('b', '1')
  expect(made).toHaveLength(4)
  await ask('a', '2')
  expect(made.slice(4)).toEqual(['a 2'])
  await expect(kept('d', '1', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await ask('d', '1')).toBe('d 1')
})
