import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
const inModules = (...names: readonly string[]): string => join(folder, 'node_modules', ...names)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-link-'))
  mkdirSync(join(folder, 'scripts'))
  mkdirSync(inModules('.bin'), { recursive: true })
  copyFileSync(join(import.meta.dirname, 'link-node.js'), join(folder, 'scripts', 'link-node.mjs'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const link = (): Promise<unknown> => import(join(folder, 'scripts', 'link-node.mjs'))

test('the Node of this platform is linked where npm has not, and only there', async ({ skip }) => {
  skip(process.platform !== 'linux', 'packages of other platforms have other names')
  const program = inModules(`node-linux-${process.arch}`, 'bin', 'node')
  mkdirSync(join(program, '..'), { recursive: true })
  writeFileSync(program, 'the pinned one')
  await link()
  expect(readFileSync(inModules('.bin', 'node'), 'utf8')).toBe('the pinned one')
})

test('without a package for this platform nothing is linked', async () => {
  await link()
  expect(() => readFileSync(inModules('.bin', 'node'))).toThrow('ENOENT')
})
