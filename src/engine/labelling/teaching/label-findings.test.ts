import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { giveWay } from '../../../core/support/give-way.ts'
import { openStore, type Store } from '../../../platform/store/store.ts'
import { inlineRunner } from '../../../platform/workers/inline-runner.fixture.ts'
import type { JobQueue } from '../../jobs/job-queue.ts'
import { addFixtureTrack, putLabels, putNewGrid } from '../../kit/library.fixture.ts'
import type { Workspace } from '../../kit/workspace.ts'
import type { Finding } from './finding.ts'
import { labelFindings } from './label-findings.ts'
import { undoStep } from './label-steps.ts'
import { dismissFinding, mendFinding } from './settle-finding.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-findings-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const noFlaws = async () => ({ flaws: [], imbalance: null, tracksChecked: 1, tracksUnheard: 0 })

test('phrases that begin anew are told with their minute, mended at one press, and that press is taken back', async () => {
  const trackId = addFixtureTrack(store, { index: 1 })
  const edges = [0, 16, 32, 48, 56, 72, 88]
  const kinds = ['intro', 'build', 'drop', 'break', 'build', 'drop'] as const
  const labels = kinds.map((kind, at) => ({
    kind,
    startBeat: edges[at]!,
    endBeat: edges[at + 1]!,
    source: 'user' as const,
  }))
  putLabels(store, trackId, labels)
  const workspace: Workspace = { store, pool: inlineRunner, ears: null as never, emit: () => {} }
  const followed: unknown[] = []
  const jobs = { follow: (job: unknown) => void followed.push(job) } as Pick<JobQueue, 'follow'>
  const found = async () =>
    (await labelFindings(store, noFlaws)).findings.map(({ code, message, mendText }) => [code, message, mendText])
  const told = [
    'PHRASE_SHIFTS',
    'From 0:28 on, your sections begin 2 bars later in the phrase than before.',
    'Begin the phrases anew at 0:28',
  ]
  expect(await found()).toEqual([told])
  const [{ id }] = (await labelFindings(store, noFlaws)).findings as [Finding]
  // However many places phrases begin at, the name fits into an address and can be typed.
  expect(id).toMatch(/^PHRASE_SHIFTS-track-\d+-phrases-[0-9a-f]{8}$/)
  const { stepId } = await mendFinding(workspace, { jobs, quality: noFlaws }, id)
  expect(store.grids.current(trackId)!.grid.laterPhrases).toEqual([56])
  expect([await found(), followed.length]).toEqual([[], 1])
  await undoStep(workspace, jobs, stepId)
  expect(store.grids.current(trackId)!.grid.laterPhrases).toBeUndefined()
  expect(await found()).toEqual([told])
  await dismissFinding(workspace, noFlaws, id)
  expect(await found()).toEqual([])
})

test('each thing that a grid may be instead is a finding of its own, so that the chosen one is mended', async () => {
  const trackId = addFixtureTrack(store, { index: 1, kinds: ['intro', 'drop', 'outro'] })
  const { grid } = store.grids.current(trackId)!
  const alternatives = [1, -1].map((beats) => ({
    doubt: 'bars' as const,
    edit: { kind: 'shift' as const, beats },
    probability: 0.3,
  }))
  const labels = store.labels.list({ trackId })
  putNewGrid(store, {
    trackId,
    origin: 'estimated',
    edit: null,
    grid: { ...grid, downbeatConfidence: 0.4, alternatives },
  })
  putLabels(store, trackId, labels)
  const { findings } = await labelFindings(store, noFlaws)
  expect(findings.map(({ id, mend }) => [id, mend])).toEqual([
    [`GRID_DOUBT-track-${trackId}-shift-1`, { kind: 'grid', edit: { kind: 'shift', beats: 1 } }],
    [`GRID_DOUBT-track-${trackId}-shift--1`, { kind: 'grid', edit: { kind: 'shift', beats: -1 } }],
  ])
})

test('what is changed or deleted while others had their turn is found no more', async () => {
  const trackId = addFixtureTrack(store, { index: 1, kinds: ['intro', 'drop', 'outro'] })
  const [intro, drop, outro] = store.labels.list({ trackId }).map((label) => ({ ...label, labelId: label.id }))
  const suspects = [intro!, drop!].map((seen) => ({ ...seen, code: 'WRONG_KIND', likely: 'break', beside: [] }))
  store.findings.putCheckup({ labelsDigest: '', labels: 3, tracks: 1, suspects: JSON.stringify(suspects) })
  const contradiction = async () => ({
    ...(await noFlaws()),
    flaws: [
      {
        ...{ code: 'CONTRADICTS' as const, labelId: outro!.id, otherLabelId: drop!.id, message: 'alike', trackId },
        ...{ trackTitle: 'One', kind: outro!.kind, startBeat: outro!.startBeat, endBeat: outro!.endBeat },
        ...{ beatsPerBar: 4, firstDownbeat: 0 },
      },
    ],
  })
  const look = async () => (await labelFindings(store, contradiction)).findings.map(({ code, kind }) => [code, kind])
  expect(await look()).toEqual([
    ['CONTRADICTS', 'outro'],
    ['WRONG_KIND', 'intro'],
    ['WRONG_KIND', 'drop'],
  ])
  const other = look()
  await giveWay()
  // Of two that sound alike, only the other one is changed.
  const changed = [intro!, { ...drop!, kind: 'break' as const }, outro!]
  putLabels(store, trackId, changed)
  expect((await other).map(([code]) => code)).not.toContain('CONTRADICTS')
  putLabels(store, trackId, [intro!, drop!, outro!])
  const looking = look()
  await giveWay()
  putLabels(
    store,
    trackId,
    [drop!, outro!].map((label) => ({ ...label, kind: 'break' })),
  )
  expect(await looking).toEqual([])
})
