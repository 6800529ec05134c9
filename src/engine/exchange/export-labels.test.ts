import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { diskEffects } from '../../platform/store/disk-effects.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { exportLabels } from './export-labels.ts'
import { exportGround } from './program-export.fixture.ts'

test('tracks whose files have one name, also but for capitals, go into files of their own', () => {
  const { folder, store, remove } = exportGround()
  onTestFinished(remove)
  const first = addFixtureTrack(store, { index: 1, kinds: ['intro'], path: 'a/same.wav' })
  const second = addFixtureTrack(store, { index: 2, kinds: ['drop'], path: 'b/Same.wav' })
  const { files } = exportLabels(store, { target: folder, format: 'audacity' })
  expect(files.map((path) => [basename(path), readFileSync(path, 'utf8').trim().split('\t')[2]])).toEqual([
    [`same (${first}).txt`, 'intro'],
    [`Same (${second}).txt`, 'drop'],
  ])
  expect(() => exportLabels(store, { target: folder, format: 'audacity' })).toThrow('exists.')
})

test.each([
  ['ENOSPC', 'STORAGE_FULL'],
  ['EROFS', 'STORAGE_READ_ONLY'],
  ['EACCES', 'ACCESS_DENIED'],
])('a disk that says %s is told as %s', (code, told) => {
  const { folder, store, remove } = exportGround()
  onTestFinished(remove)
  addFixtureTrack(store, { index: 1, kinds: ['intro'] })
  const writeDurably = (): never => {
    throw Object.assign(new Error(code), { code })
  }
  const effects = { ...diskEffects, writeDurably }
  expect(() => exportLabels(store, { target: join(folder, 'all.csv'), effects })).toThrow(
    expect.objectContaining({ code: told }),
  )
})
