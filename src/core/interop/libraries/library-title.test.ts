import { expect, test } from 'vitest'
import { libraryTitle } from './library-title.ts'

test.each([
  ['rekordbox-xml', 'rekordbox', '7.0.9', 'rekordbox XML', 'rekordbox 7.0.9', 'rekordbox XML'],
  ['traktor-nml', 'Traktor', '19', 'Traktor NML', 'Traktor', 'Traktor NML 19'],
  ['engine', 'Engine DJ', '3.0.2', 'Engine DJ library', 'Engine DJ', 'Engine DJ library 3.0.2'],
  ['serato', 'Serato', null, 'Serato library', 'Serato', 'Serato library'],
] as const)('%s', (format, program, version, title, name, kind) => {
  expect(libraryTitle({ format, program, version, title })).toEqual({ name, kind })
})
