import { expect, test } from 'vitest'
import { staleReason } from './stale.ts'

const inputs = { audioDigest: 'a', gridDigest: 'g', featureSpecDigest: 's' }
const state = { ...inputs, cached: true }

test('nothing is stale while all digests agree and the cache is there', () => {
  expect(staleReason(inputs, state)).toBeNull()
})

test('each changed input makes it stale and is named', () => {
  expect(staleReason({ ...inputs, audioDigest: 'x' }, state)).toBe('audio changed')
  expect(staleReason({ ...inputs, gridDigest: 'x' }, state)).toBe('grid changed')
  expect(staleReason({ ...inputs, featureSpecDigest: 'x' }, state)).toBe('features changed')
  expect(staleReason(inputs, { ...state, cached: false })).toBe('cache is missing')
})

test('what was never analysed, or has no grid, is not analysed', () => {
  expect(staleReason(inputs, null)).toBe('not analysed')
  expect(staleReason({ ...inputs, gridDigest: null }, state)).toBe('not analysed')
})
