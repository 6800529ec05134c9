import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DiskEffects, diskEffects } from './disk-effects.ts'
import { openStore, type Store } from './store.ts'

let folder = ''
let store: Store
const open = (effects: DiskEffects = diskEffects): void => {
  store?.close()
  store = openStore(folder, effects)
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-models-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const bytes = (seed: number): Uint8Array => Uint8Array.from({ length: 1000 }, (_, index) => (index * seed) % 251)
const publish = (seed: number): number => {
  const version = store.models.nextVersion()
  store.models.publish({ version, onnx: bytes(seed), card: { accuracy: seed / 10 } })
  return version
}
const modelFiles = (): readonly string[] => readdirSync(join(folder, 'models')).sort()
const failing = (code: string, after: number): DiskEffects => {
  let calls = 0
  const fail = (): void => {
    if (++calls > after) throw Object.assign(new Error(code), { code })
  }
  return {
    writeDurably: (path, content) => {
      // A full disk accepts part of the bytes before it refuses.
      if (calls >= after) writeFileSync(path, content.subarray(0, 100))
      fail()
      diskEffects.writeDurably(path, content)
    },
    rename: (from, to) => {
      fail()
      diskEffects.rename(from, to)
    },
    syncFolder: (path) => {
      fail()
      diskEffects.syncFolder(path)
    },
    remove: diskEffects.remove,
  }
}

test('what was published is read back with its card', () => {
  expect(publish(3)).toBe(1)
  const { onnx, card } = store.models.read(1)
  expect(onnx).toEqual(bytes(3))
  expect(card).toMatchObject({ accuracy: 0.3, model_file: 'dj_section_v1.onnx', bytes: 1000 })
  expect(modelFiles()).toEqual(['dj_section_v1.json', 'dj_section_v1.onnx'])
})

test('version numbers are never used twice, not even after the newest was deleted and the store reopened', () => {
  publish(1)
  publish(2)
  store.models.delete(2)
  open()
  expect(publish(3)).toBe(3)
  expect(store.models.versions()).toEqual([1, 3])
})

test('exactly the activated version is active; activating an older one is the way back', () => {
  publish(1)
  publish(2)
  expect(store.models.activeVersion()).toBeNull()
  store.models.activate(2)
  store.models.activate(1)
  open()
  expect(store.models.versions().map((version) => store.models.standing(version).active)).toEqual([true, false])
})

test('the active version cannot be deleted, unknown ones are not found', () => {
  publish(1)
  store.models.activate(1)
  expect(() => store.models.delete(1)).toThrow(expect.objectContaining({ code: 'MODEL_ACTIVE' }))
  expect(() => store.models.delete(9)).toThrow(expect.objectContaining({ code: 'MODEL_NOT_FOUND' }))
  expect(() => store.models.activate(9)).toThrow(expect.objectContaining({ code: 'MODEL_NOT_FOUND' }))
  expect(store.models.activeVersion()).toBe(1)
})

test('a damaged file is told from a missing one, and neither becomes active', () => {
  publish(1)
  publish(2)
  publish(3)
  store.models.activate(1)
  const damaged = readFileSync(store.models.pathOf(2))
  damaged[500]! ^= 1
  writeFileSync(store.models.pathOf(2), damaged)
  rmSync(store.models.pathOf(3))
  expect(() => store.models.activate(2)).toThrow(expect.objectContaining({ code: 'MODEL_CORRUPT' }))
  expect(() => store.models.activate(3)).toThrow(expect.objectContaining({ code: 'MODEL_NOT_FOUND' }))
  expect(store.models.activeVersion()).toBe(1)
})

test.each([
  ['ENOSPC', 0],
  ['ENOSPC', 1],
  ['ENOSPC', 2],
  ['EIO', 3],
  ['EACCES', 4],
  ['EROFS', 5],
])('a disk that refuses with %s after %d writes loses nothing and leaves nothing', (code, after) => {
  publish(1)
  store.models.activate(1)
  open(failing(code, after))
  expect(() => publish(2)).toThrow(
    expect.objectContaining({ code: 'MODEL_EXPORT_FAILED', details: { cause: code, neededBytes: 1000 } }),
  )
  expect(modelFiles()).toEqual(['dj_section_v1.json', 'dj_section_v1.onnx'])
  open()
  expect(store.models.read(1).onnx).toEqual(bytes(1))
  expect(store.models.activeVersion()).toBe(1)
  expect(publish(2)).toBe(2)
})

test('what an interrupted publication left is swept at the next start and never listed', () => {
  publish(1)
  writeFileSync(join(folder, 'models', '.partial-dj_section_v2.onnx'), bytes(2))
  writeFileSync(join(folder, 'models', 'dj_section_v2.onnx'), bytes(2))
  expect(store.models.versions()).toHaveLength(1)
  open()
  expect(modelFiles()).toEqual(['dj_section_v1.json', 'dj_section_v1.onnx'])
})

test('a version that cannot be recorded leaves no files, and its number is free', () => {
  publish(1)
  const other = new DatabaseSync(join(folder, 'algiers.db'))
  other.exec('BEGIN IMMEDIATE')
  expect(() => publish(2)).toThrow(/locked/)
  expect(modelFiles()).toEqual(['dj_section_v1.json', 'dj_section_v1.onnx'])
  other.close()
  expect(publish(3)).toBe(2)
})

test('files that were put there by hand are a version like others: never written over, and active once activated', () => {
  publish(1)
  for (const ending of ['onnx', 'json'])
    copyFileSync(join(folder, 'models', `dj_section_v1.${ending}`), join(folder, 'models', `dj_section_v7.${ending}`))
  expect(store.models.nextVersion()).toBe(8)
  store.models.activate(7)
  expect(store.models.activeVersion()).toBe(7)
})
