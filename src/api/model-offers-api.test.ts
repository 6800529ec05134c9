import { afterAll, beforeAll, expect, test } from 'vitest'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let client: Client
let bundle: Uint8Array

beforeAll(async () => {
  server = await startTestServer((store) => addLabelledTracks(store))
  client = createClient(server.address)
  await server.app.versions.train({ epochs: 8, seed: 1 })
  await client.describeModel({ params: { version: 1 }, body: { name: 'Peak time', notes: 'For Saturdays' } })
  ;({ bytes: bundle } = await server.app.versions.exportBundle(1))
})
afterAll(() => server.close())

const offerNow = async (name: string, bytes: Uint8Array): Promise<{ id: string; [member: string]: unknown }> => {
  const answer = await fetch(`${server.address}/api/training/offers?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
  expect(answer.status).toBe(201)
  return (await answer.json()) as { id: string }
}

test('what is in a bundle is told before it is taken, and it is a version only then', async () => {
  const { id } = await offerNow('given.algiers-model', bundle)
  const offer = await client.modelOffer({ params: { offer: id } })
  expect(offer).toMatchObject({
    file_name: 'given.algiers-model',
    model: { name: 'Peak time', notes: 'For Saturdays', tracks: expect.any(Number) },
    problem: null,
  })
  expect(offer.model!.labels.length).toBeGreaterThan(1)
  expect((await client.listModels({})).map(({ version }) => version)).toEqual([1])
  const taken = await client.acceptOffer({ params: { offer: id } })
  expect(taken).toMatchObject({ version: 2, name: 'Peak time', origin: 'imported', is_active: false })
  await expect(client.acceptOffer({ params: { offer: id } })).rejects.toMatchObject({
    problem: { code: 'OFFER_NOT_FOUND', status: 404 },
  })
})

test('a file that holds no model is told as such, and cannot be taken', async () => {
  for (const bytes of [new Uint8Array(), new TextEncoder().encode('a song'), bundle.slice(0, 4000)]) {
    const { id } = await offerNow('song.algiers-model', bytes)
    expect(await client.modelOffer({ params: { offer: id } })).toMatchObject({
      model: null,
      problem: { code: 'BUNDLE_INVALID' },
    })
    await expect(client.acceptOffer({ params: { offer: id } })).rejects.toMatchObject({
      problem: { code: 'BUNDLE_INVALID' },
    })
  }
  const damaged = Uint8Array.from(bundle)
  damaged[damaged.length - 10]! ^= 1
  const { id } = await offerNow('damaged.algiers-model', damaged)
  expect((await client.modelOffer({ params: { offer: id } })).problem).toMatchObject({
    code: 'BUNDLE_CHECKSUM_MISMATCH',
  })
})

test('only the last few are kept', async () => {
  const { id: first } = await offerNow('a', bundle.slice(0, 10))
  for (let more = 0; more < 4; more++) await offerNow('b', bundle.slice(0, 10))
  await expect(client.modelOffer({ params: { offer: first } })).rejects.toMatchObject({
    problem: { code: 'OFFER_NOT_FOUND' },
  })
})
