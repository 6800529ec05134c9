import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidence } from '../api/operations/sections.ts'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

let dataDir = ''
const algiers = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, args)
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-why-'))
  const store = openStore(dataDir)
  addLabelledTracks(store)
  store.close()
  expect((await algiers('train')).code).toBe(0)
})
afterAll(() => rmSync(dataDir, { recursive: true }))

test('why a part is called what it is called is told, with the bars elsewhere that decided', async () => {
  // Half of it is intro, so that the bars around it weigh.
  const asked = ['why', '1', '24', '40', '--model', 'v1'] as const
  const { code, document } = await algiers(...asked, '--json')
  expect(code).toBe(0)
  const told = evidence.parse(document())
  expect(told).toMatchObject({ version: 1, scope: null })
  expect(told.elsewhere.length).toBeGreaterThan(0)
  for (const { start_beat: start, end_beat: end } of told.elsewhere) expect(end <= 24 || start >= 40).toBe(true)
  const lines = stripVTControlCharacters((await algiers(...asked)).stdout)
    .trimEnd()
    .split('\n')
  expect(lines[0]).toMatch(/^v1 reads bars 7–10 of .+ as \w+, \d+ %$/)
  for (const { group, weight } of told.evidence)
    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`^ *${weight > 0 ? 'for' : 'against'} +-?[\\d.]+ +${group}$`)),
    )
  expect(lines.filter((line) => line.startsWith('Without bars '))).toHaveLength(told.elsewhere.length)
})

test('where no bars elsewhere decide, that is said', async () => {
  const asked = ['why', '1', '40', '56', '--model', 'v1'] as const
  expect(evidence.parse((await algiers(...asked, '--json')).document()).elsewhere).toEqual([])
  expect((await algiers(...asked)).stdout).toContain('No bars elsewhere decide it by themselves.')
})

test('what is no part of the track is refused', async () => {
  expect((await algiers('why', '1', '64', '32', '--json')).document()).toMatchObject({
    error: { code: 'LABEL_SPAN_INVALID' },
  })
  expect((await algiers('why', '1', 'x', '32')).code).toBe(2)
})
