import { afterAll, beforeAll, expect, test } from 'vitest'
import { NO_NOTES } from '../core/library/track-notes.ts'
import { createRandom } from '../core/support/random.ts'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

const KINDS = ['intro', 'drop', 'outro'] as const

let server: TestServer
beforeAll(async () => {
  server = await startTestServer((store) => {
    const trusted = { heardPrecision: 0.9, shownFrom: 0.1, shownPrecision: 0.9 }
    store.hearing.putPrecision('pack', [
      ...[0, 1, 2].map((one) => ({ tag: `Sound ${one}`, ...trusted })),
      { tag: 'Whisper', ...trusted },
    ])
    const random = createRandom(7)
    const pick = (count: number): number => Math.floor(random() * count)
    for (let index = 0; index < 60; index++) {
      const isKnown = index % 6 > 0
      const id = addFixtureTrack(store, {
        index,
        cached: false,
        // Tempi on the edges of bars, too.
        bpm: [120, 124.99, 124.994, 124.996, 125, 128.5, 174][pick(7)]!,
        facts: isKnown ? { energy: 1 + pick(10), camelot: `${1 + pick(12)}${'AB'[pick(2)]}` } : {},
        tags: { genre: index % 2 === 0 ? 'House' : 'Techno', rating: index % 5 === 0 ? 2 : null },
        kinds: index % 4 === 0 ? KINDS.slice(0, 1 + pick(3)) : [],
      })
      if (index % 3 === 0)
        store.notes.change([id], () => [
          { trackId: id, notes: { ...NO_NOTES, rating: 1 + pick(5), colour: index % 2 === 0 ? 'red' : 'aqua' } },
        ])
      const sound = pick(3)
      const sounds = index % 4 === 0 ? [sound, (sound + 1) % 3] : [sound]
      if (index % 2 === 0)
        store.hearing.put(
          id,
          { audioDigest: `audio-${index}`, packDigest: 'pack' },
          {
            embedding: new Float32Array(1),
            tags: [
              ...sounds.map((one) => ({ tag: `Sound ${one}`, group: 'genre', probability: 0.5, share: 0.5 })),
              { tag: 'Whisper', group: 'voice', probability: 0.5, share: 0.001 },
              { tag: 'Opera', group: 'genre', probability: 0.5, share: 0.9 },
            ],
            flags: { version: 1, flags: [] },
          },
        )
    }
  })
})
afterAll(() => server.close())

type Bar = { tracks: number; filter: string | null }
type Overview = {
  tracks: number
  minutes: number
  tempo: { unknown: number; bars: (Bar & { from_bpm: number; to_bpm: number })[] }
  keys: { unknown: number; keys: (Bar & { camelot: string })[] }
  energy: { unknown: number; levels: Bar[] }
  labels: { unlabelled: number; kinds: (Bar & { label: string; labels: number; minutes: number })[] }
  heard: { unknown: number; tags: (Bar & { tag: string })[]; more_tags: number }
  ratings: Bar[]
  colours: { none: number; colours: Bar[] }
  added: { by: string; bars: (Bar & { total: number })[] }
}
const overview = async (query: string): Promise<Overview> =>
  (await server.json<Overview>('GET', `/api/library/overview?${query}`)).body
const count = async (query: string): Promise<number> =>
  (await server.json<{ total: number }>('GET', `/api/tracks?limit=1&${query}`)).body.total
const sum = (bars: readonly Bar[]): number => bars.reduce((total, { tracks }) => total + tracks, 0)

test.each([
  '',
  'genre=house',
  'genre=house&bpm_max=125',
  'bpm_range_from=70',
  'status=all&rating_min=2',
  'label=drop&tag=Sound+1',
])('every bar of %j lists as many tracks as it says, and no track is left out', async (query) => {
  const found = await overview(query)
  const { tracks, tempo, keys, energy, labels, heard, ratings, colours, added } = found
  expect(tracks).toBe(await count(query))
  const charts = [tempo.bars, keys.keys, energy.levels, labels.kinds, heard.tags, ratings, colours.colours, added.bars]
  for (const { filter, tracks: said } of charts.flat()) {
    expect(filter === null, filter ?? '').toBe(said === 0)
    if (filter !== null) expect(await count(filter), filter).toBe(said)
  }
  expect(sum(tempo.bars) + tempo.unknown).toBe(tracks)
  expect(sum(keys.keys) + keys.unknown).toBe(tracks)
  expect(sum(energy.levels) + energy.unknown).toBe(tracks)
  expect(sum(ratings)).toBe(tracks)
  expect(sum(colours.colours) + colours.none).toBe(tracks)
  expect(sum(added.bars)).toBe(tracks)
  expect(labels.unlabelled).toBe(await count(`${query}&has_labels=false`))
})

test('what is not known is counted apart, and minutes are those of the labels', async () => {
  const { tracks, minutes, tempo, keys, energy, labels, heard, added } = await overview('')
  expect(tracks).toBe(60)
  expect([tempo.unknown, keys.unknown, energy.unknown, heard.unknown, heard.more_tags]).toEqual([0, 10, 10, 30, 0])
  expect(tempo.bars.at(0)).toMatchObject({ from_bpm: 120, to_bpm: 121.99 })
  // The one is heard too short, of the other nobody knows how often it is right.
  expect(heard.tags.map(({ tag }) => tag).toSorted()).toEqual(['Sound 0', 'Sound 1', 'Sound 2'])
  const intro = labels.kinds[0]!
  expect(intro).toMatchObject({ label: 'intro', labels: 15, tracks: 15 })
  const { body: stats } = await server.json<{ per_class: { intro: { minutes: number } } }>(
    'GET',
    '/api/training/labels/stats',
  )
  expect(intro.minutes).toBeCloseTo(stats.per_class.intro.minutes, 0)
  expect(minutes).toBeGreaterThan(0)
  expect(added.bars.at(-1)!.total).toBe(60)
})

test('figures follow what changes', async () => {
  const before = await overview('')
  await server.json('PATCH', '/api/notes', { track_ids: [1], colour: 'blue' })
  const after = await overview('')
  expect(sum(after.colours.colours.filter(({ filter }) => filter === 'colour=blue'))).toBe(1)
  expect(before.colours).not.toEqual(after.colours)
  expect((await server.json('GET', '/api/library/overview?playlist=4711')).status).toBe(404)
  expect((await server.json('GET', '/api/library/overview?sort=title')).status).toBe(422)
})

test('of tracks in which one of several sounds is heard, a sound beside them has no filter that says it', async () => {
  const { heard } = await overview('tag=Sound+1,Sound+2&tag_match=any')
  expect(heard.tags.map(({ tag }) => tag).sort()).toEqual(['Sound 0', 'Sound 1', 'Sound 2'])
  for (const { tag, filter, tracks } of heard.tags) {
    expect(tag === 'Sound 0', tag).toBe(filter === null)
    if (filter !== null) expect(await count(filter)).toBe(tracks)
  }
})
