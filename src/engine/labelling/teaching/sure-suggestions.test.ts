import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SectionKind } from '../../../core/labels/section-kind.ts'
import { openStore, type Store } from '../../../platform/store/store.ts'
import { sharedPool } from '../../../platform/workers/shared-pool.fixture.ts'
import { NO_EARS } from '../../kit/ears.ts'
import { addFixtureTrack, putLabels } from '../../kit/library.fixture.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { askVersions } from '../../versions/ask-versions.ts'
import { BASE_MODEL_VERSION } from '../../versions/base-model.ts'
import { usableVersions } from '../../versions/version-knowledge.ts'
import { addReadTrack } from '../read-track.fixture.ts'
import { acceptSure } from './accept-sure.ts'
import { sureSuggestions } from './sure-suggestions.ts'

const LABELLED = 30

let folder = ''
let store: Store
let workspace: Workspace
const pool = sharedPool()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-sure-'))
  store = openStore(folder)
  workspace = { store, pool, ears: NO_EARS, emit: () => {} }
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** What the model that ships calls the middle of the fixture's tracks. */
const saidOfMiddle = async (): Promise<SectionKind> => {
  const shipped = usableVersions(store).filter(({ version }) => version === BASE_MODEL_VERSION)
  const { contenders } = await askVersions(workspace, shipped)
  const { kinds, answers } = contenders.get(BASE_MODEL_VERSION)!
  const [middle] = answers as [readonly number[]]
  return kinds[middle.indexOf(Math.max(...middle))]!
}

const labelMiddle = (index: number, kind: SectionKind): void => {
  putLabels(store, addFixtureTrack(store, { index }), [{ kind, startBeat: 32, endBeat: 64, source: 'user' }])
}

const precisions = async (): Promise<readonly number[]> =>
  (await sureSuggestions(workspace, { least: 0 })).tracks.flatMap(({ suggestions }) =>
    suggestions.map(({ precision }) => precision),
  )

test('a model that ships is as sure as it was right about labels here, but what was accepted unread is no evidence', async () => {
  labelMiddle(0, 'drop')
  const said = await saidOfMiddle()
  addReadTrack(store, { index: 1000 }, [[said, 32, 64, 0.99]])
  const before = (await precisions())[0]!
  expect(before).toBeGreaterThan(0.9)
  // Whoever labels these calls it something else.
  const other = said === 'drop' ? 'chorus' : 'drop'
  for (let index = 1; index <= LABELLED; index++) labelMiddle(index, other)
  const [after] = await precisions()
  expect(after).toBeLessThan(0.8)
  expect((await sureSuggestions(workspace, { least: 0.9 })).suggestions).toBe(0)

  // As many of them accepted unread, and it is no surer.
  for (let index = 2000; index < 2000 + LABELLED; index++) addReadTrack(store, { index }, [[said, 32, 64, 0.99]])
  expect((await acceptSure(workspace, { least: 0 })).labels).toBe(LABELLED + 1)
  addReadTrack(store, { index: 3000 }, [[said, 32, 64, 0.99]])
  expect(await precisions()).toEqual([after])
})
