import { expect, test } from 'vitest'
import { SoundTable } from '../similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../similarity/sound-weights.ts'
import { createRandom } from '../support/random.ts'
import { byStyle } from './mix-styles.ts'
import { plainTrack } from './mix-track.fixture.ts'
import { tableDistances } from './table-distances.ts'

const random = createRandom(4)
const sound = () => ({ features: Float32Array.from({ length: 3 }, random), embedding: null })
const FAR_TEMPO = 160

/** Every other one in a key that clashes with the first, or too fast for it. */
const tracks = Array.from({ length: 12 }, (_, at) => {
  const facts = { camelot: at % 3 === 1 ? '2A' : '8A', tempoBpm: at % 3 === 2 ? FAR_TEMPO : 124 }
  const { out, into, ...rest } = plainTrack
  const having = (ends: typeof out) => byStyle((style) => ends[style] && { ...ends[style], ...facts })
  return { ...rest, out: having(out), into: having(into), outSound: sound(), inSound: sound() }
})
const all = new SoundTable(
  [...tracks.map(({ outSound }) => outSound), ...tracks.map(({ inSound }) => inSound)],
  SOUND_WEIGHTS,
)

test('in a small pool every end is measured against every beginning, in the order of the pool', () => {
  const { from, into } = tableDistances(tracks, all.scale)
  for (let track = 0; track < tracks.length; track++) {
    expect(from(track)).toEqual(all.distancesFrom(track).subarray(tracks.length))
    expect(into(track)).toEqual(all.distancesFrom(tracks.length + track).subarray(0, tracks.length))
  }
})

test('in a large pool only what key and tempo allow is measured; the others count as any two tracks', () => {
  const [table, whole] = [tableDistances(tracks, all.scale, 4), tableDistances(tracks, all.scale)]
  for (const way of ['from', 'into'] as const) {
    const [found, known] = [table[way](0)!, whole[way](0)!]
    for (let other = 0; other < tracks.length; other++)
      expect(found[other]).toBe(other % 3 === 0 ? known[other] : Math.fround(Math.SQRT2))
  }
})

test('without a scale no sounds are compared', () => {
  const { from, into } = tableDistances(tracks, null)
  expect([from(0), into(0)]).toEqual([null, null])
})
