import { expect, test } from 'vitest'
import { strangerTo } from './forms.ts'

const network = (name: string, ids: readonly string[], makers: readonly string[], digests: readonly string[] = []) => ({
  name,
  knows: { ids: new Set(ids), makers: new Set(makers), digests: new Set(digests) },
})
const candidates = [
  network('shipped', ['a', 'b'], ['artist ann', 'artist bob'], ['sound of a', 'sound of b']),
  network('without the first fold', ['b'], ['artist bob'], ['sound of b']),
  network('without the second fold', ['a'], ['artist ann'], ['sound of a']),
]
const chosen = (id: string, makers: readonly string[], audioDigest = `sound of ${id}`): string | undefined =>
  strangerTo(candidates, { id, makers, audioDigest })?.name

test('a track is asked of a network that knows neither it, nor its sound, nor its makers', () => {
  expect(chosen('c', ['artist cid'])).toBe('shipped')
  expect(chosen('a', ['artist ann'])).toBe('without the first fold')
  expect(chosen('b', [])).toBe('without the second fold')
  // Another track of the same artist, and the same sound under another name.
  expect(chosen('d', ['artist cid', 'artist bob'])).toBe('without the second fold')
  expect(chosen('e', [], 'sound of a')).toBe('without the first fold')
  expect(chosen('f', ['artist ann', 'artist bob'])).toBeUndefined()
})
