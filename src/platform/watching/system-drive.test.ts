import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { followingOf } from './following-of.ts'
import { isSystemDrive } from './system-drive.ts'

test('what Linux tells of itself is no drive with music, a folder of files is', async ({ skip }) => {
  skip(process.platform !== 'linux', 'other systems have no such drives')
  expect(await Promise.all(['/proc', '/proc/self', tmpdir()].map(isSystemDrive))).toEqual([true, true, false])
})

test('a whole machine is looked at from time to time: something in it changes at every moment', async () => {
  const typeOf = async (): Promise<number> => 0xef53
  expect(await followingOf('/', 'linux', typeOf)).toBe('interval')
  expect(await followingOf('/', 'darwin', typeOf)).toBe('interval')
  expect(await followingOf('/music', 'linux', typeOf)).toBe('watch')
  expect(await followingOf('D:\\', 'win32', typeOf)).toBe('watch')
})
