import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openObjects, prepareObjects } from './object-store.ts'

const MARKER = '.algiers-objects'

const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'object-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const noSql = (): never => {
  throw new Error('a folder asks no database')
}

test('a folder in use can be prepared again by many at once, and never looks as if nothing were mounted there', async () => {
  const folder = makeFolder()
  await prepareObjects(folder)
  const objects = openObjects(noSql, folder)
  let isDone = false
  const used = (async () => {
    while (!isDone) expect(await objects.get('peaks/ab/none')).toBeNull()
  })()
  await Promise.all(Array.from({ length: 100 }, () => prepareObjects(folder)))
  isDone = true
  await used
  expect(readdirSync(folder)).toEqual([MARKER])
})

test('a link in the place of the marker is replaced, and what it leads to is not touched', async () => {
  const folder = makeFolder()
  const other = join(makeFolder(), 'other')
  writeFileSync(other, 'theirs')
  symlinkSync(other, join(folder, MARKER))
  await prepareObjects(folder)
  expect(lstatSync(join(folder, MARKER)).isFile()).toBe(true)
  expect(readFileSync(other, 'utf8')).toBe('theirs')
})
