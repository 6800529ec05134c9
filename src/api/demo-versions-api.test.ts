import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addFixtureTrack, addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let client: Client
let demoTracks: readonly number[]
let ownTrack: number
beforeEach(async () => {
  server = await startTestServer((store) => {
    store.roots.add(join(store.directory.path, 'demo'))
    demoTracks = addLabelledTracks(store)
    store.roots.add('/elsewhere')
    const { trackId } = store.tracks.recordFile(2, {
      path: 'own.wav',
      sizeBytes: 1,
      modifiedMs: 1,
      audioDigest: 'audio-70',
      fileDigest: 'audio-70',
      tags: store.tracks.get(demoTracks[0]!)!.tags,
    })
    ownTrack = addFixtureTrack(store, { index: 70, kinds: [] })
    expect(ownTrack).toBe(trackId)
  })
  client = createClient(server.address)
})
afterEach(() => server.close())

test('a version that learnt from the demo alone goes with it, and the one that ships takes over', async () => {
  await server.app.versions.train({ epochs: 5 })
  await client.activateModel({ params: { version: 1 } })
  expect(await client.removeDemo()).toEqual({
    message:
      'the demo library is gone, and with it v1, trained on nothing else; v0, which ships with Algiers, is active again',
  })
  expect(await client.listModels({ query: {} })).toEqual([])
  expect((await client.health()).active_version).toBe(0)
})

test('a version that learnt from other tracks, too, stays, and says how many of its tracks are gone', async () => {
  await client.replaceLabels({
    params: { id: ownTrack },
    body: {
      labels: (['intro', 'drop', 'outro'] as const).map((label_value, third) => ({
        label_value,
        start_beat: third * 32,
        end_beat: third * 32 + 32,
      })),
    },
  })
  await server.app.versions.train({ epochs: 5 })
  await client.activateModel({ params: { version: 1 } })
  expect(await client.removeDemo()).toEqual({ message: 'the demo library is gone' })
  expect(await client.model({ params: { version: 1 } })).toMatchObject({ is_active: true, tracks_gone: 10 })
})

test('taken out like any other folder, the demo goes as a whole, and says so before', async () => {
  await server.app.versions.train({ epochs: 5 })
  const [demo] = (await client.listRoots()).filter(({ is_demo }) => is_demo)
  const params = { id: demo!.id }
  expect(await client.rootRemoval({ params })).toMatchObject({ going: 10, kept: 0, kept_labels: 0 })
  await client.removeRoot({ params })
  expect(await client.listModels({ query: {} })).toEqual([])
  expect((await client.listRoots()).map(({ path }) => path)).toEqual(['/elsewhere'])
})
