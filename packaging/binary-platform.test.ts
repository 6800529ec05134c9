import { expect, test } from 'vitest'
import { binaryPlatform } from './binary-platform.ts'

/** A header that is zero but for these numbers. */
const header = (...numbers: readonly [offset: number, value: number, bytes: 2 | 4][]): Buffer => {
  const bytes = Buffer.alloc(256)
  for (const [offset, value, size] of numbers) bytes.writeUIntLE(value, offset, size)
  return bytes
}
const elf = (machine: number): Buffer => header([0, 0x464c457f, 4], [18, machine, 2])
const machO = (processor: number): Buffer => header([0, 0xfeedfacf, 4], [4, processor, 4])
const pe = (machine: number): Buffer => header([0, 0x5a4d, 2], [0x3c, 128, 4], [128, 0x4550, 4], [132, machine, 2])

test.each([
  ['linux-x64', elf(62)],
  ['linux-arm64', elf(183)],
  ['linux-40', elf(40)],
  ['darwin-x64', machO(0x01000007)],
  ['darwin-arm64', machO(0x0100000c)],
  // Both in one: its header has the other order of bytes.
  ['darwin-several', Buffer.concat([Buffer.from('cafebabe', 'hex'), Buffer.alloc(64)])],
  ['win-x64', pe(0x8664)],
  ['win-arm64', pe(0xaa64)],
  ['win-x86', pe(0x14c)],
])('%s', (platform, bytes) => {
  expect(binaryPlatform(bytes)).toBe(platform)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', Buffer.from('#!/bin/sh\n'.repeat(20))],
  ['a program for DOS', header([0, 0x5a4d, 2], [0x3c, 128, 4])],
  ['a program for DOS that ends early', header([0, 0x5a4d, 2], [0x3c, 254, 4])],
  ['WebAssembly', Buffer.concat([Buffer.from('0061736d01000000', 'hex'), Buffer.alloc(64)])],
])('%s is no binary of a platform', (_name, bytes) => {
  expect(binaryPlatform(bytes)).toBeNull()
})

test('this Node is for this machine', async () => {
  const { open } = await import('node:fs/promises')
  const file = await open(process.execPath)
  const { buffer } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
  await file.close()
  expect(binaryPlatform(buffer)).toBe(`${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`)
})
