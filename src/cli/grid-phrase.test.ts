import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { runAlgiers } from './run-algiers.fixture.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-phrases-'))
  const store = openStore(folder)
  addFixtureTrack(store, { index: 0 })
  store.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

const phrase = (...args: readonly string[]) => runAlgiers(folder, ['grid', 'phrase', '1', ...args])

test('phrases that begin anew are told as they were set', async () => {
  const { document } = await phrase('0', '10', '--json')
  expect(document()).toMatchObject({ edit: 'phrases 0:00.0 0:10.0', first_phrase: 0, later_phrases: [20] })
  expect((await phrase('0', '10', '21')).stdout).toContain('Phrases begin anew at 0:10.0 and 0:21.0')
  expect((await phrase('0', '--json')).document()).toMatchObject({ first_phrase: 0, later_phrases: [] })
})

test('what is no time is refused with the argument it was given for', async () => {
  const { code, stderr } = await phrase('0', 'ten')
  expect(code).toBe(2)
  expect(stderr).toMatch(/'ten' is invalid for argument 'seconds'\. It must be a number/)
})
