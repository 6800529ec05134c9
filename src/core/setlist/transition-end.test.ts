import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import { type ProfiledTrack, profileOf } from './mix-profile.ts'
import { describeEnd as describe } from './transition-end.ts'

/** Sixteen beats at 120 BPM: the bass is full in the second half except for its last beat, a voice sounds in the first four seconds. */
const basses = [-60, -60, -60, -60, -60, -60, -60, -60, -12, -14, -12, -18, -12, -12, -12, -40]
const track: ProfiledTrack = {
  parts: [],
  gain: 1,
  grid: constantGrid(120, 16),
  camelot: '8A',
  tuningCents: 3,
  energyCurve: [0.1, 0.2, 0.6, 0.8],
  features: wholeMatrix(16, (beat, { name }) => (name === 'level bass' ? basses[beat]! : 0)),
  voice: { count: 8, seconds: 1, windows: Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0) },
}

const describeEnd = (one: ProfiledTrack, span: Parameters<typeof describe>[1]) => describe(profileOf(one), span)

test('energy, voice and bass are those of the stretch', () => {
  expect(describeEnd(track, { startBeat: 8, endBeat: 16 })).toEqual({
    tempoBpm: 120,
    camelot: '8A',
    tuningCents: 3,
    energy: expect.closeTo(0.7, 6),
    voice: 0,
    bass: 7 / 8,
  })
  expect(describeEnd(track, { startBeat: 0, endBeat: 8 })).toMatchObject({
    energy: expect.closeTo(0.15, 6),
    voice: 1,
    bass: 0,
  })
  expect(describeEnd(track, { startBeat: 6, endBeat: 10 })).toMatchObject({ voice: 0.5, bass: 0.5 })
})

test('what is not there is not known', () => {
  const bare = { ...track, features: null, voice: null, energyCurve: [] }
  expect(describeEnd(bare, { startBeat: 0, endBeat: 8 })).toMatchObject({ energy: null, voice: null, bass: null })
})
