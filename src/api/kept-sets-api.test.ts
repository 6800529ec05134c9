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

type Shown = Awaited<ReturnType<typeof api.showSet>>
const idsOf = ({ places }: Shown): readonly number[] => places.map(({ track_id }) => track_id)
const show = (id: number, version?: number): Promise<Shown> =>
  api.showSet({ params: { id }, query: version === undefined ? {} : { version } })
const codeOf = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const answer = await server.json<{ code?: string }>(method, path, body)
  return [answer.status, answer.body.code]
}

test('tracks in an order of their own are a set: with times, ways, sections and energies', async () => {
  const set = await api.addSet({ body: { name: ' By hand ', track_ids: [3, 1, 2] } })
  expect(set).toMatchObject({ name: 'By hand', version: 1, tracks: 3, is_newer: false, undoes: null, redoes: null })
  expect(idsOf(set)).toEqual([3, 1, 2])
  const [first, second] = set.places
  expect(first).toMatchObject({ title: 'T2', standing: 'ok', starts_at: 0, is_locked: false, voice: null })
  expect(first!.sections.map(({ label }) => label)).toEqual(['intro', 'drop', 'outro'])
  expect(set.transitions).toHaveLength(2)
  expect(set.transitions[0]).toMatchObject({ from: 3, to: 1 })
  const [outBar, endBar] = set.transitions[0]!.from_bars
  expect(endBar - outBar).toBe(set.transitions[0]!.bars)
  expect(set.transitions[0]!.ways.map(({ style }) => style)).toContain('quick cut')
  // T2 is at 122 BPM, and plays from its first beat.
  expect(second!.starts_at).toBeCloseTo(((outBar - 1) * 4 * 60) / 122, 6)
  expect(set.minutes).toBeGreaterThan(1)
  expect(set.places.map(({ energy }) => energy)[1]).toBeLessThan(set.places[0]!.energy)
  expect((await api.listSets()).map(({ name }) => name)).toContain('By hand')
})

test('a wish is kept, planned, and planned again: locked tracks stay, and each step is taken back and done again', async () => {
  const { id } = await api.addSet({
    body: { name: 'Friday', wish: { minutes: 3.2, artist_gap: 0, pool: 'genre=techno' } },
  })
  const { set, greedy_score, refusals } = await api.planKeptSet({ params: { id }, body: {} })
  expect(set.places).toHaveLength(6)
  expect(set.undoes).toBe('added 6 tracks')
  expect(refusals).toEqual([])
  expect(greedy_score).toBeGreaterThan(0)
  const places = set.places.map(({ track_id }, at) => ({ track_id, is_locked: at === 1 || at === 4 }))
  const locked = await api.changeSet({ params: { id }, body: { places, version: set.version } })
  const before = idsOf(locked)
  for (let seed = 2; seed < 8; seed++) {
    const again = await api.planKeptSet({ params: { id }, body: { seed } })
    expect([idsOf(again.set)[1], idsOf(again.set)[4]]).toEqual([before[1], before[4]])
    expect(again.set.places.map(({ is_locked }) => is_locked)).toEqual([false, true, false, false, true, false])
  }
  const planned = await show(id)
  const steps: string[] = []
  for (
    let step = await api.undoSet({ params: { id } });
    step.change !== null;
    step = await api.undoSet({ params: { id } })
  )
    steps.push(step.change)
  expect(steps.at(-1)).toBe('added 6 tracks')
  expect((await show(id)).places).toEqual([])
  for (let step = await api.redoSet({ params: { id } }); step.change !== null; )
    step = await api.redoSet({ params: { id } })
  expect({ ...(await show(id)), changed_at: '' }).toEqual({ ...planned, changed_at: '' })
  // A new change after undo leaves what was undone in the list of versions.
  await api.undoSet({ params: { id } })
  await api.changeSet({ params: { id }, body: { name: 'Saturday' } })
  const versions = await api.setVersions({ params: { id } })
  expect(versions[0]).toMatchObject({ change: 'renamed Friday to Saturday', parent: planned.version - 1 })
  expect(versions.map(({ version }) => version)).toContain(planned.version)
  expect(idsOf(await show(id, planned.version))).toEqual(idsOf(planned))
})

test('how two tracks mix follows their labels and names', async () => {
  const { id, transitions } = await api.addSet({ body: { name: 'Follows', track_ids: [5, 6] } })
  expect(transitions[0]!.sentence).toMatch(/of T4, [a-z ]*outro, over/)
  const labels = await api.listLabels({ query: { track_id: 5 } })
  const outro = labels.find(({ label_value }) => label_value === 'outro')!
  await server.json('DELETE', `/api/training/labels/${outro.id}`)
  expect((await show(id)).transitions[0]!.sentence).not.toMatch(/of T4, [a-z ]*outro, over/)
})

test('what else fits at a place, and between two: never a track of the set', async () => {
  const { id } = await api.addSet({
    body: { name: 'Three', track_ids: [1, 2, 3], wish: { minutes: 60, pool: 'genre=techno' } },
  })
  const instead = await api.setAlternatives({ params: { id, place: 2 }, query: { limit: 3 } })
  expect(instead).toHaveLength(3)
  for (const { track, into, out, score } of instead) {
    expect([1, 2, 3]).not.toContain(track.id)
    expect(track.genre).toBe('Techno')
    expect([into, out, score].every((value) => value !== null && value > 0 && value <= 1)).toBe(true)
  }
  expect(instead.map(({ score }) => score)).toEqual(instead.map(({ score }) => score).toSorted((a, b) => b - a))
  const last = await api.setAlternatives({ params: { id, place: 4 }, query: { between: 'true' } })
  expect(last[0]).toMatchObject({ out: null })
  expect(await codeOf('GET', `/api/sets/${id}/places/9/alternatives`)).toEqual([404, 'SET_NOT_FOUND'])
})

test('what a person has set for two tracks counts in plans, among alternatives and in the graph, by its own bars', async () => {
  const [from, to] = [4, 9]
  const { id } = await api.addSet({ body: { name: 'One', track_ids: [from] } })
  const into = async (): Promise<number> => {
    const found = await api.setAlternatives({ params: { id, place: 2 }, query: { between: 'true', limit: 100 } })
    return found.find(({ track }) => track.id === to)!.into!
  }
  const edge = async (): Promise<number | undefined> => {
    const { body } = await server.json<{ transitions: { from: number[]; to: number[]; score: number[] } }>(
      'GET',
      '/api/graph?exits=50&least=0.05',
    )
    return body.transitions.score.find((_, at) => body.transitions.from[at] === from && body.transitions.to[at] === to)
  }
  const plan = () =>
    api.planSet({
      body: {
        minutes: 1,
        artist_gap: 0,
        min_bars: 8,
        pool_track_ids: [from, to],
        fixed: [
          { place: 1, track_id: from },
          { place: 2, track_id: to },
        ],
      },
    })
  const [before, planned] = [await into(), await plan()]
  // The graph gives scores in four figures.
  expect(await edge()).toBeCloseTo(before, 3)
  const path = `/api/tracks/${from}/transitions/${to}`
  await server.json('PUT', path, { from_beat: 41, to_beat: 3, beats: 6, curve: 'blend' })
  const [own] = await api.transitions({ params: { id: String(from) }, query: { to: String(to) } })
  expect(own).toMatchObject({ kept: true, style: 'by hand' })
  expect(own!.score).not.toBeCloseTo(before, 3)
  expect(await into()).toBe(own!.score)
  expect(await edge()).toBeCloseTo(own!.score!, 3)
  const again = await plan()
  // The arc counts as before, so the scores differ as the transitions do.
  expect(again.transitions[0]).toMatchObject({ kept: true, from_bars: own!.from_bars, score: own!.score })
  expect(Math.sign(again.score - planned.score)).toBe(Math.sign(own!.score! - before))
  await server.json('DELETE', path)
  expect(await into()).toBe(before)
  expect((await plan()).score).toBe(planned.score)
})

test('what is left of a set when tracks have gone is told, and nothing is dropped', async () => {
  const { id } = await api.addSet({ body: { name: 'Losses', track_ids: [11, 12, 13] } })
  await server.app.collection.removeTracks([12], { withWork: true })
  const set = await show(id)
  expect(set.places.map(({ standing, title }) => [title, standing])).toEqual([
    ['T10', 'ok'],
    ['T11', 'gone'],
    ['T12', 'ok'],
  ])
  expect(set.transitions).toEqual([null, null])
  expect(set.notes).toContainEqual({ place: 1, text: 'T11 is not in the library any more.' })
  const places = set.places.map(({ track_id }) => ({ track_id, is_locked: true }))
  await api.changeSet({ params: { id }, body: { places } })
  expect(await codeOf('POST', `/api/sets/${id}/plan`, {})).toEqual([422, 'SET_WISH_CONTRADICTORY'])
  expect(idsOf(await show(id))).toEqual([11, 12, 13])
})

test('a pool is picked by hand, kept between tempi, and what it lacks is told', async () => {
  const picked = { minutes: 60, artist_gap: 0, pool_track_ids: [1, 2, 3, 4, 5, 6] }
  const planned = await api.planSet({ body: picked })
  expect(planned.tracks.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4, 5, 6])
  const between = await api.planSet({ body: { ...picked, min_bpm: 121, max_bpm: 122 } })
  expect(between.tracks.map(({ id }) => id).sort()).toEqual([2, 3])
  expect(between.refusals.map(({ reason }) => reason)).toContain('4 tracks are outside 121 to 122 BPM.')
  // Half and double time count.
  const half = await api.planSet({ body: { ...picked, min_bpm: 60.5, max_bpm: 61 } })
  expect(half.tracks.map(({ id }) => id).sort()).toEqual([2, 3])
  const falling = await api.planSet({ body: { ...picked, max_tempo_rise_percent: 0, arc: 'flat' } })
  const tempi = falling.tracks.map(({ tempo_bpm }) => tempo_bpm!)
  expect(tempi.length).toBeGreaterThan(3)
  expect(tempi).toEqual(tempi.toSorted((a, b) => b - a))
  expect(await codeOf('POST', '/api/sets/plan', { ...picked, min_bpm: 140, max_bpm: 150 })).toEqual([
    422,
    'SET_POOL_EMPTY',
  ])
  expect(await codeOf('POST', '/api/sets/plan', { ...picked, min_bpm: 140, max_bpm: 120 })).toEqual([
    422,
    'SET_WISH_CONTRADICTORY',
  ])
  const one = await api.planSet({ body: { ...picked, pool_track_ids: [4] } })
  expect([one.tracks.length, one.transitions]).toEqual([1, []])
  const { body } = await server.json<{ detail: string }>('POST', '/api/sets/plan', {
    ...picked,
    min_bars: 16,
    must_play: [1, 2],
  })
  expect(body.detail).toBe('No path: six tracks have no outro of 16 bars (T0, T1, T2, T3, T4 and 1 more).')
})

test('copies, names, deletion and files for other programs', async () => {
  const { id } = await api.addSet({ body: { name: 'A/B night', track_ids: [1, 2, 3] } })
  const copy = await api.copySet({ params: { id }, body: {} })
  expect([copy.name, idsOf(copy)]).toEqual(['A/B night, copy', [1, 2, 3]])
  expect(await api.deleteSet({ params: { id: copy.id } })).toEqual({ message: 'set deleted' })
  expect(await codeOf('GET', `/api/sets/${copy.id}`)).toEqual([404, 'SET_NOT_FOUND'])
  const list = await server.request('GET', `/api/sets/${id}/export?format=m3u8`)
  expect(list.headers.get('content-disposition')).toContain('A%20B%20night.m3u8')
  expect((await list.text()).match(/#EXTINF:\d+,.* - (T\d)/g)).toHaveLength(3)
  const xml = await (await server.request('GET', `/api/sets/${id}/export?format=rekordbox-xml`)).text()
  // The second track has 121 BPM.
  const [before, behind] = (await show(id)).transitions
  const secondsOf = (bar: number): string => (((bar - 1) * 4 * 60) / 121).toFixed(2)
  const second = /<TRACK [^>]*Name="T1"[\s\S]*?<\/TRACK>/.exec(xml)![0]
  const cues = [...second.matchAll(/<POSITION_MARK Name="([^"]+)" Type="0" Start="([\d.]+)" Num="-1"/g)]
  expect(cues.map(([, name, start]) => [name, Number(start).toFixed(2)])).toEqual([
    ['Mix in', secondsOf(before!.to_bars[0])],
    ['Mix out', secondsOf(behind!.from_bars[0])],
  ])
  expect(xml).toMatch(/<NODE [^>]*Name="A\/B night"[^>]*Entries="3"/)
})

test('what cannot be is refused by its code, and changes nothing', async () => {
  const { id, version } = await api.addSet({ body: { name: 'Firm', track_ids: [1, 2] } })
  for (const name of ['', 'Fri\u0000day', 'Fri\u202eyad', 'Fri\u2028day'])
    expect(await codeOf('POST', '/api/sets', { name })).toEqual([422, 'VALIDATION_FAILED'])
  expect(await codeOf('PATCH', `/api/sets/${id}`, { name: 'a\tb' })).toEqual([422, 'VALIDATION_FAILED'])
  expect(await codeOf('POST', '/api/sets', { name: 'x', track_ids: [999] })).toEqual([404, 'TRACK_NOT_FOUND'])
  expect(await codeOf('POST', '/api/sets', { name: 'x', track_ids: [1, 1] })).toEqual([422, 'SET_WISH_CONTRADICTORY'])
  expect(await codeOf('PATCH', `/api/sets/${id}`, { name: 'x', version: version + 1 })).toEqual([409, 'SET_CHANGED'])
  for (const wish of [
    { minutes: 0 },
    { minutes: 60, min_bpm: 0 },
    { minutes: 60, arc: [] },
    { minutes: 60, min_bars: 3 },
  ])
    expect(await codeOf('PATCH', `/api/sets/${id}`, { wish })).toEqual([422, 'VALIDATION_FAILED'])
  expect(await codeOf('POST', '/api/sets/99/undo')).toEqual([404, 'SET_NOT_FOUND'])
  expect(await show(id)).toMatchObject({ name: 'Firm', version })
})

test('a set that a newer program wrote is listed, and neither shown nor changed', async () => {
  const { id } = await api.addSet({ body: { name: 'Tomorrow', track_ids: [1] } })
  const database = new DatabaseSync(join(server.dataDir, 'algiers.db'))
  database.exec(`UPDATE set_versions SET content_schema = 99, content = '{"places":"other"}' WHERE set_id = ${id}`)
  const content = (): unknown => database.prepare('SELECT content FROM set_versions WHERE set_id = ?').all(id)
  const before = content()
  expect((await api.listSets()).find((set) => set.id === id)).toMatchObject({ name: 'Tomorrow', is_newer: true })
  for (const [method, path, body] of [
    ['GET', ''],
    ['PATCH', '', { name: 'Mine' }],
    ['POST', '/plan', {}],
    ['POST', '/copy', {}],
    ['POST', '/undo'],
    ['POST', '/redo'],
    ['GET', '/export?format=m3u8'],
    ['DELETE', ''],
  ] as const)
    expect(await codeOf(method, `/api/sets/${id}${path}`, body)).toEqual([409, 'SET_TOO_NEW'])
  expect(content()).toEqual(before)
  await api.deleteSet({ params: { id }, query: { unread: 'true' } })
  expect(content()).toEqual([])
  database.close()
})

test('a set whose content is damaged is called so, not newer, and is left as it is', async () => {
  const { id } = await api.addSet({ body: { name: 'Torn', track_ids: [1] } })
  const database = new DatabaseSync(join(server.dataDir, 'algiers.db'))
  database.exec(`UPDATE set_versions SET content = '{"places":' WHERE set_id = ${id}`)
  expect((await api.listSets()).find((set) => set.id === id)).toMatchObject({ name: 'Torn', is_newer: false })
  expect(await codeOf('GET', `/api/sets/${id}`)).toEqual([409, 'SET_DAMAGED'])
  expect(await codeOf('PATCH', `/api/sets/${id}`, { name: 'Mine' })).toEqual([409, 'SET_DAMAGED'])
  database.close()
})
