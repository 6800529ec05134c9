import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { accessToken } from './access-token.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-token-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = (): string => join(folder, 'token')

test('a token is made once, kept for its owner only, and made anew when asked for', () => {
  const token = accessToken(folder)
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(accessToken(folder)).toBe(token)
  expect(statSync(file()).mode & 0o777).toBe(0o600)
  const other = accessToken(folder, { renew: true })
  expect(other).not.toBe(token)
  expect(accessToken(folder)).toBe(other)
  expect(readFileSync(file(), 'utf8')).toBe(`${other}\n`)
})

test.each([
  ['open to others', () => chmodSync(file(), 0o644)],
  ['empty', () => writeFileSync(file(), '')],
  ['too short to be one', () => writeFileSync(file(), 'secret\n')],
  [
    'a link',
    () => {
      const elsewhere = `${file()}-elsewhere`
      writeFileSync(elsewhere, readFileSync(file()), { mode: 0o600 })
      rmSync(file())
      symlinkSync(elsewhere, file())
    },
  ],
])('a token file that is %s is not believed, until another is made', (_, spoil) => {
  accessToken(folder)
  spoil()
  expect(() => accessToken(folder)).toThrow(expect.objectContaining({ code: 'TOKEN_UNAVAILABLE' }))
  expect(accessToken(folder, { renew: true })).toBe(accessToken(folder))
  expect(statSync(file()).mode & 0o777).toBe(0o600)
})

test('where it cannot be kept there is none', () => {
  expect(() => accessToken(join(folder, 'absent'))).toThrow(expect.objectContaining({ code: 'TOKEN_UNAVAILABLE' }))
})
