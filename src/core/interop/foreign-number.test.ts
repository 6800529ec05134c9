import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readForeignNumber, readForeignTime } from './foreign-number.ts'

test.each([
  ['64', 64],
  ['-1.5', -1.5],
  ['−1,5', -1.5],
  ['120,5', 120.5],
  ['.5', 0.5],
  ['1.234,5', 1234.5],
  ['1,234.5', 1234.5],
  ['1,234,567', 1234567],
  ['1.234.567', 1234567],
  ["1'234.5", 1234.5],
  ['1 234,5', 1234.5],
  ['1\u202f234,5', 1234.5],
  ['6.4E+01', 64],
  ['6,4e1', 64],
  ['1.5e-3', 0.0015],
  [' 7 ', 7],
])('%j is the number %d', (text, value) => {
  expect(readForeignNumber(text)).toBe(value)
})

test.each(['', '  ', 'NaN', 'nan', 'null', 'None', 'N/A', '#N/A', '-', '–'])('%j says that there is none', (text) => {
  expect(readForeignNumber(text)).toBeNull()
  expect(readForeignTime(text)).toBeNull()
})

test.each(['x', '1.2.3,4.5', '12,34,5', '1-2', '0x10', 'Infinity', '1e999', '١', '1:2', '12. Mai'])(
  '%j is no number',
  (text) => {
    expect(readForeignNumber(text)).toBeUndefined()
  },
)

test.each([
  ['62.5', 62.5],
  ['1:02.5', 62.5],
  ['1:02,500', 62.5],
  ['01:01:02.25', 3662.25],
  ['75:00', 4500],
  ['62,5 s', 62.5],
  ['-0:01', -1],
])('%j is the time %d', (text, value) => {
  expect(readForeignTime(text)).toBe(value)
})

test.each(['1:60', '1:2:3:4', '1:99:00', '1:', ':30', '12:30 pm'])('%j is no time', (text) => {
  expect(readForeignTime(text)).toBeUndefined()
})

/** As spreadsheets of a country show a number with three decimals. */
const COUNTRIES = ['en', 'de', 'fr', 'de-CH', 'sv', 'pt-BR', 'ru'] as const
test('a number that a country writes is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -4e9, max: 4e9 }), fc.constantFrom(...COUNTRIES), (thousandths, country) => {
      const value = thousandths / 1000
      const text = value.toLocaleString(country, { minimumFractionDigits: 3 })
      expect(readForeignNumber(text)).toBeCloseTo(value, 6)
    }),
  )
})

test('a time on a clock is read back', () => {
  fc.assert(
    fc.property(fc.nat(40_000_000), fc.boolean(), fc.boolean(), (milliseconds, withHours, withComma) => {
      const [hours, rest] = withHours
        ? [Math.floor(milliseconds / 3_600_000), milliseconds % 3_600_000]
        : [null, milliseconds]
      const seconds = ((rest % 60_000) / 1000).toFixed(3).padStart(6, '0')
      const text = `${hours === null ? '' : `${hours}:`}${Math.floor(rest / 60_000)}:${seconds}`
      expect(readForeignTime(withComma ? text.replace('.', ',') : text)).toBeCloseTo(milliseconds / 1000, 6)
    }),
  )
})
