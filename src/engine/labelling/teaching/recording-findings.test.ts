import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FeatureMatrix } from '../../../core/features/feature-matrix.ts'
import { FEATURE_SPEC } from '../../../core/features/feature-spec.ts'
import type { SectionKind } from '../../../core/labels/section-kind.ts'
import { createRandom } from '../../../core/support/random.ts'
import { openStore, type Store } from '../../../platform/store/store.ts'
import { inlineRunner } from '../../../platform/workers/inline-runner.fixture.ts'
import { addFixtureTrack, putLabels } from '../../kit/library.fixture.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { labelFindings } from './label-findings.ts'
import { undoStep } from './label-steps.ts'
import { dismissFinding, mendFinding } from './settle-finding.ts'

/** Of the fixture's tracks, at 120 BPM. */
const BEATS = 96
const PAUSE_BEATS = 4
const CURVE = Array.from({ length: BEATS / 4 }, (_, bar) => 0.5 + 0.4 * Math.sin(bar))

let folder = ''
let store: Store
let workspace: Workspace
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-twins-'))
  store = openStore(folder)
  workspace = { store, pool: inlineRunner, ears: null as never, emit: () => {} }
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const quality = async () => ({ flaws: [], imbalance: null, tracksChecked: 1, tracksUnheard: 0 })
const found = async () => (await labelFindings(store, quality)).findings.filter(({ code }) => code === 'SAME_RECORDING')
const told = async () => (await found()).map(({ message, mendText }) => [message, mendText])

/** What is heard, beginning so many beats late. */
const soundOf = (seed: number, late: number): FeatureMatrix => {
  const random = createRandom(seed)
  const { columns } = FEATURE_SPEC
  const heard = Float32Array.from({ length: BEATS * columns.length }, () => random())
  const values = new Float32Array(BEATS * columns.length)
  values.set(heard.subarray(0, (BEATS - late) * columns.length), late * columns.length)
  return { columns, beats: BEATS, values }
}

type Part = readonly [kind: SectionKind, startBeat: number, endBeat: number]

const addTrack = (
  index: number,
  parts: readonly Part[],
  { seed = 1, late = 0, onsets }: { seed?: number; late?: number; onsets?: readonly number[][] } = {},
): number => {
  const energyCurve = [...CURVE.slice(CURVE.length - late / 4), ...CURVE].slice(0, CURVE.length)
  const facts = { energyCurve, ...(onsets ? { onsets } : {}) }
  const trackId = addFixtureTrack(store, { index, facts, tags: { title: `Take ${index}` } })
  store.features.write(store.analyses.get(trackId)!, soundOf(seed, late))
  putLabels(
    store,
    trackId,
    parts.map(([kind, startBeat, endBeat]) => ({ kind, startBeat, endBeat, source: 'user' })),
  )
  return trackId
}

test('the same recording under another name that begins with a pause is known, and other names of its parts are told', async () => {
  addTrack(1, [
    ['intro', 0, 32],
    ['drop', 32, 64],
  ])
  const later = addTrack(
    2,
    [
      ['intro', PAUSE_BEATS, 32 + PAUSE_BEATS],
      ['chorus', 32 + PAUSE_BEATS, 64 + PAUSE_BEATS],
    ],
    { late: PAUSE_BEATS },
  )
  // A different recording that is as long, as fast and as loud.
  addTrack(3, [['break', 32, 64]], { seed: 7 })
  expect(await told()).toEqual([['“Take 1” is the same recording, and there you call this drop.', 'Call it drop']])
  const [finding] = await found()
  expect(finding!.beside).toMatchObject([{ kind: 'drop', startSeconds: 16, endSeconds: 32 }])
  const { stepId } = await mendFinding(workspace, { jobs: { follow: () => {} }, quality }, finding!.id)
  expect(store.labels.list({ trackId: later }).map(({ kind }) => kind)).toEqual(['intro', 'drop'])
  expect(await told()).toEqual([])
  await undoStep(workspace, { follow: () => {} }, stepId)
  expect(await told()).toHaveLength(1)
})

test('edges that lie elsewhere in the same recording are told once, moved at one press, and a difference on purpose is dismissed', async () => {
  addTrack(1, [
    ['intro', 0, 32],
    ['drop', 32, 64],
    ['outro', 64, 96],
  ])
  const later = addTrack(2, [
    ['intro', 0, 40],
    ['drop', 40, 64],
    ['outro', 64, 88],
  ])
  expect(await told()).toEqual([
    [
      '“Take 1” is the same recording, and there this drop begins 2 bars earlier, at bar 9.1.',
      'Move the edge to bar 9.1',
    ],
    [
      '“Take 1” is the same recording, and there this outro ends 2 bars later, at bar 25.1.',
      'Move the edge to bar 25.1',
    ],
  ])
  const [first, second] = await found()
  await mendFinding(workspace, { jobs: { follow: () => {} }, quality }, first!.id)
  expect(store.labels.list({ trackId: later }).map(({ startBeat, endBeat }) => [startBeat, endBeat])).toEqual([
    [0, 32],
    [32, 64],
    [64, 88],
  ])
  await dismissFinding(workspace, quality, second!.id)
  expect(await told()).toEqual([])
  store.close()
  store = openStore(folder)
  expect(await told()).toEqual([])
})

test('an edge that has no room there is told, but no press moves it', async () => {
  addTrack(1, [['drop', 32, 64]])
  addTrack(2, [
    ['break', 26, 34],
    ['drop', 36, 64],
  ])
  expect(await told()).toEqual([
    ['“Take 1” is the same recording, and there this drop begins 1 bar earlier, at bar 9.1.', null],
  ])
})

test('another take of the same piece, which begins at the same moment, is another recording', async () => {
  const strokes = (shift: number) => Array.from({ length: 30 }, () => [60 + shift, 100 - shift, 140 + 2 * shift])
  addTrack(1, [['drop', 32, 64]], { onsets: strokes(0) })
  addTrack(2, [['break', 32, 64]], { onsets: strokes(9) })
  expect(await told()).toEqual([])
})
