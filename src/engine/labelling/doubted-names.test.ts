import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addLabelledTracks, putLabels } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { formatCard, parseCard } from '../versions/model-card.ts'
import { trainModel } from '../versions/train-model.ts'
import { doubtedNames } from './doubted-names.ts'
import { createLabelChecks } from './label-quality.ts'

let folder = ''
let store: Store
let workspace: Workspace
let tracks: readonly number[] = []
const pool = sharedPool()
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-doubted-'))
  store = openStore(folder)
  workspace = { store, pool, ears: NO_EARS, emit: () => {} }
  tracks = addLabelledTracks(store)
  for (const trackId of tracks.slice(0, 2))
    putLabels(
      store,
      trackId,
      store.labels.list({ trackId }).map((label) => ({ ...label, source: 'imported' as const })),
    )
  await trainModel(workspace, { epochs: 8 })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** A newer version that, while it was trained, gave every name but "outro" so little. */
const publishDoubting = (chance: number, ofSomebodyElse = false): void => {
  const { onnx, card } = store.models.read(1)
  const parsed = parseCard(card)
  const outro = parsed.labels.indexOf('outro')
  const outOfFold = parsed.outOfFold.map((guess) => ({
    ...guess,
    predicted: 'outro' as const,
    confidence: 1 - chance,
    probabilities: parsed.labels.map((_, at) => (at === outro ? 1 - chance : chance / (parsed.labels.length - 1))),
  }))
  const imported = ofSomebodyElse ? { at: '2026-01-01T00:00:00.000Z', version: 7 } : null
  const version = store.models.nextVersion()
  store.models.publish({ version, onnx, card: formatCard({ ...parsed, version, outOfFold, imported }) })
}
const doubtedOf = async () => (await createLabelChecks(workspace)()).flaws.filter(({ code }) => code === 'DOUBTED_NAME')

test('names that were brought in and that the newest version denies are told, those of the person are not', async () => {
  publishDoubting(0.06)
  const [first, second] = tracks
  expect((await doubtedOf()).map(({ trackId, kind, message }) => [trackId, kind, message])).toEqual([
    [first, 'intro', 'Brought in as intro; by your other labels it sounds like outro.'],
    [first, 'drop', 'Brought in as drop; by your other labels it sounds like outro.'],
    [second, 'intro', 'Brought in as intro; by your other labels it sounds like outro.'],
    [second, 'drop', 'Brought in as drop; by your other labels it sounds like outro.'],
  ])
})

test('who has said once that a name is right is not asked again by another look at it', async () => {
  publishDoubting(0.06)
  const [first] = tracks as [number]
  store.findings.dismiss({ trackId: first, code: 'WRONG_KIND', kind: 'drop', startSeconds: 16, endSeconds: 32 })
  store.findings.dismiss({ trackId: first, code: 'EDGE_MOVED', kind: 'intro', startSeconds: 0, endSeconds: 16 })
  expect((await doubtedOf()).filter(({ trackId }) => trackId === first).map(({ kind }) => kind)).toEqual(['intro'])
})

test('a name that was corrected since is not doubted any more, nor is one with a fair chance', async () => {
  publishDoubting(0.06)
  const [first] = tracks as [number]
  putLabels(
    store,
    first,
    store.labels
      .list({ trackId: first })
      .map((label) => ({ ...label, kind: 'break' as const, source: 'user' as const })),
  )
  expect((await doubtedOf()).map(({ trackId }) => trackId)).toEqual([tracks[1], tracks[1]])
  publishDoubting(0.4)
  expect(await doubtedOf()).toEqual([])
})

test('a version of somebody else says nothing of these labels', () => {
  publishDoubting(0.06, true)
  expect(doubtedNames(store).size).toBe(0)
})
