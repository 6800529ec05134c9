import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import type { Track } from '../../core/library/track.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { editGrid } from '../analysis/edit-grid.ts'
import { addFixtureTrack, putLabels } from '../kit/library.fixture.ts'
import { addLabels } from './add-labels.ts'
import { editLabels } from './edit-labels.ts'
import { replaceLabels } from './replace-labels.ts'
import { updateLabel } from './update-label.ts'

let folder = ''
let store: Store
let track: Track
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-interleaved-'))
  store = openStore(folder)
  track = store.tracks.get(addFixtureTrack(store, { index: 0 }))!
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const shown = (): readonly string[] =>
  store.labels.list({ trackId: track.id }).map(({ kind, startBeat, endBeat }) => `${kind} ${startBeat}–${endBeat}`)

test('of labels that are added at once in free places none is lost', async () => {
  const arbitraryPlaces = fc.uniqueArray(fc.nat(11), { minLength: 2, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(arbitraryPlaces, async (places) => {
      putLabels(store, track.id, [])
      const kindOf = (place: number): SectionKind => SECTION_KINDS[place % SECTION_KINDS.length]!
      const request = (place: number) => ({ kind: kindOf(place), startBeat: place * 8, endBeat: place * 8 + 8 })
      await Promise.all(places.map((place) => addLabels(store, track, { requests: [request(place)] })))
      const wanted = places.toSorted((a, b) => a - b).map((place) => `${kindOf(place)} ${place * 8}–${place * 8 + 8}`)
      expect(shown()).toEqual(wanted)
    }),
    { numRuns: 30 },
  )
})

test('whatever is done at once, labels never overlap and are never too short', async () => {
  const beat = fc.nat(96)
  const step = fc.record({
    change: fc.constantFrom('add' as const, 'update' as const, 'replace' as const, 'grid' as const),
    kind: fc.constantFrom(...SECTION_KINDS),
    startBeat: beat,
    endBeat: beat,
    overlap: fc.constantFrom('trim' as const, 'refuse' as const),
  })
  const run = async ({ change, overlap, ...span }: typeof step extends fc.Arbitrary<infer Step> ? Step : never) => {
    const id = store.labels.list({ trackId: track.id })[0]?.id ?? 1
    if (change === 'add') await addLabels(store, track, { requests: [span], overlap })
    else if (change === 'update') await updateLabel(store, id, { ...span, overlap })
    else if (change === 'replace') await replaceLabels(store, track, { requests: [span] })
    else await editGrid(store, track, { kind: 'shift', beats: 1 })
  }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      const outcomes = await Promise.allSettled(steps.map(run))
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'UserError' })
      const labels = store.labels.list({ trackId: track.id })
      labels.forEach(({ startBeat, endBeat }, index) => {
        expect(endBeat - startBeat).toBeGreaterThanOrEqual(4)
        expect(startBeat).toBeGreaterThanOrEqual(labels[index - 1]?.endBeat ?? 0)
      })
    }),
    { numRuns: 40 },
  )
})

test('an edit whose planning takes long is planned anew on what others did', async () => {
  const { promise: isFree, resolve: free } = Promise.withResolvers<void>()
  const seen: number[] = []
  const slow = editLabels(store, track, async ({ labels }) => {
    seen.push(labels.length)
    if (seen.length === 1) await isFree
    return { labels: [...labels, { kind: 'outro', source: 'user', startBeat: 64, endBeat: 96 }] }
  })
  await addLabels(store, track, { requests: [{ kind: 'intro', startBeat: 0, endBeat: 32 }] })
  free()
  await slow
  expect(seen).toEqual([0, 1])
  expect(shown()).toEqual(['intro 0–32', 'outro 64–96'])
})

test('where others never stop, the edit ends with its code and changes nothing', async () => {
  let round = 0
  const disturbed = editLabels(store, track, async ({ labels }) => {
    const endBeat = 8 + (round++ % 2) * 8
    putLabels(store, track.id, [{ kind: 'intro', source: 'user', startBeat: 0, endBeat }])
    return { labels: [...labels, { kind: 'outro', source: 'user', startBeat: 64, endBeat: 96 }] }
  })
  await expect(disturbed).rejects.toMatchObject({ code: 'LABELS_CHANGED' })
  expect(shown()).toHaveLength(1)
})
