import { expect, test } from 'vitest'
import { isLibraryDatabaseName } from './library-database-formats.ts'

test.each([
  ['Engine Library/Database2/m.db', true],
  ['M.DB', true],
  ['Engine Library/p.db', false],
  ['.mixxx/mixxxdb.sqlite', true],
  ['Thumbs.db', false],
])('%s is a library: %s', (name, expected) => {
  expect(isLibraryDatabaseName(name)).toBe(expected)
})
