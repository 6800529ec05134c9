import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { HEARD_GROUPS } from '../../core/features/heard-levels.ts'
import { SHIPPED_EARS } from '../../platform/inference/shipped-ears.ts'
import { writeTinyEars } from '../../platform/inference/tiny-ears.fixture.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { analyseFile, type FileAnalysis } from './analyse-file.ts'

let folder = ''
const pool = sharedPool()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-analyse-'))
  writeTestTrack(join(folder, 'a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
})
afterAll(() => rmSync(folder, { recursive: true }))

const heardOf = ({ features: { columns, values } }: FileAnalysis): number[] =>
  [...values].filter((_, at) => columns[at % columns.length]! in HEARD_GROUPS)

/** The pool, and what it was asked to hear. */
const listening = (fails: boolean): { readonly runner: TaskRunner; readonly asked: string[] } => {
  const asked: string[] = []
  const run: TaskRunner['run'] = (name, input, options) => {
    if (name !== 'hearAudio' && name !== 'hearLevels') return pool.run(name, input, options)
    asked.push(name)
    return fails ? Promise.reject(new Error('there is no runtime')) : pool.run(name, input, options)
  }
  return { runner: { size: pool.size, run }, asked }
}

test('the features hear with the network that ships, whichever one gives the tags, and ask it once', async () => {
  writeTinyEars(join(folder, 'tiny'))
  const path = join(folder, 'a.wav')
  const [alone, shipped, other] = [listening(false), listening(false), listening(false)]
  const first = await analyseFile(alone.runner, { path, grid: null })
  const ears = { folder: SHIPPED_EARS, provider: 'cpu' } as const
  const second = await analyseFile(shipped.runner, { path, grid: first.grid, ears })
  const third = await analyseFile(other.runner, { path, grid: first.grid, ears: { folder: join(folder, 'tiny') } })
  expect([alone.asked, shipped.asked, other.asked]).toEqual([
    ['hearLevels'],
    ['hearAudio'],
    ['hearAudio', 'hearLevels'],
  ])
  expect(new Set(heardOf(first)).size).toBeGreaterThan(40)
  expect(heardOf(second)).toEqual(heardOf(first))
  expect(heardOf(third)).toEqual(heardOf(first))
  expect(third.hearing!.embedding).toHaveLength(96)
})

test('where no network can run the track is analysed all the same, and says what it lacks', async () => {
  const { runner } = listening(true)
  const ears = { folder: SHIPPED_EARS }
  const analysis = await analyseFile(runner, { path: join(folder, 'a.wav'), grid: null, ears })
  expect(analysis.hearing).toBeNull()
  expect(new Set(heardOf(analysis)).size).toBe(1)
  expect(analysis.facts.warnings).toEqual([
    'No tags were heard: there is no runtime',
    'Sections are told without what is heard: there is no runtime',
  ])
})
