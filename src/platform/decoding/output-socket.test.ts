import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type OutputSocket, openOutputSocket } from './output-socket.ts'

const BYTES = 3_000_001
/** Writes bytes that do not repeat with any power of two, in pieces of odd lengths. */
const WRITER = `
  const bytes = Buffer.from(Array.from({ length: ${BYTES} }, (_, n) => n % 251))
  const { writeSync } = require('node:fs')
  for (let at = 0, size = 1; at < bytes.length; size = (size * 7) % 99_991)
    at += writeSync(1, bytes, at, Math.min(size, bytes.length - at))`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'out-'))
  vi.stubEnv('TMPDIR', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const run = (output: OutputSocket, program: string, args: readonly string[] = []) => {
  const child = spawn(program, args, { stdio: ['ignore', output.writer, 'ignore'] })
  output.writer.destroy()
  return child
}

/** Windows reads the pipes that Node makes. */
const here = test.skipIf(process.platform === 'win32')

here('every byte that a child writes arrives in order, in one room that is read into again and again', async () => {
  const output = (await openOutputSocket())!
  expect(readdirSync(folder)).toEqual([])
  const child = run(output, process.execPath, ['-e', WRITER])
  const hash = createHash('sha256')
  const rooms = new Set<ArrayBufferLike>()
  for await (const piece of output.pieces) {
    rooms.add(piece.buffer)
    hash.update(piece)
  }
  const expected = createHash('sha256').update(Buffer.from(Array.from({ length: BYTES }, (_, n) => n % 251)))
  expect(hash.digest('hex')).toBe(expected.digest('hex'))
  expect(rooms.size).toBe(1)
  if (child.exitCode === null) await once(child, 'exit')
  expect(child.exitCode).toBe(0)
})

here('who reads no further ends a child that goes on writing', async () => {
  const output = (await openOutputSocket())!
  const child = run(output, process.execPath, ['-e', `for (;;) require('node:fs').writeSync(1, 'x'.repeat(9999))`])
  const exited = once(child, 'exit')
  for await (const piece of output.pieces) {
    expect(piece[0]).toBe('x'.charCodeAt(0))
    break
  }
  await exited
  expect(child.exitCode).not.toBe(0)
})

here('of a child that cannot be started nothing is read', async () => {
  const output = (await openOutputSocket())!
  const failed = once(run(output, join(folder, 'no-such-program')), 'error').catch((error: unknown) => [error])
  for await (const _ of output.pieces) throw new Error('Something was read')
  expect((await failed)[0]).toMatchObject({ code: 'ENOENT' })
})

test('without a folder for it there is no such socket', async () => {
  vi.stubEnv('TMPDIR', join(folder, 'missing'))
  vi.stubEnv('TEMP', join(folder, 'missing'))
  expect(await openOutputSocket()).toBeNull()
})

here('in a folder whose name is too long there is none either, and nothing is left there', async () => {
  const long = join(folder, 'x'.repeat(120))
  mkdirSync(long)
  vi.stubEnv('TMPDIR', long)
  expect(await openOutputSocket()).toBeNull()
  expect(readdirSync(long)).toEqual([])
})
