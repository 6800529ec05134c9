import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAlgiers } from './run-algiers.fixture.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-demo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Demo = {
  readonly model: { readonly version: number; readonly accuracy: number }
  readonly held_back: readonly { readonly id: string; readonly agreement: number }[]
  readonly held_back_agreement: number
}

test('the demo learns from two thirds of its tracks and finds the sections of the others', {
  timeout: 300_000,
}, async () => {
  const run = await runAlgiers(join(folder, 'own'), [
    'demo',
    '--count',
    '18',
    '--seed',
    '2',
    '--folder',
    folder,
    '--json',
  ])
  expect(run.code).toBe(0)
  const demo = run.document<Demo>()
  expect(demo.held_back.length).toBe(6)
  // A model that always says the most frequent kind is right for a third of the time.
  expect(demo.held_back_agreement).toBeGreaterThan(0.8)
  expect(demo.model.version).toBe(1)
})

test('too few tracks for ten labels of a kind are refused before anything is made', async () => {
  expect((await runAlgiers(join(folder, 'own'), ['demo', '--count', '12', '--folder', folder])).code).toBe(2)
})
