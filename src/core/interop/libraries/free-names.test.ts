import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileNameOf, freeNames } from './free-names.ts'

test.each([
  ['AC/DC: "Live"', 'AC DC   Live'],
  ['line\nbreak', 'line break'],
  ['con', '_con'],
  ['Aux.1', '_Aux.1'],
  ['Console', 'Console'],
  [' \t ', 'Untitled'],
])('%j as a name of a file', (name, expected) => {
  expect(fileNameOf(name)).toBe(expected)
})

test('names that are one where case or accents do not count get numbers', () => {
  const free = freeNames({ taken: ['Algiers.m3u8'] })
  const names = ['House', 'HOUSE', 'Cafe\u0301', 'Caf\u00e9', 'algiers'].map((name) => free(name, '.m3u8'))
  expect(names).toEqual(['House.m3u8', 'HOUSE 2.m3u8', 'Cafe\u0301.m3u8', 'Caf\u00e9 2.m3u8', 'algiers 2.m3u8'])
})

test('every list of names is told apart, and each name fits into a folder', () => {
  const stem = fc.oneof(
    fc.constantFrom('a', 'A', 'a 2'),
    fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400 }),
  )
  fc.assert(
    fc.property(fc.array(stem, { maxLength: 12 }), (stems) => {
      const free = freeNames()
      const names = stems.map((one) => free(fileNameOf(one), '.crate'))
      expect(new Set(names.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(names.length)
      for (const name of names) {
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(220)
        expect([name.endsWith('.crate'), name.isWellFormed()]).toEqual([true, true])
      }
    }),
  )
})
