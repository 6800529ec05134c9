import { expect, test } from 'vitest'
import { storageError } from './storage-error.ts'
import { UserError } from './user-error.ts'

test.each([
  [11, 'DATABASE_DAMAGED'],
  [26, 'DATABASE_DAMAGED'],
  // An extended code: SQLITE_CORRUPT_INDEX.
  [779, 'DATABASE_DAMAGED'],
  [13, 'STORAGE_FULL'],
])('what SQLite calls %i is told as %s', (errcode, code) => {
  expect(storageError(Object.assign(new Error('database disk image is malformed'), { errcode }))).toMatchObject({
    code,
  })
})

test.each([
  [{ code: 'EACCES', path: '/home/dj/.local/share/algiers/models' }, 'Algiers has no access to models.'],
  [{ code: 'EPERM', path: 'C:\\Users\\dj\\algiers\\cache' }, 'Algiers has no access to cache.'],
  [{ errcode: 14 }, 'Algiers has no access to a file or folder that is needed here.'],
  [{ errcode: 3 }, 'Algiers has no access to a file or folder that is needed here.'],
])('what may not be opened is told by its name, without the folders that it lies in: %o', (members, message) => {
  expect(storageError(Object.assign(new Error('refused'), members))).toMatchObject({ code: 'ACCESS_DENIED', message })
})

test.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])(
  'a program that was moved while it runs is told as that: %s',
  (code) => {
    expect(storageError(Object.assign(new Error('Cannot find module'), { code }))).toMatchObject({
      code: 'PROGRAM_GONE',
    })
  },
)

test('what a person is told already, and what is a bug, stay as they are', () => {
  const told = new UserError('STORAGE_FULL', 'full')
  const bug = Object.assign(new Error('no such table'), { errcode: 1 })
  expect([storageError(told), storageError(bug)]).toEqual([told, bug])
})
