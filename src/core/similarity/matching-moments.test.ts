import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import type { HeardWindows } from '../tags/heard-windows.ts'
import { matchingMoments } from './matching-moments.ts'

const WIDTH = 8
/** A recording of sounds that each last eight windows of a second; equal names sound alike. */
const heard = (names: string): HeardWindows => {
  const embeddings = [...names].flatMap((name) => {
    const random = createRandom(name.charCodeAt(0))
    const one = Array.from({ length: WIDTH }, () => random() - 0.5)
    const length = Math.hypot(...one)
    return Array.from({ length: 8 }, () => one.map((value) => value / length)).flat()
  })
  return { count: names.length * 8, seconds: 1, embeddings: Float32Array.from(embeddings), tags: new Float32Array() }
}

test('the seconds that sound alike are found, each once', () => {
  const [first, second, third] = matchingMoments(heard('xabyb'), heard('bqa'), 3)
  expect([first!.startSeconds, first!.otherStartSeconds].join()).toMatch(/^(8,16|16,0)$/)
  expect([second!.startSeconds, second!.otherStartSeconds].join()).toMatch(/^(8,16|16,0)$/)
  expect(first!.likeness).toBeCloseTo(1, 5)
  expect(second!.likeness).toBeCloseTo(1, 5)
  expect(third!.likeness).toBeLessThan(0.99)
  expect(third!.otherStartSeconds).toBe(8)
  expect(first!.seconds).toBe(8)
})

test('where nothing was heard nothing matches', () => {
  expect(matchingMoments(heard(''), heard('ab'), 3)).toEqual([])
  expect(matchingMoments({ ...heard('ab'), embeddings: new Float32Array() }, heard('ab'), 3)).toEqual([])
})
