import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../../platform/store/store.ts'
import { inlineRunner } from '../../../platform/workers/inline-runner.fixture.ts'
import { addFixtureTrack, putLabels, putNewGrid } from '../../kit/library.fixture.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { labelFindings } from './label-findings.ts'
import { undoStep } from './label-steps.ts'
import { dismissFinding, mendFinding } from './settle-finding.ts'

let folder = ''
let store: Store
let workspace: Workspace
let trackId = 0
const jobs = { follow: () => {} }
const quality = async () => ({ flaws: [], imbalance: null, tracksChecked: 1, tracksUnheard: 0 })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-settle-'))
  store = openStore(folder)
  workspace = { store, pool: inlineRunner, ears: null as never, emit: () => {} }
  trackId = addFixtureTrack(store, { index: 1, kinds: ['intro', 'drop', 'outro'] })
  const labels = store.labels.list({ trackId })
  putNewGrid(store, {
    trackId,
    origin: 'estimated',
    edit: null,
    grid: {
      ...store.grids.current(trackId)!.grid,
      phaseConfidence: 0.4,
      downbeatConfidence: 0.4,
      alternatives: [
        { doubt: 'phase', edit: { kind: 'half-beat', direction: 'later' }, probability: 0.4 },
        { doubt: 'bars', edit: { kind: 'shift', beats: 1 }, probability: 0.3 },
      ],
    },
  })
  putLabels(store, trackId, labels)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const found = async (): Promise<readonly string[]> => (await labelFindings(store, quality)).findings.map(({ id }) => id)
const mend = (id: string) => mendFinding(workspace, { jobs, quality }, id)
const refused = { code: 'FINDING_NOT_FOUND' }

test('two mended findings of one grid are taken back one after the other, the last one first', async () => {
  const [first, second] = await found()
  const before = store.grids.current(trackId)!.grid
  const steps = [await mend(first!), await mend(second!)]
  expect(await found()).toEqual([])
  for (const { stepId } of steps.toReversed()) await undoStep(workspace, jobs, stepId)
  expect(store.grids.current(trackId)!.grid).toEqual(before)
  expect(await found()).toEqual([first, second])
})

test('what is pressed twice is mended once, and dismissed once', async () => {
  const [first] = await found()
  const mended = await Promise.allSettled([mend(first!), mend(first!)])
  expect(mended).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: refused }])
  expect(store.grids.current(trackId)!.edit).toBe('half-beat later')

  const [other] = await found()
  const dismiss = () => dismissFinding(workspace, quality, other!)
  const dismissed = await Promise.allSettled([dismiss(), dismiss()])
  expect(dismissed).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: refused }])
  expect(store.findings.dismissed()).toHaveLength(1)
})
