import { expect, test } from 'vitest'
import { tidyVersionWords } from './version-words.ts'

test('a name is a line and notes are lines, without what cannot be seen, and no longer than can be typed', () => {
  expect(tidyVersionWords({ name: ' Club\u0000\u001b\n\u202e night ', notes: ' one\r\ntwo\u0007 ' })).toEqual({
    name: 'Club  night',
    notes: 'one\ntwo',
  })
  expect(tidyVersionWords({ name: '\u0000 \n', notes: null })).toEqual({ name: null, notes: null })
  const long = tidyVersionWords({ name: 'x'.repeat(1e6), notes: 'y'.repeat(1e6) })
  expect([long.name?.length, long.notes?.length]).toEqual([80, 4000])
})
