import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import type { Track } from '../../core/library/track.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack, putLabels } from '../kit/library.fixture.ts'
import { addLabels } from './add-labels.ts'
import type { LabelView } from './label-view.ts'
import { replaceLabels } from './replace-labels.ts'
import { updateLabel } from './update-label.ts'

let folder = ''
let store: Store
let track: Track
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-labels-'))
  store = openStore(folder)
  // Intro 0–32, drop 32–64, outro 64–96, at 120 BPM.
  track = store.tracks.get(addFixtureTrack(store, { index: 0, kinds: ['intro', 'drop', 'outro'] }))!
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const shown = (): readonly string[] =>
  store.labels
    .list({ trackId: track.id })
    .map(({ id, kind, startBeat, endBeat }) => `${id} ${kind} ${startBeat}–${endBeat}`)
const before = ['1 intro 0–32', '2 drop 32–64', '3 outro 64–96']
const code = (value: string): Error => expect.objectContaining({ code: value })
const first = ({ labels }: { readonly labels: readonly LabelView[] }): LabelView => labels[0]!

test('a label changes its kind and keeps its id; it is then the user’s', async () => {
  putLabels(
    store,
    track.id,
    store.labels.list({ trackId: track.id }).map((label) => ({ ...label, source: 'imported' })),
  )
  expect(first(await updateLabel(store, 2, { kind: 'chorus' }))).toMatchObject({
    id: 2,
    kind: 'chorus',
    source: 'user',
  })
  expect(shown()).toEqual(['1 intro 0–32', '2 chorus 32–64', '3 outro 64–96'])
  expect(first(await updateLabel(store, 3, { kind: 'outro' })).source).toBe('imported')
})

test('a label moves in beats or in seconds; what is not given stays', async () => {
  expect(first(await updateLabel(store, 2, { endBeat: 48 }))).toMatchObject({ startBeat: 32, endBeat: 48 })
  expect(first(await updateLabel(store, 2, { startSeconds: 18 }))).toMatchObject({ startBeat: 36, endBeat: 48 })
})

test('moving over a neighbour is refused with its id, or trims it', async () => {
  await expect(updateLabel(store, 2, { startBeat: 24, endBeat: 72 })).rejects.toThrow(
    expect.objectContaining({ code: 'LABEL_OVERLAP', details: { overlapping: [1, 3] } }),
  )
  expect(shown()).toEqual(before)
  await updateLabel(store, 2, { startBeat: 24, endBeat: 72, overlap: 'trim' })
  expect(shown()).toEqual(['1 intro 0–24', '2 drop 24–72', '3 outro 72–96'])
})

test('a change that is wrong changes nothing', async () => {
  await expect(updateLabel(store, 9, { kind: 'drop' })).rejects.toThrow(code('LABEL_NOT_FOUND'))
  await expect(updateLabel(store, 2, { kind: 'hook' })).rejects.toThrow(code('LABEL_KIND_UNKNOWN'))
  await expect(updateLabel(store, 2, { endBeat: 34 })).rejects.toThrow(code('LABEL_TOO_SHORT'))
  await expect(updateLabel(store, 2, { endBeat: 999 })).rejects.toThrow(code('LABEL_OUT_OF_TRACK'))
  expect(shown()).toEqual(before)
})

test('adding what is there already gives the label that is there', async () => {
  const request = { kind: 'drop', startBeat: 32, endBeat: 64 }
  await expect(addLabels(store, track, { requests: [request] })).rejects.toThrow(code('LABEL_OVERLAP'))
  const again = await addLabels(store, track, { requests: [request], keepEqual: true })
  expect(again).toMatchObject({ labels: [], unchanged: [{ id: 2 }] })
  expect(shown()).toEqual(before)
})

test('the label that was asked for comes first, also when it splits one of its own kind', async () => {
  const { labels } = await addLabels(store, track, {
    requests: [{ kind: 'drop', startBeat: 44, endBeat: 52 }],
    overlap: 'trim',
  })
  expect(labels.map(({ startBeat, endBeat }) => [startBeat, endBeat])).toEqual([
    [44, 52],
    [52, 64],
  ])
})

test('painting several is one step: all or none', async () => {
  const requests = [
    { kind: 'build', startBeat: 16, endBeat: 40 },
    { kind: 'break', startBeat: 60, endBeat: 80 },
  ]
  const withWrong = [...requests, { kind: 'drop', startBeat: 0, endBeat: 1 }]
  await expect(addLabels(store, track, { requests: withWrong, overlap: 'trim' })).rejects.toThrow(
    code('LABEL_TOO_SHORT'),
  )
  expect(shown()).toEqual(before)
  await addLabels(store, track, { requests, overlap: 'trim' })
  expect(shown().map((line) => line.slice(2))).toEqual([
    'intro 0–16',
    'build 16–40',
    'drop 40–60',
    'break 60–80',
    'outro 80–96',
  ])
})

test('a whole set replaces the other; labels with an id keep it, and an unknown id is refused', async () => {
  const set = [
    { id: 1, kind: 'intro', startBeat: 0, endBeat: 16 },
    { kind: 'build', startBeat: 16, endBeat: 32 },
    { id: 2, kind: 'drop', startBeat: 32, endBeat: 64 },
  ]
  expect((await replaceLabels(store, track, { requests: set })).labels).toHaveLength(3)
  expect(shown()).toEqual(['1 intro 0–16', '4 build 16–32', '2 drop 32–64'])
  await expect(
    replaceLabels(store, track, { requests: [{ id: 77, kind: 'drop', startBeat: 0, endBeat: 8 }] }),
  ).rejects.toThrow(code('LABEL_NOT_FOUND'))
  const overlapping = [0, 8].map((startBeat) => ({ kind: 'drop', startBeat, endBeat: startBeat + 16 }))
  await expect(replaceLabels(store, track, { requests: overlapping })).rejects.toThrow(code('LABEL_OVERLAP'))
  expect(shown()).toEqual(['1 intro 0–16', '4 build 16–32', '2 drop 32–64'])
  expect((await replaceLabels(store, track, { requests: [] })).labels).toEqual([])
})

test('whatever is done in whatever order, labels of a track never overlap and are never too short', async () => {
  const beat = fc.integer({ min: -4, max: 100 })
  const step = fc.record({
    change: fc.constantFrom('add', 'update', 'replace' as const),
    kind: fc.constantFrom(...SECTION_KINDS),
    startBeat: beat,
    endBeat: beat,
    id: fc.integer({ min: 1, max: 12 }),
    overlap: fc.constantFrom('trim', 'refuse' as const),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      for (const { change, id, overlap, ...span } of steps)
        try {
          if (change === 'add') await addLabels(store, track, { requests: [span], overlap })
          else if (change === 'update') await updateLabel(store, id, { ...span, overlap })
          else await replaceLabels(store, track, { requests: [span] })
        } catch (error) {
          expect(error).toMatchObject({ name: 'UserError' })
        }
      const labels = store.labels.list({ trackId: track.id })
      labels.forEach(({ startBeat, endBeat }, index) => {
        expect(endBeat - startBeat).toBeGreaterThanOrEqual(4)
        expect(startBeat).toBeGreaterThanOrEqual(labels[index - 1]?.endBeat ?? 0)
        expect(endBeat).toBeLessThanOrEqual(96)
      })
    }),
    { numRuns: 40 },
  )
})
