import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wholeMatrix } from '../../core/features/whole-matrix.fixture.ts'
import { FeatureCache } from './feature-cache.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const key = { audioDigest: 'a', gridDigest: 'g', featureSpecDigest: 's' }
const awkward = [1, -2, 3.5, 0, 1e-9, 7]
const matrix = wholeMatrix(3, (beat, { name }) => awkward[(beat + name.length) % awkward.length]!)

test('a matrix is read back bit for bit, under its own key only', () => {
  const cache = new FeatureCache(folder)
  cache.write(key, matrix)
  expect(cache.read(key)).toEqual(matrix)
  for (const part of ['audioDigest', 'gridDigest', 'featureSpecDigest'] as const)
    expect(cache.read({ ...key, [part]: 'other' })).toBeNull()
})

test('a cut or changed file counts as not there', () => {
  const cache = new FeatureCache(folder)
  cache.write(key, matrix)
  const [name] = readdirSync(join(folder, 'features'))
  const path = join(folder, 'features', name!)
  const whole = readFileSync(path)
  const changed = Buffer.from(whole)
  changed[whole.length - 1]! ^= 1
  for (const damaged of [whole.subarray(0, -3), whole.subarray(0, 10), changed, Buffer.alloc(0)]) {
    writeFileSync(path, damaged)
    expect(cache.read(key)).toBeNull()
  }
})

test('a matrix of other columns is of another version, which counts as not there', () => {
  const cache = new FeatureCache(folder)
  const { beats, columns, values } = matrix
  for (const others of [columns.with(0, 'another name'), columns.toReversed(), columns.slice(1)]) {
    cache.write(key, { columns: others, beats, values: values.slice(0, beats * others.length) })
    expect(cache.read(key)).toBeNull()
  }
})

test('the folder may vanish at any time, and partial files are swept', () => {
  const cache = new FeatureCache(folder)
  cache.write(key, matrix)
  rmSync(folder, { recursive: true })
  expect(cache.read(key)).toBeNull()
  cache.write(key, matrix)
  writeFileSync(join(folder, 'features', '.partial-1'), 'x')
  cache.sweep()
  expect(readdirSync(join(folder, 'features'))).toHaveLength(1)
})
