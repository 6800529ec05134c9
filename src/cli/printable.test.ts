import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printable } from './printable.ts'

test('control characters become escapes', () => {
  expect(printable('a\nb\x1b[31mc\x7f\u0085')).toBe('a\\x0ab\\x1b[31mc\\x7f\\x85')
  expect(printable('\u202egpj.exe\u2028')).toBe('\\u202egpj.exe\\u2028')
})

test('accents, emoji and other scripts stay as they are', () => {
  for (const name of ['Café 🎧', 'Cafe\u0301', 'Ночь', '夜']) expect(printable(name)).toBe(name)
})

test('whatever the name, one line comes out', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0x2fff)), (codes) => {
      const name = String.fromCodePoint(...codes)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
      expect(printable(name)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/)
    }),
  )
})
