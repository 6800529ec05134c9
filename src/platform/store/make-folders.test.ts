import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolders } from './make-folders.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-folders-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('folders are made that are missing, for their owner alone, and those that are there are left', () => {
  const before = statSync(folder).mode
  makeFolders(join(folder, 'a', 'b c', 'd'))
  makeFolders(join(folder, 'a', 'b c', 'd'))
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o700)
  expect(statSync(folder).mode).toBe(before)
})

test('what is in the way, or leads nowhere, is an error', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => makeFolders(join(folder, 'file'))).toThrow(expect.objectContaining({ code: 'EEXIST' }))
  expect(() => makeFolders(join(folder, 'file', 'below'))).toThrow(expect.objectContaining({ code: 'EEXIST' }))
  symlinkSync(join(folder, 'drive that is away'), join(folder, 'link'))
  expect(() => makeFolders(join(folder, 'link', 'library'))).toThrow()
})

test.skipIf(!existsSync('/proc/self'))('a folder that takes no other is tried once', () => {
  expect(() => makeFolders('/proc/algiers/library')).toThrow(expect.objectContaining({ code: 'ENOENT' }))
})
