import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LogFile } from './log-file.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('its size and the number of its files are bounded, and what is newest is kept', () => {
  const log = new LogFile(folder, { mostBytes: 1000 })
  for (let line = 0; line < 500; line++) log.append(`line ${line} ${'x'.repeat(40)}`)
  expect(readdirSync(log.folder).sort()).toEqual(['algiers.1.log', 'algiers.2.log', 'algiers.3.log', 'algiers.log'])
  for (const name of readdirSync(log.folder)) expect(statSync(join(log.folder, name)).size).toBeLessThan(1100)
  const lines = log.read().match(/line \d+/g)!
  expect(lines.at(-1)).toBe('line 499')
  expect(lines).toEqual(Array.from(lines, (_, at) => `line ${500 - lines.length + at}`))
  expect(lines.length).toBeGreaterThan(30)
})

test('what a process writes to it by itself is kept, and goes on after the file was full', async () => {
  const log = new LogFile(folder, { mostBytes: 200 })
  const handle = (await log.forProcess())!
  await handle.appendFile(`${'crash '.repeat(40)}\n`)
  log.append('next')
  await handle.appendFile('and on\n')
  await handle.close()
  expect(readFileSync(log.path, 'utf8')).toMatch(/^\S+ - next\nand on\n$/)
  expect(log.read()).toMatch(/^(?:crash ){40}\n\S+ - next\nand on\n$/)
})

test('a name cannot forge a line, hide one or move the cursor', () => {
  const log = new LogFile(folder)
  log.append('a\n2026-01-01T00:00:00.000Z all is well\u001b[2J\u202e\r\nb')
  expect(readFileSync(log.path, 'utf8').split('\n').slice(1)).toEqual([
    '    2026-01-01T00:00:00.000Z all is well·[2J·',
    '    b',
    '',
  ])
})

test('only the person can read it', () => {
  const log = new LogFile(folder)
  log.append('x')
  expect([statSync(log.folder).mode & 0o777, statSync(log.path).mode & 0o777]).toEqual([0o700, 0o600])
})

test('where it cannot be written everything else goes on', async () => {
  const log = new LogFile(folder)
  mkdirSync(log.path, { recursive: true })
  log.append('x')
  expect(await log.forProcess()).toBeNull()
  expect(log.read()).toBe('')
  const other = new LogFile(join(folder, 'file'))
  appendFileSync(join(folder, 'file'), '')
  other.append('x')
  expect(other.read()).toBe('')
})
