import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeOnnx } from '../core/models/onnx-decode.ts'
import { encodeOnnx } from '../core/models/onnx-encode.ts'
import { addFixtureTrack, addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

const MODELS = '/api/training/models'
let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store)
    addFixtureTrack(store, { index: 50 })
  })
  client = createClient(server.address)
  await server.app.versions.train({ epochs: 8 })
})
afterAll(() => server.close())

const readBy = async (version: number): Promise<void> => {
  const { job_id } = await client.classify({ body: { version } })
  await until(async () => ((await client.job({ params: { job_id } })).status === 'completed' ? true : null))
}

test('the version that ships is listed where it is asked for, and is the active one of a fresh library', async () => {
  expect((await client.listModels({ query: {} })).map(({ version }) => version)).toEqual([1])
  const [own, shipped] = await client.listModels({ query: { include: 'shipped' } })
  expect(shipped).toMatchObject({ id: 0, version: 0, origin: 'shipped', name: 'ships with Algiers', is_active: true })
  expect(own).toMatchObject({ version: 1, origin: 'trained', is_active: false, kinds: ['intro', 'drop', 'outro'] })
  expect(await server.json('GET', `${MODELS}?include=everything`)).toMatchObject({ status: 422 })
})

test('an activation is told beforehand what it changes, and version 0 is the way back', async () => {
  await readBy(0)
  const sections = (await Promise.all(
    Array.from({ length: 11 }, async (_, index) =>
      server.app.reading.storedSections(String(index + 1), 0).then((read) => read!.sections),
    ),
  ).then((all) => all.flat())) as readonly { readonly kind: string }[]
  const unknown = ['build', 'break', 'verse', 'chorus']
  const counted = Object.fromEntries(
    unknown.flatMap((kind) => {
      const count = sections.filter((section) => section.kind === kind).length
      return count === 0 ? [] : [[kind, count]]
    }),
  )
  expect(await client.previewActivation({ params: { version: 1 } })).toMatchObject({
    version: 1,
    reads_now: 0,
    unknown_kinds: unknown,
    sections_lost: counted,
  })
  expect(await client.activateModel({ params: { version: 1 } })).toMatchObject({ version: 1, previous_version: null })
  expect(await server.json('POST', `${MODELS}/0/activate`)).toMatchObject({
    status: 200,
    body: { version: 0, previous_version: 1 },
  })
  expect((await client.health()).active_version).toBe(0)
  const models = await client.listModels({ query: { include: 'shipped' } })
  expect(models.map(({ is_active }) => is_active)).toEqual([false, true])
  expect(await client.activateModel({ params: { version: 1 } })).toMatchObject({ previous_version: 0 })
})

test('with the shipped model switched off version 0 is not active, and an activation switches it on', async () => {
  await client.activateModel({ params: { version: 0 } })
  await client.changeSettings({ body: { base_model: false } })
  expect((await client.health()).active_version).toBeNull()
  await client.activateModel({ params: { version: 0 } })
  expect(await client.settings()).toMatchObject({ base_model: true })
})

test('version 0 is compared like any other, and neither renamed, deleted nor given away', async () => {
  expect(await client.compareModels({ query: { one: 0, other: 1 } })).toMatchObject({
    versions: [{ version: 0, card: null }, { version: 1 }],
    kinds: { both: ['intro', 'drop', 'outro'], only_first: ['build', 'break', 'verse', 'chorus'], only_second: [] },
    basis: 'your_labels',
    duel: { labels: 30, tracks: 10 },
  })
  expect(await client.compareLibrary({ query: { one: 0, other: 1 } })).toMatchObject({ versions: [0, 1] })
  expect(await server.json('PATCH', `${MODELS}/0`, { name: 'mine' })).toMatchObject({
    status: 409,
    body: { code: 'MODEL_SHIPPED' },
  })
  expect(await server.json('DELETE', `${MODELS}/0`)).toMatchObject({ status: 409, body: { code: 'MODEL_SHIPPED' } })
  expect((await server.request('GET', `${MODELS}/0/export`)).status).toBe(404)
})

test('a blend is made only where it is better, and what cannot be blended is told', async () => {
  const before = (await client.listModels({ query: {} })).length
  const outcome = await client.blendModel({ params: { version: 0 }, body: { with: 1 } })
  expect(outcome).toMatchObject({ version: null, own: 1, other: 0, share: 0, labels: 30, tracks: 10 })
  expect(outcome.figures.own.accuracy).toBe(1)
  expect(outcome.text).toMatch(/No blend was made\.$/)
  expect(await client.listModels({ query: {} })).toHaveLength(before)
  expect(await server.json('POST', `${MODELS}/1/blend`, { with: 1 })).toMatchObject({
    status: 422,
    body: { code: 'BLEND_NOT_POSSIBLE' },
  })
  expect(await server.json('POST', `${MODELS}/99/blend`)).toMatchObject({
    status: 404,
    body: { code: 'MODEL_NOT_FOUND' },
  })
})

test('all versions are judged on the labels here', async () => {
  const [shipped, own] = await client.judgeModels()
  expect(shipped).toMatchObject({ version: 0, figures: { labels: 30, tracks: 10 }, may_know: [], unknown_kinds: {} })
  expect(own).toMatchObject({ version: 1, figures: { labels: 30, tracks: 10, accuracy: 1 } })
  const { low, high } = own!.figures!.accuracy_band
  expect([low < 0.95, high]).toEqual([true, 1])
  expect(own!.rivals).toMatchObject([{ name: 'v0', duel: { labels: 30 } }])
})

test('a version has a name and notes, which go with it', async () => {
  const named = await client.describeModel({
    params: { version: 1 },
    body: { name: '  Peak time ', notes: 'For the big room' },
  })
  expect(named).toMatchObject({ name: 'Peak time', notes: 'For the big room', card: { name: 'Peak time' } })
  expect(await client.describeModel({ params: { version: 1 }, body: { notes: '' } })).toMatchObject({
    name: 'Peak time',
    notes: null,
  })
  const bundle = await (await server.request('GET', `${MODELS}/1/export`)).arrayBuffer()
  const headers = { 'content-type': 'application/octet-stream' }
  const taken = await fetch(`${server.address}${MODELS}/import`, { method: 'POST', body: bundle, headers })
  expect(await taken.json()).toMatchObject({ version: 2, name: 'Peak time', origin: 'imported' })
  expect(await server.json('PATCH', `${MODELS}/1`, { name: 'x'.repeat(81) })).toMatchObject({ status: 422 })
  expect(await server.json('PATCH', `${MODELS}/77`, { name: 'x' })).toMatchObject({ status: 404 })
})

const DAMAGED: readonly (readonly [number, string, string])[] = [
  [20, '{"model_type": "dj_sec', 'dj_section_v20.json is not the card of a model.'],
  [21, '{"model_file": "x", "sha256": "y", "bytes": 1}', 'The card of version 21: '],
  [22, `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'dj_section_v22.json is not the card of a model.'],
]

test('a damaged version hides no other one, says what is wrong, and can be deleted', async () => {
  const models = join(server.dataDir, 'models')
  const good = JSON.parse(readFileSync(join(models, 'dj_section_v1.json'), 'utf8'))
  const cards: readonly (readonly [number, string, string])[] = [
    ...DAMAGED,
    [23, JSON.stringify({ ...good, created_at: 'yesterday' }), 'The card of version 23: created_at: is no date.'],
    [
      24,
      JSON.stringify({
        ...good,
        scoreboard: { ...good.scoreboard, scores: { ...good.scoreboard.scores, confusion: [] } },
      }),
      'The card of version 24: scoreboard.scores.confusion: has 0 members; 3 are needed.',
    ],
  ]
  for (const [version, text] of cards) {
    writeFileSync(join(models, `dj_section_v${version}.json`), text)
    copyFileSync(join(models, 'dj_section_v1.onnx'), join(models, `dj_section_v${version}.onnx`))
  }
  mkdirSync(join(models, 'dj_section_v25.json'))
  execFileSync('mkfifo', [join(models, 'dj_section_v26.json')])
  copyFileSync(join(models, 'dj_section_v1.json'), join(models, 'dj_section_v27.json'))
  // A model whose nodes share a child, as it may have come in before that was refused.
  const model = structuredClone(decodeOnnx(readFileSync(join(models, 'dj_section_v1.onnx'))))
  const { lefts, rights, features } = model.spanHead.trees
  const inner = features.findIndex((feature) => feature >= 0)
  rights[inner] = lefts[inner]!
  const shared = encodeOnnx(model)
  writeFileSync(join(models, 'dj_section_v28.onnx'), shared)
  const sha256 = createHash('sha256').update(shared).digest('hex')
  writeFileSync(join(models, 'dj_section_v28.json'), JSON.stringify({ ...good, sha256 }))
  expect(await server.json('POST', `${MODELS}/28/activate`)).toMatchObject({
    status: 422,
    body: { code: 'MODEL_CORRUPT', detail: expect.stringMatching(/has two parents\.$/) },
  })
  const listed = await client.listModels({ query: { include: 'shipped' } })
  const damages = new Map(listed.map(({ version, damage }) => [version, damage]))
  for (const [version, , damage] of cards) expect(damages.get(version)).toMatch(damage)
  expect(damages.get(28)).toMatch('has two parents')
  expect([25, 26, 27, 1, 0].map((version) => damages.get(version))).toEqual([
    'dj_section_v25.json: is a folder.',
    'dj_section_v26.json: is a device or pipe.',
    'The file of the model is missing.',
    null,
    null,
  ])
  expect(listed.find(({ version }) => version === 20)).toMatchObject({ accuracy: null, kinds: [], is_active: false })
  expect((await client.judgeModels()).map(({ version }) => version)).toEqual([0, 1, 2])
  const checks = await server.app.upkeep.doctor()
  expect(checks.filter(({ name, state }) => /^model v2\d/.test(name) && state === 'warning')).toHaveLength(9)
  for (const version of [20, 21, 22, 23, 24, 25, 26, 27, 28]) {
    expect(await server.json('GET', `${MODELS}/${version}/preview`)).toMatchObject({
      body: { title: 'Model not found' },
    })
    await client.deleteModel({ params: { version } })
  }
  expect((await client.listModels({ query: {} })).map(({ version }) => version)).toEqual([2, 1])
  expect(readdirSync(models).filter((name) => /_v2\d/.test(name))).toEqual([])
})
