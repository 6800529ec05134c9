/** What a person sets by hand within a set: windows, trims, and kinds of their own. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'
import { addSetTracks } from './set-tracks.fixture.ts'

let server: TestServer
let api: ReturnType<typeof createClient>
beforeAll(async () => {
  server = await startTestServer(addSetTracks)
  api = createClient(server.address)
})
afterAll(() => server.close())

const contentOf = (database: DatabaseSync, id: number): string =>
  String(database.prepare('SELECT content FROM set_versions WHERE set_id = ?').get(id)!.content)

const show = (id: number) => api.showSet({ params: { id }, query: {} })

test('windows set by hand so that a track would go out before it has come in are told, and never planned', async () => {
  const [from, via, next] = [2, 5, 7]
  const path = `/api/tracks/${from}/transitions/${via}`
  // Into the last bars of the second track: no way out of it is left.
  await server.json('PUT', path, { from_beat: 64, to_beat: 72, beats: 20, curve: 'blend' })
  const { id, notes } = await api.addSet({ body: { name: 'Too early', track_ids: [from, via, next] } })
  expect(notes.map(({ text }) => text)).toContain('T4 goes out before it has come in.')
  const others = async (place: number) =>
    (await api.setAlternatives({ params: { id, place }, query: { between: 'true', limit: 100 } })).map(
      ({ track }) => track.id,
    )
  expect(await others(3)).toEqual([])
  expect(await others(2)).not.toEqual([])
  const wish = { minutes: 2, artist_gap: 0 }
  const fixed = [from, via].map((track_id, at) => ({ place: at + 1, track_id }))
  expect(await server.json('POST', '/api/sets/plan', { ...wish, fixed, must_play: [next] })).toMatchObject({
    status: 422,
    body: {
      code: 'SET_IMPOSSIBLE',
      detail: expect.stringMatching(/T4 would go out into T\d+ before it has come in, by the bars that you set/),
    },
  })
  const planned = await api.planSet({ body: { ...wish, pool_track_ids: [from, via, next], min_bars: 1 } })
  const order = planned.tracks.map((track) => track.id)
  expect(order).toHaveLength(3)
  expect([order[0], order[1]]).not.toEqual([from, via])
  // Two bars before its outro: too few for a plan, but it can be played.
  await server.json('PUT', path, { from_beat: 64, to_beat: 24, beats: 32, curve: 'blend' })
  expect((await show(id)).notes.map(({ text }) => text)).toContain('T4 is heard alone for less than 4 bars.')
  await server.json('DELETE', path)
  expect((await show(id)).notes.map(({ text }) => text)).not.toContain('T4 goes out before it has come in.')
  expect(await others(3)).not.toEqual([])
})

test('a trim by hand is kept with its track, taken back, and refused beyond what a mixer has', async () => {
  const { id, version, places } = await api.addSet({ body: { name: 'Loud', track_ids: [1, 2, 3] } })
  // The fixture tracks have −9 LUFS, and all are brought to −14.
  expect(places.map(({ trim_db, auto_trim_db }) => [trim_db, auto_trim_db])).toEqual(
    [1, 2, 3].map(() => [0, expect.closeTo(-5, 9)]),
  )
  const kept = places.map(({ track_id }, at) => ({ track_id, trim_db: at === 1 ? -1.5 : 0 }))
  const trimmed = await api.changeSet({ params: { id }, body: { places: kept, version } })
  expect(trimmed.places.map(({ trim_db }) => trim_db)).toEqual([0, -1.5, 0])
  expect(trimmed.undoes).toBe('set the trim of T1 to −1.5 dB')
  expect((await api.undoSet({ params: { id } })).set.places[1]!.trim_db).toBe(0)
  expect((await api.redoSet({ params: { id } })).set.places[1]!.trim_db).toBe(-1.5)
  const tooLoud = { places: [{ track_id: 1, trim_db: 12.1 }] }
  expect(await server.json('PATCH', `/api/sets/${id}`, tooLoud)).toMatchObject({
    status: 422,
    body: { code: 'VALIDATION_FAILED' },
  })
  // A program from before trims would lose them, so it may not read the set; without trims it may.
  const database = new DatabaseSync(join(server.dataDir, 'algiers.db'))
  const schemas = database.prepare('SELECT content_schema FROM set_versions WHERE set_id = ? ORDER BY version')
  expect(schemas.all(id).map(({ content_schema }) => content_schema)).toEqual([1, 2])
  // What such a program wrote has no trims.
  const content = JSON.stringify({
    ...JSON.parse(contentOf(database, id)),
    places: [{ trackId: 1, isLocked: false, style: null }],
  })
  database.prepare('UPDATE set_versions SET content_schema = 1, content = ? WHERE set_id = ?').run(content, id)
  database.close()
  expect((await show(id)).places.map(({ trim_db }) => trim_db)).toEqual([0])
})

test('a section of a kind of the person’s own is shown as that kind', async () => {
  const lens = await api.addLens({ body: { name: 'Club' } })
  const kind = { name: 'teaser', colour: '#123456', maps_to: 'drop' as const }
  const own = await api.addOwnKind({ params: { id: lens.id }, body: kind })
  const [first] = await api.listLabels({ query: { track_id: 8 } })
  await server.json('PATCH', `/api/training/labels/${first!.id}`, { own_kind_id: own.id })
  const { places } = await api.addSet({ body: { name: 'Own', track_ids: [8] } })
  expect(places[0]!.sections.map(({ label, own_kind_id }) => [label, own_kind_id])).toEqual([
    ['drop', own.id],
    ['drop', null],
    ['outro', null],
  ])
})
