import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { MAX_BUNDLE_BYTES } from '../../core/models/model-bundle.ts'
import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { encodeOnnx } from '../../core/models/onnx-encode.ts'
import { createRandom } from '../../core/support/random.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addLabelledTracks } from '../kit/library.fixture.ts'
import { MODEL_TRICKS } from './bundle-tricks.fixture.ts'
import { importBundle } from './import-bundle.fixture.ts'
import { exportBundle } from './model-bundles.ts'
import { type BundleParts, forgeHeader, mutateBundle, packBundle, partsOf } from './mutated-bundle.fixture.ts'
import { trainModel } from './train-model.ts'
import { tryBundle } from './try-bundle.fixture.ts'

let folder = ''
let store: Store
let bundle: Uint8Array
beforeAll(async () => {
  const giver = mkdtempSync(join(tmpdir(), 'algiers-giver-'))
  const theirs = openStore(giver)
  const pool = sharedPool()
  addLabelledTracks(theirs)
  await trainModel({ store: theirs, pool, ears: NO_EARS, emit: () => {} }, { epochs: 2 })
  bundle = exportBundle(theirs, 1).bytes
  theirs.close()
  rmSync(giver, { recursive: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-bundle-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const parts = (bytes: Uint8Array): BundleParts => partsOf(bytes)
/** A bundle with another header or model, and checksums that fit: what someone with bad intentions would make. */
const forge = (change: Record<string, unknown>, model = parts(bundle).model): Uint8Array =>
  packBundle(forgeHeader({ ...parts(bundle), model }, change), model)
const theCard = (): Record<string, unknown> => JSON.parse(parts(bundle).header.card as string)
const refused = (bytes: Uint8Array): unknown => {
  try {
    importBundle(store, bytes)
    return null
  } catch (error) {
    return error
  }
}

test('a model that was given away is the same model here, as a new version that is not active', () => {
  const model = importBundle(store, bundle)
  expect(model).toMatchObject({ version: 1, isActive: false, labelCounts: { intro: 10, drop: 10, outro: 10 } })
  expect(model.card!.imported).toMatchObject({ version: 1 })
  expect(digestOf(store.models.read(1).onnx)).toBe(digestOf(parts(bundle).model))
  expect(importBundle(store, bundle).version).toBe(2)
  // Nothing is lost where it is passed on once more.
  expect(digestOf(parts(exportBundle(store, 2).bytes).model)).toBe(digestOf(parts(bundle).model))
})

test('the words that come with a bundle are short and can be seen', () => {
  const card = JSON.stringify({ ...theCard(), name: `\u001b[2J${'x'.repeat(1e6)}`, notes: 'one\u0000\ntwo' })
  const { name, notes } = importBundle(store, forge({ card }))
  expect([name?.length, notes]).toEqual([80, 'one \ntwo'])
  expect(name).toMatch(/^\[2Jx+$/)
})

test('the bundle names neither artists nor labels of its maker', () => {
  expect(theCard()).toMatchObject({ training_job_id: null, lineage: { labels: [] } })
  expect(new TextDecoder().decode(bundle)).not.toContain('start_beat')
})

test('a graph that is smuggled in is not there afterwards: what is kept is built from the trees alone', () => {
  const { model } = parts(bundle)
  // Field 20 of ModelProto is training_info, field 25 functions: protobuf allows them behind everything else.
  const smuggled = new Uint8Array(Buffer.concat([model, Buffer.from([0xca, 0x01, 4]), Buffer.from('evil')]))
  importBundle(store, forge({}, smuggled))
  expect(Buffer.from(store.models.read(1).onnx).includes('evil')).toBe(false)
  expect(digestOf(store.models.read(1).onnx)).toBe(digestOf(model))
})

test('what is damaged on the way is told from what never was a bundle', () => {
  const flipped = bundle.slice()
  flipped[flipped.length - 10]! ^= 1
  expect(refused(flipped)).toMatchObject({ code: 'BUNDLE_CHECKSUM_MISMATCH' })
  expect(refused(bundle.subarray(0, 100))).toMatchObject({ code: 'BUNDLE_INVALID', details: { reason: 'truncated' } })
  expect(refused(new Uint8Array())).toMatchObject({ code: 'BUNDLE_INVALID', details: { reason: 'magic' } })
  expect(refused(Buffer.from('PK\u0003\u0004 not one of ours'))).toMatchObject({ code: 'BUNDLE_INVALID' })
  expect(refused(new Uint8Array(MAX_BUNDLE_BYTES + 1))).toMatchObject({ code: 'BUNDLE_TOO_LARGE' })
})

test.each([
  ['a future format', { format_version: 2 }, 'INCOMPATIBLE_MODEL'],
  ['another kind of model', { model_type: 'genre' }, 'BUNDLE_INVALID'],
  ['members we do not know', { script: 'run me' }, 'BUNDLE_INVALID'],
  ['other labels than the model', { labels: ['build', 'break'] }, 'BUNDLE_INVALID'],
  ['another feature spec than the model', { feature_spec: 'else' }, 'BUNDLE_INVALID'],
  ['a card that is no JSON', { card: '{' }, 'BUNDLE_INVALID'],
  ['a card without figures', { card: '{}' }, 'BUNDLE_INVALID'],
])('%s is refused', (_what, change, code) => {
  expect(refused(forge(change))).toMatchObject({ code })
  expect(store.models.versions()).toEqual([])
})

test('a model for other features, or with a prior of the wrong shape, is refused', () => {
  const model = decodeOnnx(parts(bundle).model)
  const other = encodeOnnx({ ...model, featureSpec: '0'.repeat(64) })
  expect(refused(forge({ feature_spec: '0'.repeat(64) }, other))).toMatchObject({ code: 'INCOMPATIBLE_MODEL' })
  const narrow = encodeOnnx({ ...model, order: model.order.map((row) => row.slice(1)) })
  expect(refused(forge({}, narrow))).toMatchObject({ code: 'BUNDLE_INVALID', details: { reason: 'weights' } })
})

test('bytes changed at random with fitting checksums are refused with a code, or give a model that can be read', () => {
  const { model } = parts(bundle)
  const change = fc.tuple(fc.nat(model.length - 1), fc.nat(255))
  let refusals = 0
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const changed = model.slice()
      for (const [at, value] of changes) changed[at] = value
      const error = refused(forge({}, changed))
      if (error === null) return
      refusals++
      expect(error).toMatchObject({ code: expect.stringMatching(/^(?:BUNDLE_INVALID|INCOMPATIBLE_MODEL)$/) })
    }),
    { numRuns: 50, seed: 4 },
  )
  expect(refusals).toBeGreaterThan(7)
})

test('the highest number in a foreign card does not decide ours', () => {
  const card = JSON.stringify({ ...theCard(), version: 999_999 })
  expect(importBundle(store, forge({ card })).version).toBe(1)
})

test('two million parts that hold nothing are refused before they take memory', () => {
  const { model } = parts(bundle)
  const swarm = new Uint8Array(Buffer.concat([model, Buffer.alloc(4_000_000, Buffer.from([0x72, 0]))]))
  expect(refused(forge({}, swarm))).toMatchObject({ message: expect.stringContaining('more than 500000 parts') })
})

test.each(['two graphs', 'a tensor twice', 'a word twice'])('%s: nobody knows which counts', (trick) => {
  const random = createRandom(3)
  for (let trial = 0; trial < 6; trial++)
    expect(refused(forge({}, MODEL_TRICKS[trick]!(parts(bundle).model, random)))).toMatchObject({
      code: 'BUNDLE_INVALID',
    })
})

test('whatever is changed in a bundle, it is refused with a code or its model answers', () => {
  const random = createRandom(6)
  const codes = new Map<string | null, number>()
  // `npm run soak` tries thousands.
  for (let trial = 0; trial < 100; trial++) {
    const { bytes } = mutateBundle(bundle, random)
    const code = tryBundle(store, bytes)
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  expect([...codes.keys()].sort()).toEqual(['BUNDLE_CHECKSUM_MISMATCH', 'BUNDLE_INVALID', 'INCOMPATIBLE_MODEL', null])
  expect(codes.get(null)).toBeGreaterThan(6)
  expect(codes.get('BUNDLE_INVALID')).toBeGreaterThan(50)
  expect({}).not.toHaveProperty('polluted')
  expect(store.models.versions()).toEqual([])
})
