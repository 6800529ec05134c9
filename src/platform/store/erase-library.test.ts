import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eraseLibrary } from './erase-library.ts'
import { openStore } from './store.ts'

let folder: string
let dataDir: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-erase-'))
  dataDir = join(folder, 'data')
  openStore(dataDir).close()
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a library goes whole, and its folder with it', () => {
  for (const name of ['logs', 'demo']) mkdirSync(join(dataDir, name))
  for (const name of [
    'token',
    'server.json',
    'server.json.of-a-start',
    'logs/algiers.log',
    'demo/1.wav',
    'backups/algiers-day-2026-01-01.db',
  ])
    writeFileSync(join(dataDir, name), 'x')
  expect(eraseLibrary(dataDir)).toEqual([])
  expect(existsSync(dataDir)).toBe(false)
  openStore(dataDir).close()
})

test('music and whatever else lies there stays, also where a link leads to it', () => {
  const music = join(folder, 'music')
  mkdirSync(music)
  writeFileSync(join(music, 'song.wav'), 'sound')
  writeFileSync(join(dataDir, 'mine.wav'), 'sound')
  rmSync(join(dataDir, 'models'), { recursive: true })
  symlinkSync(music, join(dataDir, 'models'))
  expect(eraseLibrary(dataDir)).toEqual(['mine.wav'])
  expect(readdirSync(dataDir)).toEqual(['mine.wav'])
  expect(readFileSync(join(music, 'song.wav'), 'utf8')).toBe('sound')
})

test('a library that is open is not touched', () => {
  const store = openStore(dataDir)
  const before = readdirSync(dataDir).sort()
  expect(() => eraseLibrary(dataDir)).toThrow(expect.objectContaining({ code: 'ALREADY_RUNNING' }))
  expect(readdirSync(dataDir).sort()).toEqual(before)
  store.close()
})

test('a damaged library can be deleted, too', () => {
  writeFileSync(join(dataDir, 'algiers.db'), 'no database at all')
  expect(eraseLibrary(dataDir)).toEqual([])
})

test('where there is no library, nothing is deleted, and nothing is made', () => {
  const nowhere = join(folder, 'nowhere', 'data')
  expect(eraseLibrary(nowhere)).toBeNull()
  expect(existsSync(join(folder, 'nowhere'))).toBe(false)
})
