import { expect, test } from 'vitest'
import { unplayableWords } from './unplayable-words.ts'

test('a format that only the browser does not know can still be labelled', () => {
  const { title, detail } = unplayableWords({ state: 'ok', failure: null, grid: {} })
  expect(title).toBe('This browser cannot play the track')
  expect(detail).toContain('you can still label it')
})

test('a broken file is said to be broken, and not that it can be labelled', () => {
  const failure = { code: 'AUDIO_DECODE_FAILED', detail: 'No frame could be decoded.' }
  const { title, detail } = unplayableWords({ state: 'failed', failure, grid: null })
  expect(title).toBe('This file cannot be played')
  expect(detail).toContain('No frame could be decoded. It cannot be labelled.')
})

test('of a file that nobody has read yet nothing is claimed', () => {
  const { detail } = unplayableWords({ state: 'not analysed', failure: null, grid: null })
  expect(detail).not.toContain('labelled')
  expect(unplayableWords(null).detail).toBe(detail)
})
