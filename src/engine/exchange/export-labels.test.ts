import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
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
