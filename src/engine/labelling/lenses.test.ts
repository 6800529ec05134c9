import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatLabelDocument, parseLabelDocument } from '../../core/interop/label-document.ts'
import { planLabelImport } from '../../core/interop/plan-label-import.ts'
import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { encodeOnnx } from '../../core/models/onnx-encode.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { trackOverviewsOf } from '../collection/track-overview.ts'
import { exportLabels } from '../exchange/export-labels.ts'
import { exportedTrack } from '../exchange/exported-tracks.ts'
import { labelledTrack } from '../exchange/labelled-tracks.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addFixtureTrack, putLabels } from '../kit/library.fixture.ts'
import { readSections } from '../reading/track-sections.ts'
import { activateModel } from '../versions/model-operations.ts'
import { readModelVersion } from '../versions/section-model-file.ts'
import { trainModel } from '../versions/train-model.ts'
import { type LabellingActions, labellingActions } from './labelling-actions.ts'

let folder = ''
let store: Store
let labelling: LabellingActions
let track: string
const code = (value: string): unknown => expect.objectContaining({ code: value })
const BRIDGE = { name: 'Bridge', colour: '#112233', key: '8', mapsTo: 'break' } as const

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-lens-'))
  store = openStore(folder)
  labelling = labellingActions({ store, pool: sharedPool(), ears: NO_EARS, emit: () => {} }, null as never)
  track = String(addFixtureTrack(store, { index: 1 }))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const own = async (): Promise<readonly [string, number | undefined, number, number][]> =>
  (await labelling.list({ track })).map(({ kind, ownKindId, startBeat, endBeat }) => [
    kind,
    ownKindId,
    startBeat,
    endBeat,
  ])

test('a label of an own kind is the kind that it stands for to everybody else, and stays its own through edits', async () => {
  const { id } = await labelling.lenses.add('Club')
  const bridge = await labelling.lenses.addKind(id, BRIDGE)
  await labelling.add(track, { kind: 'bridge', startBeat: 0, endBeat: 64 })
  expect(await own()).toEqual([['break', bridge.id, 0, 64]])
  await labelling.add(track, { kind: 'drop', startBeat: 16, endBeat: 32 }, { overlap: 'trim' })
  expect(await own()).toEqual([
    ['break', bridge.id, 0, 16],
    ['drop', undefined, 16, 32],
    ['break', bridge.id, 32, 64],
  ])
  const [first, second] = await labelling.list({ track })
  await labelling.update(first!.id, { endBeat: 12 })
  expect((await own())[0]).toEqual(['break', bridge.id, 0, 12])
  // Who says another kind means another thing.
  await labelling.update(first!.id, { kind: 'intro' })
  await labelling.update(second!.id, { ownKindId: bridge.id })
  expect((await own()).slice(0, 2)).toEqual([
    ['intro', undefined, 0, 12],
    ['break', bridge.id, 16, 32],
  ])
  await labelling.update(second!.id, { ownKindId: null })
  expect((await own())[1]).toEqual(['break', undefined, 16, 32])
})

test('a client that knows nothing of own kinds takes none away; one that does can', async () => {
  const { id } = await labelling.lenses.add('Club')
  const bridge = await labelling.lenses.addKind(id, BRIDGE)
  const { labels } = await labelling.add(track, { kind: 'Bridge', startBeat: 0, endBeat: 32 })
  const same = { id: labels[0]!.id, kind: 'break', startBeat: 0, endBeat: 40 }
  const revision = await labelling.revision(track)
  await labelling.replace(track, [same], { revision })
  expect(await own()).toEqual([['break', bridge.id, 0, 40]])
  await labelling.replace(track, [{ ...same, ownKindId: null }])
  expect(await own()).toEqual([['break', undefined, 0, 40]])
  expect(await labelling.revision(track)).not.toBe(revision)
})

test('what an own kind stands for changes on its labels; one that is removed stays on them', async () => {
  const { id } = await labelling.lenses.add('Club')
  const bridge = await labelling.lenses.addKind(id, BRIDGE)
  await labelling.add(track, { kind: 'Bridge', startBeat: 0, endBeat: 32 })
  await labelling.lenses.changeKind(bridge.id, { mapsTo: 'verse', name: 'Interlude' })
  expect(await own()).toEqual([['verse', bridge.id, 0, 32]])
  expect(await labelling.lenses.removeKind(bridge.id)).toMatchObject({
    labels: 1,
    says: 'Removed the kind “Interlude”',
  })
  expect(await own()).toEqual([['verse', bridge.id, 0, 32]])
  expect((await labelling.lenses.list())[0]!.kinds).toEqual([])
  expect((await labelling.lenses.kinds())[0]).toMatchObject({ name: 'Interlude', isRemoved: true, labels: 1 })
  expect(await labelling.lenses.addKind(id, { ...BRIDGE, name: 'interlude' })).toMatchObject({ id: bridge.id })
  expect(await own()).toEqual([['break', bridge.id, 0, 32]])
  await labelling.lenses.remove(id)
  expect(await labelling.lenses.list()).toEqual([])
  expect(await labelling.lenses.add('CLUB')).toMatchObject({ id, kinds: [{ name: 'interlude' }] })
})

test('what was removed is taken back, and leaves its key to whoever got it meanwhile', async () => {
  const { id } = await labelling.lenses.add('Club')
  const bridge = await labelling.lenses.addKind(id, BRIDGE)
  await labelling.add(track, { kind: 'Bridge', startBeat: 0, endBeat: 32 })
  const kind = await labelling.lenses.removeKind(bridge.id)
  await labelling.teaching.undo(kind.stepId)
  expect((await labelling.lenses.list())[0]!.kinds).toMatchObject([{ id: bridge.id, key: BRIDGE.key, labels: 1 }])
  // Once more it would be a second one.
  await expect(labelling.teaching.undo(kind.stepId)).rejects.toEqual(code('STEP_NOT_FOUND'))
  const lens = await labelling.lenses.remove(id)
  // Neither the names nor the keys of what is gone are taken.
  const other = await labelling.lenses.add('Wedding')
  const dance = await labelling.lenses.addKind(other.id, { ...BRIDGE, name: 'First dance' })
  expect(dance.key).toBe(BRIDGE.key)
  await labelling.teaching.undo(lens.stepId)
  expect(await labelling.lenses.list()).toMatchObject([
    { name: 'Club', kinds: [{ id: bridge.id, key: null }] },
    { name: 'Wedding', kinds: [{ id: dance.id, key: BRIDGE.key }] },
  ])
  expect(await own()).toEqual([['break', bridge.id, 0, 32]])
  const again = await labelling.lenses.remove(id)
  await labelling.lenses.add('club')
  await expect(labelling.teaching.undo(again.stepId)).rejects.toEqual(code('STEP_CHANGED'))
})

test('names and keys are told apart', async () => {
  const { id } = await labelling.lenses.add('Club')
  await labelling.lenses.addKind(id, BRIDGE)
  await expect(labelling.lenses.add('club')).rejects.toEqual(code('LENS_EXISTS'))
  await expect(labelling.lenses.addKind(id, { ...BRIDGE, key: null })).rejects.toEqual(code('OWN_KIND_EXISTS'))
  await expect(labelling.lenses.addKind(id, { ...BRIDGE, name: 'Hook' })).rejects.toEqual(code('OWN_KIND_INVALID'))
  await expect(labelling.lenses.addKind(id, { ...BRIDGE, name: 'D'.repeat(41), key: null })).rejects.toEqual(
    code('OWN_KIND_INVALID'),
  )
  await expect(labelling.lenses.addKind(id, { ...BRIDGE, name: 'Drop', key: null })).rejects.toEqual(
    code('OWN_KIND_INVALID'),
  )
  await expect(labelling.lenses.addKind(99, BRIDGE)).rejects.toEqual(code('LENS_NOT_FOUND'))
  await expect(labelling.add(track, { kind: 'drop', ownKindId: 99, startBeat: 0, endBeat: 8 })).rejects.toEqual(
    code('OWN_KIND_NOT_FOUND'),
  )
  await expect(labelling.add(track, { kind: 'hook', startBeat: 0, endBeat: 8 })).rejects.toEqual(
    code('LABEL_KIND_UNKNOWN'),
  )
})

test('files and other programs get the name of an own kind, or the kind that it stands for, and files bring it back', async () => {
  const { id } = await labelling.lenses.add('Club')
  const bridge = await labelling.lenses.addKind(id, BRIDGE)
  await labelling.add(track, { kind: 'Bridge', startBeat: 0, endBeat: 32 })
  await labelling.add(track, { kind: 'drop', startBeat: 32, endBeat: 64 })
  const one = store.tracks.get(Number(track))!
  const labels = store.labels.list({ trackId: one.id })
  const grid = store.grids.current(one.id)!.grid
  const ground = { grid, labels: [], features: null, overlap: 'refuse', ownKinds: store.lenses.kinds() } as const
  for (const format of ['csv', 'audacity', 'jams'] as const) {
    const text = formatLabelDocument({ format, tracks: [labelledTrack(store, { track: one, labels })] })
    expect(text).toContain('Bridge')
    const { tracks } = parseLabelDocument(text)
    const taken = planLabelImport(ground, [tracks[0]!.labels])
    expect(taken.labels.map(({ kind, ownKindId }) => [kind, ownKindId])).toEqual([
      ['break', bridge.id],
      ['drop', undefined],
    ])
    // Elsewhere nobody knows the lens; a file of cells keeps both.
    const elsewhere = planLabelImport({ ...ground, ownKinds: [] }, [tracks[0]!.labels])
    expect(elsewhere.labels.map(({ kind }) => kind)).toEqual(['break', 'drop'])
  }
  exportLabels(store, { target: join(folder, 'seven.csv'), ownKinds: false })
  expect(readFileSync(join(folder, 'seven.csv'), 'utf8')).not.toContain('ridge')
  const plan = { place: 'hot', kinds: ['break', 'drop'], nameTemplate: '{Kind} ({seven})', loop: null } as const
  const rest = { colours: { break: '#000000' }, leadInBars: [], mixPoints: false, pads: 8, memoryCues: 10 }
  const parts = { plan: { ...plan, ...rest }, grid: true, key: false, version: null, isWhole: true }
  const exported = exportedTrack(store, one, parts as unknown as Parameters<typeof exportedTrack>[2])
  expect(typeof exported === 'string' ? exported : exported.track.cues.map(({ name }) => name)).toEqual([
    'Bridge (break)',
    'Drop (drop)',
  ])
  expect(trackOverviewsOf(store, [one.id])[0]!.strip![0]).toMatchObject({ kind: 'break', ownKindId: bridge.id })
})

test('a model learns an own kind where it has enough labels and can be told, and else takes it for the kind', async () => {
  const { id } = await labelling.lenses.add('Club')
  const loud = await labelling.lenses.addKind(id, { name: 'Loud part', colour: '#112233', key: null, mapsTo: 'break' })
  const rare = await labelling.lenses.addKind(id, { name: 'Rare part', colour: '#445566', key: null, mapsTo: 'break' })
  for (let index = 2; index < 14; index++) {
    const trackId = addFixtureTrack(store, { index })
    const kinds = [
      ['break', undefined],
      ['break', loud.id],
      ['outro', undefined],
    ] as const
    putLabels(
      store,
      trackId,
      kinds.map(([kind, ownKindId], third) => ({
        startBeat: third * 32,
        endBeat: third * 32 + 32,
        kind,
        ...(ownKindId === undefined ? (third === 0 && index < 4 ? { ownKindId: rare.id } : {}) : { ownKindId }),
        source: 'user',
      })),
    )
  }
  const workspace = { store, pool: sharedPool(), ears: NO_EARS, emit: () => {} }
  const { card } = await trainModel(workspace, { epochs: 12 })
  expect(card.ownKinds).toEqual([
    {
      kind: 'break',
      classes: [
        { own: null, labels: 12, f1: 1 },
        { own: { id: loud.id, name: 'Loud part' }, labels: 12, f1: 1 },
      ],
      accuracy: 1,
      majority: 0.5,
      isLearnt: true,
      tooFew: [{ id: rare.id, name: 'Rare part' }],
    },
  ])
  // The file says what the training made: nothing of it is lost on the way.
  const read = readModelVersion(store, 1)
  expect(encodeOnnx(decodeOnnx(encodeOnnx(read)))).toEqual(encodeOnnx(read))
  activateModel(store, 1)
  const fresh = store.tracks.get(Number(track))!
  const { sections } = await readSections(workspace, fresh)
  const own = (beat: number) => sections.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat)
  expect(own(48)).toMatchObject({ kind: 'break', ownKindId: loud.id })
  expect(own(16)!.ownKindId).toBeUndefined()
  expect(trackOverviewsOf(store, [fresh.id])[0]!.strip!.some(({ ownKindId }) => ownKindId === loud.id)).toBe(true)
  const suggested = (await labelling.suggestions.list({ trackId: fresh.id, minConfidence: 0 })).find(
    ({ ownKindId }) => ownKindId === loud.id,
  )!
  const { labels } = await labelling.suggestions.accept(track, suggested.id)
  expect(labels[0]).toMatchObject({ kind: 'break', ownKindId: loud.id })
})
