import fc from 'fast-check'
import { expect, test } from 'vitest'
import { titleOfFileName } from './title-of-file-name.ts'

test('the number of a track and the extension are no part of a title', () => {
  const titles = {
    '01 - Foo_Bar.mp3': 'Foo_Bar',
    '01 Foo.flac': 'Foo',
    '01. Foo.wav': 'Foo',
    '01.Foo.wav': 'Foo',
    '01_Foo.wav': 'Foo',
    '01-Foo.aiff': 'Foo',
    '12 - Foo.mp3': 'Foo',
    '12. Foo.mp3': 'Foo',
    '(03) Foo.mp3': 'Foo',
    '[11] Foo.mp3': 'Foo',
    '1-01 Foo.m4a': 'Foo',
    '2-11 - Foo.m4a': 'Foo',
    '07 – Artist - Foo (Original Mix).mp3': 'Artist - Foo (Original Mix)',
    '02 - 99 Problems.mp3': '99 Problems',
    '01 7 Days.mp3': '7 Days',
  }
  for (const [name, title] of Object.entries(titles)) expect(titleOfFileName(name), name).toBe(title)
})

test('a number that may be the title stays', () => {
  const titles = [
    '7 Days',
    '99 Problems',
    '2step',
    '1-800-273-8255',
    '100% Pure Love',
    '9 to 5',
    '3.14',
    '4.33 Minutes',
    '24-7',
    '12-inch mix',
    '1999',
    '808',
    '#1 Crush',
    '01',
    '01 -',
  ]
  for (const title of titles) expect(titleOfFileName(`${title}.mp3`), title).toBe(title)
})

test('only the end of the name is an extension', () => {
  expect(titleOfFileName('Mr. Fingers.wav')).toBe('Mr. Fingers')
  expect(titleOfFileName('.mp3')).toBe('.mp3')
  expect(titleOfFileName('no extension')).toBe('no extension')
})

test('a title is never empty, and is always a part of the name', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((name) => name.trim() !== ''),
      (name) => {
        const title = titleOfFileName(name)
        expect(title.length).toBeGreaterThan(0)
        expect(name).toContain(title)
      },
    ),
  )
})
