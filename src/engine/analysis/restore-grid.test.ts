import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GridEdit } from '../../core/beats/grid-edit.ts'
import type { Label } from '../../core/labels/label.ts'
import type { Span } from '../../core/labels/span.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack, putLabels } from '../kit/library.fixture.ts'
import { editGrid } from './edit-grid.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-restore-'))
  store = openStore(join(folder, 'data'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const spansOf = (trackId: number): readonly Span[] =>
  [...store.labels.list({ trackId }), ...store.suggestions.decisions(trackId)].map(({ startBeat, endBeat }) => ({
    startBeat,
    endBeat,
  }))
const label = (startBeat: number, endBeat: number): Label => ({ startBeat, endBeat, kind: 'drop', source: 'user' })
const reject = (trackId: number, startBeat: number, endBeat: number): void =>
  void store.suggestions.decide({
    revision: store.suggestions.revision(trackId),
    decision: { trackId, startBeat, endBeat, kind: 'build', modelVersion: 0, decision: 'rejected' },
  })

const edits: fc.Arbitrary<GridEdit> = fc.oneof(
  fc.constantFrom<GridEdit>({ kind: 'halve' }, { kind: 'double' }, { kind: 'shift', beats: 1 }),
  fc.record({ kind: fc.constant('nudge' as const), seconds: fc.double({ min: -2, max: 2, noNaN: true }) }),
  fc.record({
    kind: fc.constant('tempo' as const),
    bpm: fc.double({ min: 60, max: 200, noNaN: true }),
    seconds: fc.double({ min: 0, max: 40, noNaN: true }),
  }),
)
const cuts = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 2, maxLength: 6 })

test('whatever was done to a grid, going back version by version puts every label and decision exactly where it was', async () => {
  let index = 0
  await fc.assert(
    fc.asyncProperty(fc.array(edits, { minLength: 1, maxLength: 4 }), cuts, async (made, places) => {
      const id = addFixtureTrack(store, { index: index++ })
      const track = store.tracks.get(id)!
      const [first, ...rest] = places.toSorted((a, b) => a - b).map((place) => place * 4 + 1)
      reject(id, first!, rest[0]!)
      putLabels(
        store,
        id,
        rest.slice(1).map((end, at) => label(rest[at]!, Math.max(end, rest[at]! + 4))),
      )
      const states = [{ version: store.grids.current(id)!, spans: spansOf(id) }]
      for (const edit of made) {
        const version = await editGrid(store, track, edit).catch(() => null)
        if (version !== null) states.push({ version, spans: spansOf(id) })
      }
      const goBackTo = async (at: number): Promise<void> => {
        const { version, spans } = states[at]!
        const restored = await editGrid(store, track, { kind: 'restore', to: version.version })
        expect([restored.digest, restored.origin]).toEqual([version.digest, version.origin])
        expect(spansOf(id)).toEqual(spans)
        states[at] = { version: restored, spans }
      }
      for (const at of [...states.keys()].toReversed()) await goBackTo(at)
      for (const at of states.keys()) await goBackTo(at)
      for (const at of [...states.keys()].toReversed()) await goBackTo(at)
    }),
    { numRuns: 40 },
  )
})

test('what was drawn since goes along by time, and overlaps nothing that goes back', async () => {
  const id = addFixtureTrack(store, { index: 0 })
  const track = store.tracks.get(id)!
  putLabels(store, id, [label(33, 65)])
  const { version } = store.grids.current(id)!
  await editGrid(store, track, { kind: 'halve' })
  const [carried] = store.labels.list({ trackId: id })
  putLabels(store, id, [label(4, carried!.startBeat), carried!])
  await editGrid(store, track, { kind: 'restore', to: version })
  expect(spansOf(id)).toEqual([
    { startBeat: 8, endBeat: 33 },
    { startBeat: 33, endBeat: 65 },
  ])
})

test('a version that the track never had is refused', async () => {
  const id = addFixtureTrack(store, { index: 0 })
  await expect(editGrid(store, store.tracks.get(id)!, { kind: 'restore', to: 7 })).rejects.toThrow('no version 7')
})
