import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { addReadTrack } from '../engine/labelling/read-track.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let client: Client
let tracks: readonly number[] = []
let labelled = 0

beforeAll(async () => {
  server = await startTestServer((store) => {
    tracks = Array.from({ length: 30 }, (_, index) =>
      // Without features the model cannot be asked about them: how sure it is remains what was read.
      addReadTrack(store, { index, cached: false, tags: { genre: index % 2 === 0 ? 'Techno' : 'House' } }, [
        ['intro', 0, 32, 0.99 - index / 1000],
        ['drop', 32, 64, 0.7],
        ['outro', 64, 96, 0.96],
      ]),
    )
    labelled = addFixtureTrack(store, { index: 50, cached: false, kinds: ['intro', 'drop', 'outro'] })
  })
  client = createClient(server.address)
})
afterAll(() => server.close())

const kindsOf = async (track: number): Promise<readonly string[]> =>
  (await client.listLabels({ query: { track_id: track } })).map(({ label_value }) => label_value)

test('the preview has what is sure enough, of the kinds and tracks that are asked for, and ten of them to listen to', async () => {
  const all = await client.previewSure({ body: { least: 0.95 } })
  expect([all.suggestions, all.tracks]).toEqual([60, 30])
  expect(all.expected_right).toBeCloseTo(30 * 0.96 + 30 * 0.99 - 0.435, 6)
  const intros = await client.previewSure({ body: { least: 0.97, kinds: ['intro'], filter: 'genre=techno' } })
  // Of tracks 0, 2 … 20: the others are less sure.
  expect([intros.suggestions, intros.spot_check.length]).toEqual([11, 10])
  expect(intros.spot_check.every(({ kind, precision }) => kind === 'intro' && precision >= 0.97)).toBe(true)
  expect(new Set(intros.spot_check.map(({ track_id }) => track_id)).size).toBe(10)
  expect(intros.strips[0]).toEqual({
    track_id: tracks[0],
    title: '0',
    suggestions: 1,
    strip: [{ label: 'intro', start: 0, end: 1 / 3, is_label: false }],
  })
  expect((await client.previewSure({ body: { least: 1 } })).suggestions).toBe(0)
  await expect(client.previewSure({ body: { least: 0.9, filter: 'genre=techno&sound=loud' } })).rejects.toMatchObject({
    problem: { code: 'VALIDATION_FAILED' },
  })
})

test('what is accepted is one step, remembered as not looked at, and taken back but for what was looked at', async () => {
  const wish = { least: 0.97, kinds: ['intro' as const], filter: 'genre=techno' }
  const { spot_check } = await client.previewSure({ body: wish })
  const [wrong] = spot_check
  const accepted = await client.acceptSure({
    body: { ...wish, except: [{ track_id: wrong!.track_id, id: wrong!.id }] },
  })
  expect(accepted).toMatchObject({ labels: 10, tracks: 10, says: 'Accepted 10 labels in 10 tracks' })
  expect(await kindsOf(wrong!.track_id)).toEqual([])
  const taken = tracks.filter((_, index) => index % 2 === 0 && index <= 20).filter((id) => id !== wrong!.track_id)
  const [seen, corrected, ...rest] = taken as [number, number, ...number[]]
  const [label] = await client.listLabels({ query: { track_id: seen } })
  expect(label).toMatchObject({ label_value: 'intro', start_beat: 0, end_beat: 32, source: 'auto_detected' })
  expect(await client.bulkLabels({ params: { id: seen } })).toEqual({ label_ids: [label!.id] })
  expect(await client.bulkLabels({ params: { id: labelled } })).toEqual({ label_ids: [] })

  expect(await client.lookAtLabels({ params: { id: seen } })).toEqual({ labels: 1 })
  expect(await client.bulkLabels({ params: { id: seen } })).toEqual({ label_ids: [] })
  const [other] = await client.listLabels({ query: { track_id: corrected } })
  await client.changeLabel({ params: { id: other!.id }, query: {}, body: { label_value: 'break' } })

  expect(await client.undoLabelStep({ params: { id: accepted.step_id! } })).toEqual({
    says: 'Accepted 10 labels in 10 tracks',
    labels: 8,
  })
  expect([await kindsOf(seen), await kindsOf(corrected)]).toEqual([['intro'], ['break']])
  for (const id of rest) expect(await kindsOf(id)).toEqual([])
  expect((await client.previewSure({ body: wish })).suggestions).toBe(9)
  expect((await client.labelStats({ query: {} })).total_labels).toBe(5)
})

test('where nothing is sure enough nothing is done', async () => {
  const steps = (await client.labelSteps()).length
  expect(await client.acceptSure({ body: { least: 1 } })).toMatchObject({ step_id: null, labels: 0 })
  expect(await client.labelSteps()).toHaveLength(steps)
})
