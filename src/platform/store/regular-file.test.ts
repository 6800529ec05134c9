import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readingFailure, readRegularFile, statusAt } from './regular-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-regular-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = (name: string): string => join(folder, name)
const why = (path: string, mostBytes = 100): string => {
  try {
    return `read ${readRegularFile(path, mostBytes).length}`
  } catch (error) {
    return readingFailure(error)
  }
}

test('a file of any size up to the limit is read whole, through a link as well', () => {
  for (const length of [0, 1, 99, 100]) {
    writeFileSync(at('file'), 'x'.repeat(length))
    expect(readRegularFile(at('file'), 100).toString()).toBe('x'.repeat(length))
  }
  symlinkSync(at('file'), at('link'))
  expect(why(at('link'))).toBe('read 100')
  writeFileSync(at('file'), 'x'.repeat(101))
  expect(why(at('file'))).toBe('has more than 100 bytes')
})

test.skipIf(process.platform === 'win32')('what is no file is refused without being waited for', async () => {
  execFileSync('mkfifo', [at('pipe')])
  mkdirSync(at('folder'))
  symlinkSync('/dev/zero', at('endless'))
  symlinkSync(at('pipe'), at('link'))
  symlinkSync(at('loop'), at('loop'))
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(at('socket'), resolve))
  expect(['pipe', 'folder', 'endless', 'link', 'socket', 'loop', 'nothing'].map((name) => why(at(name)))).toEqual([
    'is a device or pipe',
    'is a folder',
    'is a device or pipe',
    'is a device or pipe',
    'is a device or pipe',
    'cannot be read (ELOOP)',
    'there is no such file',
  ])
  await new Promise((resolve) => server.close(resolve))
})

test.skipIf(process.platform !== 'linux')('a file of the system that says it is empty is read up to the limit', () => {
  expect(why('/proc/self/status', 1e6)).toMatch(/^read \d{3,}$/)
  expect(why('/proc/self/status', 10)).toBe('has more than 10 bytes')
})

test.skipIf(process.platform === 'win32')('where nothing can be reached nothing is seen, and nothing is thrown', () => {
  writeFileSync(at('file'), 'x')
  symlinkSync(at('loop'), at('loop'))
  symlinkSync(at('file'), at('link'))
  expect(statusAt(at('link'))?.size).toBe(1)
  expect(['nothing', 'loop', 'file/behind', 'x'.repeat(300)].map((name) => statusAt(at(name)))).toEqual(
    Array(4).fill(undefined),
  )
})
