import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'
import { addSetTracks } from './set-tracks.fixture.ts'

let server: TestServer
let api: ReturnType<typeof createClient>
const music = mkdtempSync(join(tmpdir(), 'algiers-set-files-'))
beforeAll(async () => {
  server = await startTestServer((store) => {
    store.roots.add(music)
    addSetTracks(store)
    for (let index = 0; index < 14; index++) writeFileSync(join(music, `${index}.wav`), '')
  })
  api = createClient(server.address)
})
afterAll(async () => {
  await server.close()
  rmSync(music, { recursive: true })
})

const wish = { minutes: 3, artist_gap: 0, max_tempo_step_percent: null }
const exported = async (id: number): Promise<string> =>
  (await fetch(`${server.address}/api/sets/${id}/export?format=m3u8`)).text()

test('a file that has gone since the last scan is left out of plans and exports, and said to be missing', async () => {
  const before = await api.planSet({ body: wish })
  expect(before.refusals).toEqual([])
  const { id, title } = before.tracks[1]!
  const kept = await api.addSet({ body: { name: 'Friday', track_ids: before.tracks.map((track) => track.id) } })
  expect(kept.notes).toEqual([])
  const file = join(music, `${title.slice(1)}.wav`)
  renameSync(file, `${file}.away`)

  const after = await api.planSet({ body: wish })
  expect(after.tracks.map((track) => track.id)).not.toContain(id)
  expect(after.refusals).toEqual([{ track_id: id, title, reason: 'File missing.' }])
  const wanted = await server.json<{ detail: string }>('POST', '/api/sets/plan', { ...wish, must_play: [id] })
  expect([wanted.status, wanted.body.detail]).toEqual([422, `${title} is wanted, but cannot be played. File missing.`])
  const shown = await api.showSet({ params: { id: kept.id }, query: {} })
  expect(shown.places[1]).toMatchObject({ track_id: id, standing: 'missing' })
  expect(shown.notes).toEqual([{ place: 1, text: `${title} cannot be played: its file is missing.` }])
  expect((await exported(kept.id)).match(/- (T\d+)/g)).toHaveLength(before.tracks.length - 1)

  renameSync(`${file}.away`, file)
  expect(await api.planSet({ body: wish })).toEqual(before)
  expect((await exported(kept.id)).match(/- (T\d+)/g)).toHaveLength(before.tracks.length)
})

test('a folder that is away as a whole may be on a drive: nothing is said to be missing', async () => {
  const before = await api.planSet({ body: wish })
  renameSync(music, `${music}-away`)
  expect(await api.planSet({ body: wish })).toEqual(before)
  renameSync(`${music}-away`, music)
})

test('a set that is longer than wished says by how much, and one of which nothing was wished does not', async () => {
  const trackIds = [1, 2, 3, 4, 5, 6]
  const { notes } = await api.addSet({ body: { name: 'Long', track_ids: trackIds, wish: { ...wish, minutes: 1 } } })
  expect(notes).toContainEqual({
    place: null,
    text: expect.stringMatching(/^The set is \d minutes? longer than wished\.$/),
  })
  const free = await api.addSet({ body: { name: 'As it is', track_ids: trackIds } })
  expect(free.notes.filter(({ place }) => place === null)).toEqual([])
})
