import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let client: Client
let heard = 0
let unheard = 0

beforeAll(async () => {
  server = await startTestServer((store) => {
    heard = addFixtureTrack(store, { index: 1, kinds: ['verse', 'drop', 'break'] })
    unheard = addFixtureTrack(store, { index: 2, cached: false })
    const analysis = store.analyses.get(heard)!
    const features = store.features.read(analysis)!
    const width = features.columns.length
    // The last third is the first one again.
    features.values.copyWithin(64 * width, 0, 32 * width)
    store.features.write(analysis, features)
  })
  client = createClient(server.address)
})
afterAll(() => server.close())

test('the same sound under two names is told of both labels, until one of them is changed', async () => {
  const [verse, , pause] = await client.listLabels({ query: { track_id: heard } })
  const { flaws, ...rest } = await client.labelQuality()
  expect(rest).toEqual({ imbalance: null, tracks_checked: 1, tracks_unheard: 0 })
  expect(flaws).toEqual([
    {
      label_id: verse!.id,
      track_id: heard,
      track_title: '1',
      label_value: 'verse',
      start_beat: 0,
      end_beat: 32,
      beats_per_bar: 4,
      first_downbeat: 0,
      code: 'CONTRADICTS',
      message: expect.stringContaining('bars 17–24, which you labelled break'),
      other_label_id: pause!.id,
    },
  ])
  await client.changeLabel({ params: { id: pause!.id }, query: {}, body: { label_value: 'verse' } })
  expect((await client.labelQuality()).flaws).toEqual([])
})

test('what is short or off the bars is told also of tracks whose sound is not at hand, and the rare kind is named', async () => {
  await client.replaceLabels({
    params: { id: unheard },
    body: {
      labels: [
        { label_value: 'break', start_beat: 1, end_beat: 5 },
        ...[8, 20, 32, 44, 56].map((beat) => ({ label_value: 'drop', start_beat: beat, end_beat: beat + 12 })),
      ],
    },
  })
  const quality = await client.labelQuality()
  expect(quality.flaws.map(({ code, start_beat }) => [code, start_beat])).toEqual([
    ['TOO_SHORT', 1],
    ['OFF_BAR', 1],
  ])
  expect(quality).toMatchObject({
    tracks_checked: 2,
    tracks_unheard: 1,
    imbalance: {
      most: 'drop',
      least: 'break',
      message: expect.stringContaining('6 drop labels, but only 1 break label'),
    },
  })
})
