import { expect, test } from 'vitest'
import { KEY_NOTATIONS, keyInNotation, parseKey } from './key-notation.ts'

const WHEEL = ['A', 'B'].flatMap((letter) => Array.from({ length: 12 }, (_, hour) => `${hour + 1}${letter}`))

test('every key comes back from every notation', () => {
  for (const notation of KEY_NOTATIONS) {
    const written = WHEEL.map((camelot) => keyInNotation(camelot, notation))
    expect(new Set(written).size).toBe(24)
    expect(written.map(parseKey)).toEqual(WHEEL)
  }
})

test('keys stand as DJ programs write them', () => {
  const written = (camelot: string): readonly string[] =>
    KEY_NOTATIONS.map((notation) => keyInNotation(camelot, notation))
  expect(written('8B')).toEqual(['8B', '1d', 'C'])
  expect(written('8A')).toEqual(['8A', '1m', 'Am'])
  expect(written('1B')).toEqual(['1B', '6d', 'B'])
  expect(written('3A')).toEqual(['3A', '8m', 'B♭m'])
  expect(written('7B')).toEqual(['7B', '12d', 'F'])
  expect(written('11A')).toEqual(['11A', '4m', 'F♯m'])
})

test('keys are understood as tags of files have them, and nothing else is taken for a key', () => {
  const keys = {
    'F#m': '11A',
    Abm: '1A',
    'A# minor': '3A',
    Cmaj: '8B',
    'C major': '8B',
    'Gb min': '11A',
    '08A': '8A',
    '4a': '4A',
    '12D': '7B',
    Cb: '1B',
    'E♭ dur': '5B',
    am: '8A',
    DM: '10B',
    'A Minor': '8A',
    'C MAJOR': '8B',
    'F-sharp Minor': '11A',
    'E-Flat major': '5B',
    'c-Moll': '5A',
    'C-Dur': '8B',
    BB: '6B',
  }
  for (const [text, camelot] of Object.entries(keys)) expect(parseKey(text), text).toBe(camelot)
  for (const text of ['', '13A', '0A', 'H', 'o', 'Unknown', '8', 'Amen', '120']) expect(parseKey(text), text).toBeNull()
})
